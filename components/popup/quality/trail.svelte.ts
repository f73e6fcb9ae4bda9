/** What the quality of each call was over the last two minutes, as far as this view has seen it. */

import { createContext } from 'svelte';
import type { CallId } from '../../../lib/phone/model/ids';
import type { CallView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';

export const TRAIL_MS = 120_000;

/** Milliseconds, percent, MOS 1 to 5; `at` in epoch milliseconds. */
export interface Sample {
  readonly at: number;
  readonly mos: number;
  readonly delayMs: number | null;
  readonly jitterMs: number;
  readonly lossPercent: number;
  /** Null where the route is not known. */
  readonly relay: boolean | null;
}

export class Trails {
  #samples = $state.raw<ReadonlyMap<CallId, readonly Sample[]>>(new Map());

  of(call: CallId): readonly Sample[] {
    return this.#samples.get(call) ?? [];
  }

  /** Adds what the snapshot measured; forgets what is older than two minutes and calls that are gone. */
  add(snapshot: PhoneSnapshot, now: number): void {
    this.#samples = new Map(
      snapshot.calls.map((call) => [call.id, extended(this.of(call.id), sampleOf(call, now), now)] as const),
    );
  }
}

function sampleOf(call: CallView, at: number): Sample | null {
  const { quality } = call;
  if (quality === null) return null;
  return {
    at,
    mos: quality.mos,
    delayMs: quality.roundTripMs,
    jitterMs: quality.jitterMs,
    lossPercent: quality.lossPercent,
    relay: quality.route?.relay ?? null,
  };
}

function extended(samples: readonly Sample[], next: Sample | null, now: number): readonly Sample[] {
  const young = samples.filter((sample) => now - sample.at <= TRAIL_MS);
  if (next === null) return young;
  // Snapshots come for many reasons; one sample a second is what was measured.
  const last = young.at(-1);
  return last !== undefined && next.at - last.at < 900 ? young : [...young, next];
}

export const [getTrails, setTrails] = createContext<Trails>();
