/** The toolbar button as a function of what the phone is doing: icon, badge and tooltip (ui-spec 12); pure. */

import type { CallView, LineView, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import type { StoredAppearance } from '../../lib/extension/stored';

/** A key of public/_locales with what it is filled with. */
export interface Words {
  readonly key: string;
  readonly with: readonly (string | Minutes | ClockTime)[];
  /** The key is a family of plural forms, of which this is the count; it fills `$1`, and `with` the rest. */
  readonly count?: number;
}
export interface Minutes {
  readonly minutes: number;
}
/** Epoch milliseconds, to be shown as a time of day. */
export interface ClockTime {
  readonly time: number;
}

export type Icon =
  | 'ready'
  | 'connecting'
  | 'off'
  | 'calling'
  | 'incoming'
  | 'live-dots'
  | 'on-call'
  | 'muted'
  | 'held'
  | 'sound-lost'
  | 'dnd';

export interface Button {
  readonly icon: Icon;
  /** Shown in turn with `icon`, once a second. */
  readonly blink: Icon | null;
  readonly badge: string;
  readonly colour: 'red' | 'amber' | 'dark';
  readonly title: Words;
}

export interface ButtonFacts {
  readonly now: number;
  readonly missed: number;
  readonly doNotDisturbUntil: number;
  readonly badge: StoredAppearance['badge'];
}

export const VOICE_AWAY_AFTER_MS = 3000;

/** The first that applies: incoming, sound lost, line lost, voice away, muted, held, on a call, calling, not signed in, missed, dnd, ready. */
export function buttonFor(snapshot: PhoneSnapshot | null, facts: ButtonFacts): Button {
  const calls = (snapshot?.calls ?? []).filter((call) => call.state.phase !== 'ended');
  return callButton(calls, facts) ?? idleButton(snapshot?.lines ?? [], facts);
}

export function nameOf(call: CallView): string {
  return call.who.name ?? call.who.number ?? '';
}

/** "Dana": in a sentence, as long as there is more than a number. */
export function shortNameOf(call: CallView): string {
  const [first = ''] = (call.who.name ?? '').trim().split(/\s+/u);
  return first === '' ? (call.who.number ?? '') : first;
}

export function isRinging(call: CallView): boolean {
  return call.direction === 'in' && call.state.phase === 'ringing';
}

/** Sound that should flow and does not: the call is being rebuilt, or its packets stopped. */
export function isSoundLost(call: CallView): boolean {
  if (call.state.phase === 'recovering') return true;
  return call.state.phase === 'active' && !call.state.held && call.sound === 'stalled';
}

/** Nobody hears the person, and only opening the call window mends it (Firefox). While it opens, nothing is amiss. */
export function isVoiceAway(call: CallView, now: number): boolean {
  const since = call.voiceAwaySince;
  return call.state.phase === 'active' && typeof since === 'number' && now - since >= VOICE_AWAY_AFTER_MS;
}

export function isHeld(call: CallView): boolean {
  return call.state.phase === 'active' && call.state.held;
}

function callButton(calls: readonly CallView[], facts: ButtonFacts): Button | null {
  const ringing = calls.find(isRinging);
  if (ringing !== undefined) {
    return button('incoming', words('badge_incoming', nameOf(ringing)), { blink: 'live-dots', badge: 'ring' });
  }
  if (calls.some(isSoundLost)) return button('sound-lost', words('badge_sound_lost'), { badge: '!', colour: 'amber' });
  const talking = calls.filter((call) => call.state.phase === 'active');
  if (talking.some((call) => call.signalling === 'lost')) {
    return button('live-dots', words('badge_line_lost'), { badge: '…', colour: 'amber' });
  }
  const live = talking.find((call) => !isHeld(call));
  if (live !== undefined) return liveButton(live, talking.find(isHeld), calls.length, facts);
  const held = talking[0];
  if (held !== undefined) {
    return button('held', words('badge_held', nameOf(held), minutesSince(held.heldSince, facts.now)), {
      badge: countOf(calls),
    });
  }
  const calling = calls[0];
  return calling === undefined ? null : button('calling', words('badge_calling', nameOf(calling)));
}

function liveButton(live: CallView, held: CallView | undefined, calls: number, facts: ButtonFacts): Button {
  const talked = minutesSince(live.answeredAt, facts.now);
  const badge = calls > 1 ? String(calls) : facts.badge === 'minutes' ? String(talked.minutes) : '';
  if (isVoiceAway(live, facts.now)) {
    return button('muted', words('badge_voice_away', nameOf(live)), { badge: '!', colour: 'red' });
  }
  if (live.muted) return button('muted', words('badge_muted', nameOf(live)), { badge });
  const title =
    held === undefined
      ? talked.minutes === 0
        ? words('badge_on_call_now', nameOf(live))
        : words('badge_on_call', nameOf(live), talked)
      : words('badge_two_calls', nameOf(live), nameOf(held));
  return button('on-call', title, { badge });
}

function idleButton(lines: readonly LineView[], facts: ButtonFacts): Button {
  const ready = lines.find((line) => line.session.phase === 'ready');
  if (ready === undefined) {
    const trying = lines.some((line) => ['connecting', 'signing-in', 'waiting'].includes(line.session.phase));
    if (trying) return button('connecting', words('badge_connecting'));
    return button('off', words('badge_off'), { badge: facts.badge === 'none' ? '' : '!', colour: 'red' });
  }
  if (facts.missed > 0) {
    const badge = facts.badge === 'none' ? '' : String(facts.missed);
    return button(
      'ready',
      { key: 'badge_missed', with: [], count: facts.missed },
      {
        badge,
        colour: 'red',
      },
    );
  }
  if (facts.doNotDisturbUntil === -1) return button('dnd', words('badge_dnd'));
  if (facts.doNotDisturbUntil > facts.now) {
    return button('dnd', words('badge_dnd_until', { time: facts.doNotDisturbUntil }));
  }
  return button('ready', words('badge_ready', ready.name));
}

function button(icon: Icon, title: Words, more: Partial<Button> = {}): Button {
  return { icon, blink: null, badge: '', colour: 'dark', title, ...more };
}

function words(key: string, ...filled: Words['with']): Words {
  return { key, with: filled };
}

function countOf(calls: readonly CallView[]): string {
  return calls.length > 1 ? String(calls.length) : '';
}

function minutesSince(since: number | null, now: number): Minutes {
  return { minutes: since === null ? 0 : Math.max(0, Math.floor((now - since) / 60_000)) };
}
