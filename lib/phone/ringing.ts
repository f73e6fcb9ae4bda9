/** Which sound the phone makes while nobody talks: decided anew from all calls, so that no ring outlives its reason. */

import type { CallState } from './model/call-state';
import type { Ring, Speaker } from './ports';

export interface RingFacts {
  readonly direction: 'out' | 'in';
  readonly state: CallState;
  readonly silenced: boolean;
}

/** An incoming call rings alone and beeps beside a live one; ringback is ours only until the far side is heard. */
export function ringFor(calls: readonly RingFacts[], waitingBeeps: boolean): Ring {
  const rings = calls.some(
    ({ direction, state, silenced }) => direction === 'in' && state.phase === 'ringing' && !silenced,
  );
  const others = calls.some(({ direction, state }) => isLive(state) || (direction === 'out' && isSettingUp(state)));
  if (rings && !others) return 'in';
  if (rings && waitingBeeps) return 'waiting';
  const ringsOut = calls.some(
    ({ direction, state }) => direction === 'out' && state.phase === 'ringing' && !state.earlyMedia,
  );
  const talks = calls.some(({ state }) => isLive(state) && !(state.phase === 'active' && state.held));
  return ringsOut && !talks ? 'out' : 'off';
}

/** Tells the speaker, only where the sound becomes another. */
export class Ringer {
  readonly #speaker: Speaker;
  #now: Ring = 'off';

  constructor(speaker: Speaker) {
    this.#speaker = speaker;
  }

  look(calls: readonly RingFacts[], waitingBeeps: boolean): void {
    const ring = ringFor(calls, waitingBeeps);
    if (ring !== this.#now) this.#speaker.ring(ring);
    this.#now = ring;
  }

  close(): void {
    this.#speaker.ring('off');
  }
}

function isLive({ phase }: CallState): boolean {
  return phase === 'connecting' || phase === 'active' || phase === 'recovering';
}

function isSettingUp({ phase }: CallState): boolean {
  return phase === 'dialling' || phase === 'ringing';
}
