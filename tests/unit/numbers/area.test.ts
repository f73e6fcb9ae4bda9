import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { areaOf } from '../../../lib/numbers/area';

const PROVINCES = new Set([
  'Alberta',
  'British Columbia',
  'Manitoba',
  'New Brunswick',
  'Newfoundland and Labrador',
  'Nova Scotia and Prince Edward Island',
  'Ontario',
  'Quebec',
  'Saskatchewan',
  'Yukon, Northwest Territories and Nunavut',
]);
const CODES = Array.from({ length: 800 }, (_, index) => String(200 + index));
const countryOf = (code: string) => parsePhoneNumberFromString(`+1${code}5550132`)?.country;

describe('areaOf', () => {
  it.each([
    ['+14155550132', 'California'],
    ['+12125550132', 'New York'],
    ['+15145550132', 'Quebec'],
    ['+18675550132', 'Yukon, Northwest Territories and Nunavut'],
    ['+18005550132', null],
    ['+18765550132', null],
    ['+442079460018', null],
    ['204', null],
    ['alice@example.com', null],
    ['', null],
  ])('%s is in %s', (number, area) => {
    expect(areaOf(number)).toBe(area);
  });

  it('puts no code into a country that libphonenumber knows otherwise', () => {
    const wrong = CODES.flatMap((code) => {
      const area = areaOf(`+1${code}5550132`);
      const country = countryOf(code);
      if (area === null || country === undefined) return [];
      return country === (PROVINCES.has(area) ? 'CA' : 'US') ? [] : [`${code} ${area} ${country}`];
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    // Of machines, of people wherever they are, and free or dear ones.
    ['CA', '600 622 633'],
    ['US', '500 521 522 525 526 527 528 529 532 533 544 566 577 588 800 833 844 855 866 877 888 900'],
  ])('knows every code of %s that libphonenumber knows', (country, placeless) => {
    const missing = CODES.filter((code) => countryOf(code) === country && areaOf(`+1${code}5550132`) === null);
    expect(missing.join(' ')).toBe(placeless);
  });
});
