import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../components/popup/quality/events';
import type { Sample } from '../../../components/popup/quality/trail.svelte';

const NOW = 1_000_000;
/** One a second, the last one now. */
const trail = (...of: readonly Partial<Sample>[]): readonly Sample[] =>
  of.map((more, index) => ({
    ...{ at: NOW - (of.length - 1 - index) * 1000, mos: 4.4, delayMs: 40, jitterMs: 4, lossPercent: 0, relay: false },
    ...more,
  }));
const told = (...given: Parameters<typeof eventsOf>): readonly string[] =>
  eventsOf(...given).map(({ what, at }) => `${what} ${String((NOW - at) / 1000)}`);

describe('what happened to a call', () => {
  it('tells of packets that go missing from the second bad second on, and of each such time once', () => {
    const bad = { lossPercent: 3 };
    expect(told(trail({}, bad, {}, {}), [], NOW)).toEqual([]);
    expect(told(trail({}, bad, bad, bad, {}, bad, bad), [], NOW)).toEqual(['loss 5', 'loss 1']);
  });
  it('tells of a drop and of its end, and of the move to a relay, in their order', () => {
    const drops = [{ from: NOW - 4_500, to: NOW - 2_500 }];
    expect(told(trail({}, {}, { relay: true }, { relay: true }), drops, NOW)).toEqual([
      'lost 4.5',
      'back 2.5',
      'relay 1',
    ]);
    expect(told(trail({ relay: null }, { relay: true }), [], NOW)).toEqual([]);
  });
  it('forgets what is older than the chart, and keeps the newest four', () => {
    const drop = (seconds: number) => ({ from: NOW - seconds * 1000, to: NOW - (seconds - 1) * 1000 });
    expect(told([], [drop(200), drop(60), drop(40), drop(20)], NOW)).toEqual([
      'lost 40',
      'back 39',
      'lost 20',
      'back 19',
    ]);
  });
});
