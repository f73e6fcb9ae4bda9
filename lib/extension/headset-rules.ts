/** What a press on a headset means for the calls there are, and what its lamps show of them; pure. */

import type { Press } from '../headset/hearing';
import type { Lamps } from '../headset/lamps';
import type { CallId } from '../phone/model/ids';
import type { CallView } from '../phone/model/snapshot';

/** What the phone is asked for. Nothing here dials: a press in a pocket must not call anybody. */
export type HeadsetOrder =
  | { readonly command: 'answer' | 'decline'; readonly call: CallId }
  | { readonly command: 'hangUp'; readonly calls: readonly CallId[] }
  | { readonly command: 'mute'; readonly calls: readonly CallId[]; readonly muted: boolean }
  | { readonly command: 'hold'; readonly calls: readonly CallId[]; readonly held: boolean };

/** Null while there is no call: then headsets belong to whoever else uses them. */
export function lampsFor(calls: readonly CallView[]): Lamps | null {
  const { ringing, front } = sort(calls);
  if (ringing === null && front.length === 0) return null;
  return {
    offHook: front.length > 0,
    ring: ringing !== null && ringing.silenced !== true,
    mute: front.length > 0 && front.every(({ muted }) => muted),
    hold: front.length > 0 && front.every(isHeld),
  };
}

/** Null: there is nothing that this press could mean. */
export function orderFor(press: Press, calls: readonly CallView[]): HeadsetOrder | null {
  const { ringing, front, others } = sort(calls);
  const [first] = front;
  switch (press) {
    case 'lifted':
      return ringing && { command: 'answer', call: ringing.id };
    // With a second call waiting the same button takes it, and the first is held: it is never the one that is lost.
    case 'replaced':
      if (ringing) return { command: 'answer', call: ringing.id };
      return first ? { command: 'hangUp', calls: idsOf(front) } : null;
    case 'drop':
      if (first) return { command: 'hangUp', calls: idsOf(front) };
      return ringing && { command: 'decline', call: ringing.id };
    case 'reject':
      return ringing && { command: 'decline', call: ringing.id };
    case 'flash':
      if (ringing) return { command: 'answer', call: ringing.id };
      if (others[0]) return { command: 'hold', calls: [others[0].id], held: false };
      return first ? { command: 'hold', calls: idsOf(front), held: !front.every(isHeld) } : null;
    case 'mute':
    case 'muted':
    case 'unmuted': {
      const muted = press === 'mute' ? !front.every((call) => call.muted) : press === 'muted';
      return first ? { command: 'mute', calls: idsOf(front), muted } : null;
    }
  }
  press satisfies never;
  return null;
}

/** `front`: the call that is spoken in, with whoever is in a conference with it; else the one that is placed; else a held one. */
function sort(calls: readonly CallView[]): {
  readonly ringing: CallView | null;
  readonly front: readonly CallView[];
  readonly others: readonly CallView[];
} {
  const alive = calls.filter(({ state }) => state.phase !== 'ended');
  const ringing = alive.find(({ direction, state }) => direction === 'in' && state.phase === 'ringing') ?? null;
  const mine = alive.filter((call) => !(call.direction === 'in' && call.state.phase === 'ringing'));
  const first = mine.find((call) => !isHeld(call)) ?? mine[0];
  const together = ({ conference }: CallView): boolean => conference !== null && conference === first?.conference;
  const front = mine.filter((call) => call === first || together(call));
  return { ringing, front, others: mine.filter((call) => !front.includes(call)) };
}

function isHeld({ state }: CallView): boolean {
  return (state.phase === 'active' || state.phase === 'recovering') && state.held;
}

function idsOf(calls: readonly CallView[]): readonly CallId[] {
  return calls.map(({ id }) => id);
}
