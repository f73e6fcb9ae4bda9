/** What happened to a call within the two minutes of its chart: what went missing, what dropped, what came back. Pure. */

import { TRAIL_MS, type Sample } from './trail.svelte';

export interface QualityEvent {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly what: 'loss' | 'lost' | 'back' | 'relay';
}

/** In percent: above this words begin to clip (ui-spec 8.12). */
const GOOD_LOSS = 1;
const MOST = 4;

/** Oldest first; the newest of them where there are many. */
export function eventsOf(
  samples: readonly Sample[],
  drops: readonly { readonly from: number; readonly to: number }[],
  now: number,
): readonly QualityEvent[] {
  const events: QualityEvent[] = drops.flatMap(({ from, to }) => [
    { at: from, what: 'lost' },
    { at: to, what: 'back' },
  ]);
  samples.forEach((sample, index) => {
    const before = samples[index - 1];
    if (before === undefined) return;
    if (before.relay === false && sample.relay === true) events.push({ at: sample.at, what: 'relay' });
    // One bad second is no news; the second one tells since when.
    const [two, one] = [samples[index - 2], before];
    if (two !== undefined && isLossy(sample) && isLossy(one) && !isLossy(two))
      events.push({ at: one.at, what: 'loss' });
  });
  return events
    .filter(({ at }) => now - at <= TRAIL_MS)
    .sort((one, other) => one.at - other.at)
    .slice(-MOST);
}

function isLossy({ lossPercent }: Sample): boolean {
  return lossPercent > GOOD_LOSS;
}
