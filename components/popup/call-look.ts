/** How a call looks at a moment: stage, rope, word, pill, and what works. Pure; the screens only draw it. */

import type { CallView, LineView } from '../../lib/phone/model/snapshot';
import type { RopeState } from '../rope';

/** A shorter drop shows nothing: most are over before anyone could read of them. */
export const DROP_SHOWN_AFTER_MS = 1500;
/** How long "Reconnected" stays. */
export const RECOVERED_SHOWN_MS = 4000;
/** When ringing has lasted so long that nobody may be there. */
export const LONG_RING_MS = 30_000;

/** What is wrong with a living call, if anything: its two strands fail apart. */
export type Strands =
  | { readonly kind: 'whole' }
  /** `since` is when the drop began, epoch milliseconds. */
  | { readonly kind: 'server-lost' | 'sound-lost' | 'both-lost' | 'rejoining' | 'waits'; readonly since: number };

export type Pill =
  | { readonly kind: 'muted' | 'no-voice' | 'reconnected' | 'rejoined' }
  | { readonly kind: 'held' | 'long-ring'; readonly ms: number };

export type Control = 'mute' | 'hold' | 'keypad' | 'transfer' | 'add' | 'audio';

/** Why a control waits; the key of a sentence. */
export type Reason = 'not-connected' | 'server-lost' | 'offline' | 'rejoining' | 'no-transfer' | 'two-calls';

export function strandsOf(call: CallView, line: LineView | null, now: number): Strands {
  const { state } = call;
  if (state.phase === 'recovering') {
    const since = call.soundLostAt ?? call.signallingLostAt ?? now;
    if (state.waitsForPerson || takenOver(line)) return { kind: 'waits', since };
    if (call.signalling === 'lost') return { kind: 'both-lost', since };
    return call.soundLostAt === null ? { kind: 'rejoining', since } : { kind: 'sound-lost', since };
  }
  if (state.phase !== 'active') return { kind: 'whole' };
  const serverLost = call.signalling === 'lost' && shown(call.signallingLostAt, now);
  const soundLost = call.sound === 'stalled' && !state.held && shown(call.soundLostAt, now);
  if (takenOver(line) && serverLost) return { kind: 'waits', since: call.signallingLostAt ?? now };
  if (serverLost && soundLost)
    return { kind: 'both-lost', since: earliest(call.soundLostAt, call.signallingLostAt, now) };
  if (serverLost) return { kind: 'server-lost', since: call.signallingLostAt ?? now };
  if (soundLost) return { kind: 'sound-lost', since: call.soundLostAt ?? now };
  return { kind: 'whole' };
}

export function takenOver(line: LineView | null): boolean {
  return line?.session.phase === 'stopped' && line.session.because.reason === 'taken-over';
}

/** Kelp means that sound is flowing; slate, that it is not. */
export function toneOf(call: CallView, strands: Strands): 'kelp' | 'quiet' {
  const { state } = call;
  const heard = call.sound === 'flowing' || (call.sound === 'stalled' && strands.kind === 'whole');
  if (state.phase === 'active') return heard && !state.held && strands.kind !== 'sound-lost' ? 'kelp' : 'quiet';
  if (state.phase === 'ringing' && call.direction === 'out') {
    return state.earlyMedia && call.sound === 'flowing' ? 'kelp' : 'quiet';
  }
  return 'quiet';
}

export function ropeOf(call: CallView, strands: Strands, now: number): RopeState {
  const { state } = call;
  const muted = call.muted || !call.voice;
  switch (state.phase) {
    case 'dialling':
    case 'connecting':
      return { kind: 'calling' };
    case 'ringing':
      return { kind: call.direction === 'in' ? 'incoming' : 'ringing' };
    case 'ended':
      return { kind: 'ended' };
    case 'active':
    case 'recovering':
      break;
  }
  switch (strands.kind) {
    case 'server-lost':
      return state.held ? { kind: 'held' } : { kind: 'server-lost', muted };
    case 'sound-lost':
    case 'rejoining':
      return { kind: 'sound-lost' };
    case 'waits':
      // Another phone took the account, but this one still hears and is heard.
      if (call.sound === 'flowing') return { kind: 'server-lost', muted };
      return { kind: 'both-lost', left: shareLeft(call, strands.since, now) };
    case 'both-lost':
      return { kind: 'both-lost', left: shareLeft(call, strands.since, now) };
    case 'whole':
      return state.held ? { kind: 'held' } : { kind: 'live', muted };
  }
  strands satisfies never;
  return { kind: 'ended' };
}

/** Milliseconds that the server still holds the call; null where that is not known. */
export function heldMore(call: CallView, now: number): number | null {
  if (call.state.phase !== 'recovering' || call.state.until === null) return null;
  return Math.max(0, call.state.until - now);
}

function shareLeft(call: CallView, since: number, now: number): number | null {
  const left = heldMore(call, now);
  if (left === null || call.state.phase !== 'recovering' || call.state.until === null) return null;
  const whole = call.state.until - since;
  return whole <= 0 ? 0 : Math.min(1, left / whole);
}

/** The one thing that the row under the number shows, in order of need. */
export function pillOf(call: CallView, now: number): Pill | null {
  const { state } = call;
  if (state.phase === 'ringing' && call.direction === 'out' && now - state.since >= LONG_RING_MS) {
    return { kind: 'long-ring', ms: now - state.since };
  }
  if (state.phase !== 'active') return call.muted && state.phase !== 'recovering' ? { kind: 'muted' } : null;
  if (call.rejoined === true && recently(call.recoveredAt, now)) return { kind: 'rejoined' };
  if (!call.voice) return { kind: 'no-voice' };
  if (state.held) return { kind: 'held', ms: now - (call.heldSince ?? now) };
  if (recently(call.recoveredAt, now)) return { kind: 'reconnected' };
  return call.muted ? { kind: 'muted' } : null;
}

/** Which controls cannot work yet, and why. */
export function waiting(
  call: CallView,
  line: LineView | null,
  strands: Strands,
  liveCalls: number,
): Partial<Record<Control, Reason>> {
  const { state } = call;
  const most = (reason: Reason): Partial<Record<Control, Reason>> => ({
    hold: reason,
    transfer: reason,
    add: reason,
  });
  if (state.phase === 'ringing' && state.earlyMedia) return most('not-connected');
  if (state.phase !== 'active' && state.phase !== 'recovering')
    return { ...most('not-connected'), keypad: 'not-connected' };
  if (strands.kind === 'server-lost') return most('server-lost');
  if (strands.kind === 'both-lost' || strands.kind === 'waits') return { ...most('offline'), keypad: 'offline' };
  if (strands.kind === 'rejoining') return { ...most('rejoining'), keypad: 'rejoining' };
  return {
    ...(line?.can.transfer === false ? { transfer: 'no-transfer' } : {}),
    ...(liveCalls > 1 ? { add: 'two-calls' } : {}),
  };
}

/** Milliseconds of talk; null before the answer. */
export function talkedMs(call: CallView, now: number): number | null {
  if (call.answeredAt === null) return null;
  return (call.state.phase === 'ended' ? call.state.at : now) - call.answeredAt;
}

function shown(lostAt: number | null, now: number): boolean {
  return lostAt === null || now - lostAt >= DROP_SHOWN_AFTER_MS;
}

function recently(at: number | null, now: number): boolean {
  return at !== null && now - at < RECOVERED_SHOWN_MS;
}

function earliest(one: number | null, other: number | null, now: number): number {
  return Math.min(one ?? now, other ?? now);
}
