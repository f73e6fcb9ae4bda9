/** The parking places that an account names. */

import { describe, expect, it } from 'vitest';
import { parkingPlaces } from '../../../lib/extension/parking-places';

describe('parking places', () => {
  it.each([
    ['', []],
    ['6001', ['6001']],
    ['6001-6003', ['6001', '6002', '6003']],
    ['6001, 6010–6011; *85', ['6001', '6010', '6011', '*85']],
    ['*01-*03', ['*01', '*02', '*03']],
    ['6001 6001', ['6001']],
  ])('are read from "%s"', (text, places) => {
    expect(parkingPlaces(text)).toEqual(places);
  });

  it.each(['hall', '6003-6001', '6001-99', '6000-7000', '6001-', '+14155550132'])('are not "%s"', (text) => {
    expect(parkingPlaces(text)).toBeNull();
  });
});
