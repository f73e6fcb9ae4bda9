/** The walk by keyboard: one order through the frames of a tab, whichever of them was walked last. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextStep, type FramePlaces } from '../../../entrypoints/background/walk';

const fresh = { last: -1, at: 0 };

it('begins with the first number of the first frame that has one', () => {
  expect(
    nextStep([
      { frame: 0, count: 0, ...fresh },
      { frame: 7, count: 2, ...fresh },
    ]),
  ).toEqual({
    frame: 7,
    step: { index: 0, place: 1, of: 2 },
  });
});

it('goes from the end of one frame to the next, and from the last to the first', () => {
  const page = { frame: 0, count: 2, last: 1, at: 10 };
  const inner = { frame: 7, count: 1, last: -1, at: 0 };
  expect(nextStep([page, inner])).toEqual({ frame: 7, step: { index: 0, place: 3, of: 3 } });
  expect(nextStep([page, { ...inner, last: 0, at: 20 }])).toEqual({ frame: 0, step: { index: 0, place: 1, of: 3 } });
});

it('begins its frame again where the number it stood on is gone', () => {
  const places = [
    { frame: 0, count: 3, ...fresh },
    { frame: 4, count: 2, last: -1, at: 5 },
  ];
  expect(nextStep(places)).toEqual({ frame: 4, step: { index: 0, place: 4, of: 5 } });
});

it('has nowhere to go on a page without numbers', () => {
  expect(nextStep([])).toBeNull();
  expect(nextStep([{ frame: 0, count: 0, ...fresh }])).toBeNull();
});

it('comes by every number of every frame once before it comes to the first again', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 }), (counts) => {
      let places: FramePlaces[] = counts.map((count, frame) => ({ frame, count, ...fresh }));
      const of = counts.reduce((sum, count) => sum + count, 0);
      const seen = new Set<string>();
      for (let round = 1; round <= of; round++) {
        const next = nextStep(places);
        if (next === null) throw new Error('the walk ended');
        expect(next.step).toMatchObject({ place: round, of });
        seen.add(`${String(next.frame)}/${String(next.step.index)}`);
        places = places.map((one) => (one.frame === next.frame ? { ...one, last: next.step.index, at: round } : one));
      }
      expect(seen.size).toBe(of);
    }),
  );
});
