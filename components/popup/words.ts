/** How times, durations, names and outcomes are said; the one place, so that every screen says them alike. */

import { formatNumber, locale, plural, t } from '../../lib/extension/i18n';
import type { EndCause } from '../../lib/phone/model/call-state';
import type { Party } from '../../lib/phone/model/snapshot';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** `m:ss`, then `h:mm:ss`. Milliseconds in; never negative. */
export function timer(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  const pad = (value: number): string => formatNumber(value, { minimumIntegerDigits: 2 });
  if (hours > 0) return `${formatNumber(hours)}:${pad(minutes)}:${pad(seconds)}`;
  return `${formatNumber(minutes)}:${pad(seconds)}`;
}

/** "12 min 48 s", "48 s", "1 h 3 min": for reading beside other facts. */
export function duration(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  if (hours > 0) return t('duration_h_min', formatNumber(hours), formatNumber(minutes));
  if (minutes === 0) return t('duration_s', formatNumber(seconds));
  return seconds === 0
    ? t('duration_min', formatNumber(minutes))
    : t('duration_min_s', formatNumber(minutes), formatNumber(seconds));
}

/** "12 min": rounded down to whole minutes once there is one. */
export function roughDuration(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  if (hours > 0) return t('duration_h_min', formatNumber(hours), formatNumber(minutes));
  return minutes > 0 ? t('duration_min', formatNumber(minutes)) : t('duration_s', formatNumber(seconds));
}

/** "12 minutes 48 seconds": as it is read aloud. */
export function spokenDuration(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  const said = [
    ...(hours > 0 ? [spoken(hours, 'hour')] : []),
    ...(minutes > 0 ? [spoken(minutes, 'minute')] : []),
    ...(seconds > 0 || (hours === 0 && minutes === 0) ? [spoken(seconds, 'second')] : []),
  ];
  return said.join(' ');
}

/** "10:42" or "10:42 AM", as the person's language writes it. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** The time for today, the weekday within the week, else the date: beside a row. */
export function rowTime(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return clockTime(at);
  const options: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short', ...yearIfOther(at, now) };
  return new Intl.DateTimeFormat(locale(), options).format(at);
}

/** "Today", "Yesterday", "Tuesday", "3 March": over a group of rows. */
export function dayHeading(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return t('day_today');
  if (days === 1) return t('day_yesterday');
  const options: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long', ...yearIfOther(at, now) };
  return new Intl.DateTimeFormat(locale(), options).format(at);
}

/** "today", "yesterday", "Tuesday", "3 March": within a sentence. */
export function dayInSentence(at: number, now: number): string {
  const days = Math.max(0, daysBetween(at, now));
  if (days > 1) return dayHeading(at, now);
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(-days, 'day');
}

/** "Today 10:29", "28 Feb": one call of a person's history. */
export function momentHeading(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 1) return `${dayHeading(at, now)} ${clockTime(at)}`;
  return rowTime(at, now);
}

/** Calendar days from `at` to `now`, in the person's time zone. */
export function daysBetween(at: number, now: number): number {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / DAY);
}

/** What to call someone in a button: the first name, else nothing. */
export function shortName(party: Party): string | null {
  const [first] = (party.name ?? '').trim().split(/\s+/u);
  return first === undefined || first === '' ? null : first;
}

/** The name, else the number as shown, else "Unknown". */
export function fullName(party: Party, show: (number: string) => string): string {
  if (party.name !== null && party.name.trim() !== '') return party.name.trim();
  return party.number === null || party.number === '' ? t('person_unknown') : show(party.number);
}

/** Heading and line for a call that ended, and whether somebody might have left a voicemail. */
export interface Outcome {
  readonly heading: string;
  readonly line: string | null;
  readonly tone: 'plain' | 'danger';
}

export function outcomeOf(cause: EndCause, facts: { readonly rangMs: number; readonly lineName: string }): Outcome {
  const plain = (key: string, ...more: (string | number)[]): Outcome => ({
    heading: t(`ended_${key}`, ...more),
    line: t(`ended_${key}_line`, ...more),
    tone: 'plain',
  });
  switch (cause.kind) {
    case 'no-answer':
      return { heading: t('ended_no_answer'), line: rang(facts.rangMs), tone: 'plain' };
    case 'busy':
      return plain('busy');
    case 'declined-there':
      return plain('declined');
    case 'no-such-number':
    case 'unavailable':
      return plain('unreachable');
    case 'not-allowed':
      return { ...plain('not_allowed', facts.lineName), tone: 'danger' };
    case 'lost':
      return { ...plain('lost'), tone: 'danger' };
    case 'failed':
      return { ...plain('failed'), tone: 'danger' };
    case 'transferred':
      return plain('transferred');
    case 'parked':
      return plain('parked', cause.place ?? '');
    case 'answered-elsewhere':
      return plain('elsewhere');
    case 'missed':
      return { heading: t('ended_missed'), line: rang(facts.rangMs), tone: 'danger' };
    case 'cancelled':
      return { heading: t('ended_cancelled'), line: null, tone: 'plain' };
    case 'blocked':
      return { heading: t('recents_blocked'), line: null, tone: 'plain' };
    case 'declined-here':
      return { heading: t('ended_declined_here'), line: null, tone: 'plain' };
    case 'hung-up-here':
    case 'hung-up-there':
      return { heading: t('ended_call'), line: null, tone: 'plain' };
  }
  cause.kind satisfies never;
  return { heading: t('ended_call'), line: null, tone: 'plain' };
}

/** "Rang for 45 seconds". */
export function rang(ms: number): string {
  return plural('ended_rang', Math.max(1, Math.round(ms / SECOND)));
}

function parts(ms: number): { hours: number; minutes: number; seconds: number } {
  const all = Math.max(0, Math.floor(ms / SECOND));
  return { hours: Math.floor(all / 3600), minutes: Math.floor(all / 60) % 60, seconds: all % 60 };
}

function spoken(value: number, unit: 'hour' | 'minute' | 'second'): string {
  return formatNumber(value, { style: 'unit', unit, unitDisplay: 'long' });
}

function yearIfOther(at: number, now: number): Intl.DateTimeFormatOptions {
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' };
}
