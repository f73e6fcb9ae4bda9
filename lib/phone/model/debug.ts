/** The report of one call that the `debug` option makes: plain JSON with no secret in it; and the name of its file. */

import type { EndCause } from './call-state';
import type { CallId, LegId } from './ids';
import type { Json } from './json';

/** One thing that happened, in the shape that the server's collector takes (reference, section 10.2). */
export interface DebugItem {
  readonly event: string;
  /** `peer`, `ice`, `track`, `stats` or `call`. */
  readonly tag: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly data: Json;
  readonly peerId: string;
  readonly connectionId: string;
}

/** A call's report as a whole. */
export interface DebugReport {
  readonly version: 1;
  readonly id: string;
  readonly call: CallId;
  readonly leg: LegId;
  readonly direction: 'out' | 'in';
  /** Where the options want it: a file of its own, or the server, which has it by now. */
  readonly output: 'file' | 'socket';
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly cause: EndCause;
  /** Oldest first. */
  readonly timeline: readonly DebugItem[];
}

/** `call-2026-11-22-1505-07-out-1a2b3c4d.json`, in UTC. */
export function reportName({ startedAt, direction, id }: DebugReport): string {
  const seconds = Math.floor(startedAt / 1000);
  const { year, month, day } = dateOf(Math.floor(seconds / 86_400));
  const clock = seconds - Math.floor(seconds / 86_400) * 86_400;
  const [hour, minute, second] = [Math.floor(clock / 3600), Math.floor(clock / 60) % 60, clock % 60].map(two);
  return `call-${year}-${two(month)}-${two(day)}-${hour}${minute}-${second}-${direction}-${id.slice(0, 8)}.json`;
}

/** Days since 1970 in the Gregorian calendar: whole eras of 400 years first, years beginning in March. */
function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const years = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  return { year: years + era * 400 + (month <= 2 ? 1 : 0), month, day: ofYear - Math.floor((153 * march + 2) / 5) + 1 };
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
