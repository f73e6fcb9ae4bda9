/** Where the call window stands: remembered where a person chose it, and never off the screen that there is. */

import { describe, expect, it } from 'vitest';
import { fitted, readPlace, worthKeeping, writePlace, type Place } from '../../../lib/extension/window-place';

const SCREEN: Place = { left: 0, top: 30, width: 1366, height: 738 };
/** A second one, to the left of it. */
const OTHER: Place = { left: -1920, top: 0, width: 1920, height: 1080 };
const LEFT_AT: Place = { left: 900, top: 60, width: 400, height: 600 };

describe('a place that fits', () => {
  it('stays as it is, also on a screen to the left', () => {
    expect(fitted(LEFT_AT, SCREEN)).toEqual(LEFT_AT);
    const there = { ...LEFT_AT, left: -1900 };
    expect(fitted(there, OTHER)).toEqual(there);
  });
});

describe('a place that does not', () => {
  it.each<[string, Partial<Place>, Partial<Place>]>([
    ['beyond the right and the bottom', { left: 1300, top: 700 }, { left: 966, top: 168 }],
    ['beyond the left and under the bar at the top', { left: -50, top: 0 }, { left: 0, top: 30 }],
    ['on a screen that is gone', { left: -1900 }, { left: 0 }],
    ['larger than the screen', { width: 1600, height: 900 }, { left: 0, top: 30, width: 1366, height: 738 }],
  ])('comes back by as little as it takes: %s', (_where, left, comesBack) => {
    expect(fitted({ ...LEFT_AT, ...left }, SCREEN)).toEqual({ ...LEFT_AT, ...comesBack });
  });
});

describe('what is kept', () => {
  it('is where a person left it', () => {
    expect(worthKeeping(LEFT_AT, SCREEN)).toEqual(LEFT_AT);
  });
  it('is not a window that fills its screen, nor one that was put away', () => {
    expect(worthKeeping({ left: -8, top: 22, width: 1382, height: 754 }, SCREEN)).toBeNull();
    expect(worthKeeping({ left: -32_000, top: -32_000, width: 160, height: 28 }, SCREEN)).toBeNull();
  });
  it('comes back as it was written', () => {
    expect(readPlace(writePlace(LEFT_AT))).toEqual(LEFT_AT);
  });
  it.each([null, '', 'null', '[]', '{"left":1}', '{"left":"1","top":1,"width":400,"height":600}'])(
    'is nothing where %s stands',
    (written) => {
      expect(readPlace(written)).toBeNull();
    },
  );
  it('is no window that nobody could see', () => {
    expect(readPlace('{"left":1,"top":1,"width":0,"height":600}')).toBeNull();
    expect(readPlace('{"left":1,"top":1.5,"width":400,"height":600}')).toBeNull();
  });
});
