/** Which notifications should be on screen for a snapshot, and what must change to get there (ui-spec 13); pure. */

import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { isRinging, isSoundLost, VOICE_AWAY_AFTER_MS } from './badge';
import type { Notice, Wanted } from './notice';
import { forCall, forLine, LINE_LOST_AFTER_MS, SOUND_LOST_AFTER_MS } from './notice-of';
import { forWritten, isSeen, isWritten, writtenId } from './written';

/** By notification id (the call's or line's id, or that of what was written in a call): which notice it shows, for instance `held-5`. */
export type Shown = { readonly [id: string]: string };

export type NoticeAction =
  | { readonly do: 'show'; readonly id: string; readonly kind: string; readonly notice: Notice }
  | { readonly do: 'clear'; readonly id: string };

export interface NoticeFacts {
  readonly now: number;
  /** The popup or the panel is before the person's eyes: they see it there. */
  readonly inFront: boolean;
  readonly enabled: boolean;
  /** Do not disturb: what was missed is listed and counted, and says nothing. */
  readonly quiet: boolean;
  readonly hideNames: boolean;
}

export interface Difference {
  readonly actions: readonly NoticeAction[];
  readonly shown: Shown;
  /** When to compare again although nothing was broadcast; null is never. Epoch milliseconds. */
  readonly lookAgainAt: number | null;
}

const WHILE_IN_FRONT_MS = 1000;
const MOST_LEFT = 50;

/**
 * Compares what is shown with what the snapshot asks for. `shown` is kept by the caller across the worker's deaths, so
 * nothing is shown twice and nothing that is over stays.
 */
export function difference(shown: Shown, snapshot: PhoneSnapshot, facts: NoticeFacts): Difference {
  const wanted = wantedBy(shown, snapshot, facts);
  const actions: NoticeAction[] = [];
  for (const [id, { kind, notice }] of wanted) {
    if (notice !== null && shown[id] !== kind) actions.push({ do: 'show', id, kind, notice });
    else if (isSeen(kind) && isWritten(shown[id])) actions.push({ do: 'clear', id });
  }
  for (const id of Object.keys(shown)) {
    if (!wanted.has(id) && !isLeftToThePerson(shown[id], facts)) actions.push({ do: 'clear', id });
  }
  return {
    actions,
    shown: { ...leftToThePerson(shown, facts), ...Object.fromEntries([...wanted].map(([id, { kind }]) => [id, kind])) },
    lookAgainAt: nextLook(snapshot, facts),
  };
}

/** A press on one of these must still know what it was, long after its call is forgotten. */
function leftToThePerson(shown: Shown, facts: NoticeFacts): Shown {
  const left = Object.entries(shown).filter(([, kind]) => isLeftToThePerson(kind, facts));
  return Object.fromEntries(left.slice(-MOST_LEFT));
}

// The call may leave the snapshot before the person has read these; what was written stands in the phone as well.
function isLeftToThePerson(kind: string | undefined, { inFront }: NoticeFacts): boolean {
  return kind === 'missed' || kind === 'lost' || (isWritten(kind) && !inFront);
}

function wantedBy(shown: Shown, snapshot: PhoneSnapshot, facts: NoticeFacts): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  if (!facts.enabled) return wanted;
  for (const call of snapshot.calls) {
    const id = writtenId(call.id);
    const written = forWritten(call, shown[id], { seen: facts.inFront || facts.quiet, hideNames: facts.hideNames });
    if (written !== null) wanted.set(id, written);
    const found = forCall(call, snapshot, shown[call.id], facts);
    if (found === null || (facts.inFront && isSeenInFront(found.kind))) continue;
    if (!(facts.quiet && found.kind === 'missed')) wanted.set(call.id, found);
  }
  for (const line of snapshot.lines) {
    const found = forLine(line);
    if (found !== null && !facts.inFront) wanted.set(line.id, found);
  }
  return wanted;
}

// A missed call must not be lost because the popup happened to be open as the ringing stopped.
function isSeenInFront(kind: string): boolean {
  return kind !== 'missed';
}

function nextLook(snapshot: PhoneSnapshot, facts: NoticeFacts): number | null {
  const times: number[] = [];
  for (const call of snapshot.calls) {
    if (call.state.phase === 'ended') continue;
    if (typeof call.voiceAwaySince === 'number') times.push(call.voiceAwaySince + VOICE_AWAY_AFTER_MS);
    if (facts.inFront && isRinging(call)) times.push(facts.now + WHILE_IN_FRONT_MS);
    if (isSoundLost(call) && call.soundLostAt !== null) times.push(call.soundLostAt + SOUND_LOST_AFTER_MS);
    else if (call.signalling === 'lost' && call.signallingLostAt !== null) {
      times.push(call.signallingLostAt + LINE_LOST_AFTER_MS);
    }
  }
  const future = times.filter((time) => time > facts.now);
  return future.length === 0 ? null : Math.min(...future);
}
