/** Finding maybe-numbers: offsets are exact, nothing overlaps, nothing throws, and a wall of digits costs little. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCandidates, fold, mayHoldNumber, shapeOf, splitExtension } from '../../../lib/numbers/candidates';
import { confirm, numbersIn } from '../../../lib/numbers/confirm';
import { readDialled } from '../../../lib/numbers/dialable';

const pieces = fc.constantFrom(
  '+1 212 555 0123', '(415) 555-0132', '020 7946 0018', '2024-01-15', '10:30', ' ', '\n', ',', ' / ', 'Order ', 'Tel. ', '#', 'ext. 4', '٠١٠٠', '５５５', '\u200b', '\u00a0',
  '‑', '.', '-', '(', ')', 'x', 'abc', '7', '99', '𝟐𝟏𝟐', '电话', '€', '%',
); // prettier-ignore
const prose = fc.oneof(
  fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

describe('any text', () => {
  it('gives candidates in order, apart, and with the offsets of what they read', () => {
    fc.assert(
      fc.property(prose, (text) => {
        let last = 0;
        for (const { start, end, text: candidate } of findCandidates(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(fold(text.slice(start, end)).text).toBe(candidate);
          last = end;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('is asked about only where the quick look says that it may hold a number', () => {
    fc.assert(fc.property(prose, (text) => findCandidates(text).length === 0 || mayHoldNumber(text)));
  });

  it('reads at the confirmed offsets as the very number that would be dialled', () => {
    fc.assert(
      fc.property(prose, fc.constantFrom('US', 'GB', 'DE', 'FR'), (text, country) => {
        for (const { start, end, e164 } of numbersIn(text, { countries: [country] })) {
          expect(readDialled(text.slice(start, end), country)).toMatchObject({ to: e164 });
        }
      }),
      { numRuns: 3000 },
    );
  });
});

it('stays quick on a wall of digits', () => {
  const walls = ['1234567 ', '1-', '1', '12345678901 ', '(1) ', '+1 '].map((brick) =>
    brick.repeat(100_000 / brick.length),
  );
  const from = performance.now();
  for (const wall of walls) findCandidates(wall);
  // Six walls of 100,000 characters; anything quadratic takes minutes.
  expect(performance.now() - from).toBeLessThan(6_000);
});

it('splits an extension from its number', () => {
  expect(splitExtension('+44 20 7946 0018 ext. 5')).toMatchObject({ main: '+44 20 7946 0018', extension: '5' });
  expect(splitExtension('+44 20 7946 0018')).toMatchObject({ main: '+44 20 7946 0018', extension: null });
});

describe('two countries', () => {
  it('gives both readings where both fit, the likelier first', () => {
    const [number] = confirm(['01 5123 4567'], { countries: ['GB', 'AT'] });
    expect(number?.readings.length ?? 0).toBeLessThanOrEqual(2);
    const [both] = confirm(['0800 123 4567'], { countries: ['DE', 'BR'] });
    expect(both?.readings.map(({ e164 }) => e164)).toEqual(['+498001234567', '+558001234567']);
    expect(both?.e164).toBe('+498001234567');
  });
  it('gives one where only one fits', () => {
    const [number] = confirm(['030 23125 042'], { countries: ['US', 'DE'] });
    expect(number?.readings.map(({ country }) => country)).toEqual(['DE']);
  });
});

describe('what a person refused', () => {
  const rules = { countries: ['US'], origin: 'https://crm.example' };
  it('is not marked again on that site, by number and by shape', () => {
    const one = { origin: 'https://crm.example', digits: '4155550132', pattern: null };
    const alike = { origin: 'https://crm.example', digits: null, pattern: shapeOf('415-555-0177') };
    expect(confirm(['(415) 555-0132'], { ...rules, refused: [one] })).toEqual([]);
    expect(confirm(['212-555-0123'], { ...rules, refused: [alike] })).toEqual([]);
    expect(confirm(['(212) 555-0123'], { ...rules, refused: [one, alike] })).toHaveLength(1);
    expect(confirm(['(415) 555-0132'], { ...rules, origin: 'https://other.example', refused: [one] })).toHaveLength(1);
  });
});
