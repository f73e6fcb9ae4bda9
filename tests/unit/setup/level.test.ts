import { describe, expect, it } from 'vitest';
import { BARS, barsFor, hear, listenFrom, verdictOf, zoneOf } from '../../../components/settings/level';

const QUIET = 4;
const GOOD = 20;
const LOUD = 35;

describe('the microphone meter', () => {
  it('lights no bar for silence, all for full scale, and grows evenly in decibels', () => {
    expect(barsFor(0)).toBe(0);
    expect(barsFor(Number.NaN)).toBe(0);
    expect(barsFor(1)).toBe(BARS);
    expect(barsFor(2)).toBe(BARS);
    expect(barsFor(10 ** (-30 / 20))).toBe(BARS / 2);
    expect(barsFor(10 ** (-90 / 20))).toBe(0);
  });

  it('names the zones quiet, good and too loud', () => {
    expect([QUIET, GOOD, LOUD].map(zoneOf)).toEqual(['quiet', 'good', 'loud']);
  });

  it('waits for the first sound before it judges', () => {
    expect(verdictOf(listenFrom(0), 1_000)).toBe('listening');
  });

  it('says after five seconds that nothing is heard, also when the sound stops', () => {
    expect(verdictOf(listenFrom(0), 5_000)).toBe('silent');
    const heard = hear(listenFrom(0), GOOD, 2_000);
    expect(verdictOf(heard, 6_900)).not.toBe('silent');
    expect(verdictOf(heard, 7_000)).toBe('silent');
  });

  it('judges speech by its peaks, and keeps the verdict through a pause', () => {
    const good = hear(hear(listenFrom(0), GOOD, 1_000), QUIET, 1_100);
    expect(verdictOf(good, 2_000)).toBe('good');
    expect(verdictOf(hear(listenFrom(0), QUIET, 1_000), 1_000)).toBe('quiet');
    expect(verdictOf(hear(good, LOUD, 2_000), 2_100)).toBe('loud');
    expect(verdictOf(hear(hear(good, LOUD, 2_000), GOOD, 4_000), 4_000)).toBe('good');
  });

  it('takes noise of one bar for silence', () => {
    expect(verdictOf(hear(listenFrom(0), 1, 4_900), 5_000)).toBe('silent');
  });
});
