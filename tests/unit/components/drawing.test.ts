import './words-here';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { initials, tint } from '../../../components/avatar';
import { ICONS } from '../../../components/icons';
import { arcPath, dotsBetween, ease, swing, wavePath } from '../../../components/rope';
import { mosPath, trendOf, xOf, yOf } from '../../../components/popup/quality/chart';
import { sparkPath } from '../../../components/popup/quality/spark';

const LOUD = { you: 1, them: 1 };

describe('the rope', () => {
  it('is tied to both posts', () => {
    const path = wavePath({ from: 6.75, to: 333.25, y: 22 }, LOUD, 1.3);
    expect(path.startsWith('M6.8 22')).toBe(true);
    expect(path.endsWith('333.3 22')).toBe(true);
  });
  it('swings no further than 15 and never stands quite still', () => {
    for (let x = 50; x < 280; x += 5) {
      expect(swing(x, 330, LOUD, 2)).toBeLessThanOrEqual(15);
      expect(swing(x, 330, { you: 0, them: 0 }, 2)).toBeGreaterThan(0.9);
    }
    expect(swing(0, 330, LOUD, 2)).toBe(0);
  });
  it('shows you in its first half and them in its second', () => {
    const them = { you: 0, them: 1 };
    expect(swing(80, 330, them, 0)).toBe(1);
    expect(swing(250, 330, them, 0)).toBeGreaterThan(5);
  });
  it('rises faster than it falls', () => {
    const up = ease({ you: 0, them: 0 }, LOUD, 1 / 30).you;
    const down = 1 - ease(LOUD, { you: 0, them: 0 }, 1 / 30).you;
    expect(up).toBeGreaterThan(down);
  });
  it('spaces its dots evenly and draws a share of a ring', () => {
    expect(dotsBetween(0, 100, 25)).toEqual([12.5, 37.5, 62.5, 87.5]);
    expect(arcPath(170, 22, 11, 0.25)).toBe('M170 11A11 11 0 0 1 181 22');
  });
});

describe('an avatar', () => {
  it.each([
    ['Dana Whitfield', 'DW'],
    ['Marcus van Oyelaran', 'MO'],
    ['Élodie', 'É'],
    ['(718) 555-0164', ''],
    ['', ''],
  ])('of "%s" shows "%s"', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
  it('keeps its tint', () => {
    expect(tint('Dana Whitfield')).toBe(tint('Dana Whitfield'));
  });
});

describe('the chart of a score', () => {
  const samples = (mos: (second: number) => number) =>
    Array.from({ length: 60 }, (_, index) => ({
      at: index * 1000,
      mos: mos(index),
      delayMs: 40,
      jitterMs: 4,
      lossPercent: 0,
      relay: null,
    }));
  it('runs from two minutes ago to now, from 1 to 5', () => {
    expect(xOf(0, 120_000, 340)).toBe(34);
    expect(xOf(120_000, 120_000, 340)).toBe(334);
    expect(yOf(5)).toBeLessThan(yOf(1));
    expect(yOf(9)).toBe(yOf(5));
  });
  it('needs two measurements for a line', () => {
    expect(mosPath(samples(() => 4).slice(0, 1), 0, 340)).toBe('');
    expect(sparkPath([1], 80, 20, 1)).toBe('');
  });
  it('tells a trend by the last ten seconds', () => {
    const now = 59_500;
    expect(
      trendOf(
        samples(() => 4),
        now,
      ),
    ).toBe('steady');
    expect(
      trendOf(
        samples((second) => (second > 50 ? 4.4 : 3)),
        now,
      ),
    ).toBe('better');
    expect(
      trendOf(
        samples((second) => (second > 50 ? 3 : 4.4)),
        now,
      ),
    ).toBe('worse');
  });
});

it('has a drawing for every icon, and an icon for every drawing', () => {
  const sprite = readFileSync(new URL('../../../components/Sprite.svelte', import.meta.url), 'utf8');
  const drawn = [...sprite.matchAll(/id="i-([a-z-]+)"/g)].map(([, name]) => name).sort();
  expect(drawn).toEqual([...ICONS].sort());
});
