/** Which screen a snapshot asks for, given where the person is. Pure. */

import type { CallId } from '../../lib/phone/model/ids';
import type { CallView, LineView, PhoneSnapshot } from '../../lib/phone/model/snapshot';

export type Tab = 'keypad' | 'recents' | 'assistant';

/** Where the person is, apart from what the calls ask for. */
export interface Place {
  readonly tab: Tab;
  /** Looking at other screens while on a call; the call bar leads back. */
  readonly away: boolean;
  /** "Ask first": the call that is being passed on, and the one asked. */
  readonly passing: { readonly call: CallId; readonly to: CallId } | null;
}

export type Screen =
  | { readonly kind: 'home' }
  | { readonly kind: 'incoming'; readonly call: CallView; readonly other: CallView | null }
  | { readonly kind: 'call' | 'assistant'; readonly call: CallView }
  | { readonly kind: 'two'; readonly call: CallView; readonly held: readonly CallView[] }
  | { readonly kind: 'passing'; readonly call: CallView; readonly to: CallView }
  | { readonly kind: 'merged'; readonly calls: readonly CallView[] }
  | { readonly kind: 'ended'; readonly call: CallView };

export function screenFor(snapshot: PhoneSnapshot | null, place: Place): Screen {
  if (snapshot === null) return { kind: 'home' };
  const living = livingCalls(snapshot);
  const main = mainCall(snapshot);
  const ringing = living.find(isRingingHere);
  if (ringing !== undefined) return { kind: 'incoming', call: ringing, other: main };
  if (main !== null) return place.away ? { kind: 'home' } : screenOf(snapshot, main, living, place);
  const ended = endedCards(snapshot).at(-1);
  return ended === undefined ? { kind: 'home' } : { kind: 'ended', call: ended };
}

/** Calls that are over and still say how they ended, newest last. */
export function endedCards(snapshot: PhoneSnapshot | null): readonly CallView[] {
  return snapshot?.calls.filter(showsEnd) ?? [];
}

/** Calls that are not over, oldest first. */
export function livingCalls(snapshot: PhoneSnapshot): readonly CallView[] {
  return snapshot.calls.filter((call) => call.state.phase !== 'ended').toSorted((a, b) => a.startedAt - b.startedAt);
}

/** The call that the person is in: one that is not held before one that is, the youngest first; none that only rings here. */
export function mainCall(snapshot: PhoneSnapshot): CallView | null {
  const mine = livingCalls(snapshot).filter((call) => !isRingingHere(call));
  return mine.findLast((call) => !isHeld(call)) ?? mine.at(-1) ?? null;
}

export function isRingingHere(call: CallView): boolean {
  return call.direction === 'in' && call.state.phase === 'ringing';
}

export function isHeld(call: CallView): boolean {
  return (call.state.phase === 'active' || call.state.phase === 'recovering') && call.state.held;
}

export function lineOf(snapshot: PhoneSnapshot | null, call: CallView): LineView | null {
  return snapshot?.lines.find((line) => line.id === call.line) ?? null;
}

/** A call's end is shown on its card, except where nobody here took part in it: a missed call waits in Recents. */
function showsEnd(call: CallView): boolean {
  if (call.state.phase !== 'ended') return false;
  const { kind } = call.state.cause;
  return (
    kind !== 'blocked' &&
    kind !== 'missed' &&
    kind !== 'declined-here' &&
    kind !== 'answered-elsewhere' &&
    kind !== 'cancelled'
  );
}

function screenOf(snapshot: PhoneSnapshot, main: CallView, living: readonly CallView[], place: Place): Screen {
  const together = living.filter((call) => call.conference !== null && call.conference === main.conference);
  if (together.length > 1) return { kind: 'merged', calls: together };
  const others = living.filter((call) => call.id !== main.id && !isRingingHere(call));
  const { passing } = place;
  if (passing !== null && passing.to === main.id) {
    const passed = others.find((call) => call.id === passing.call);
    if (passed !== undefined) return { kind: 'passing', call: passed, to: main };
  }
  if (others.length > 0) return { kind: 'two', call: main, held: others };
  return { kind: lineOf(snapshot, main)?.kind === 'assistant' ? 'assistant' : 'call', call: main };
}
