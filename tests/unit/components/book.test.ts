import './words-here';
import { expect, it } from 'vitest';
import { openBook } from '../../../components/popup/book.svelte';
import { formatAsTyped, numbersPasted, placeOf, readTyped, showNumber } from '../../../components/popup/numbers';

const RULES = { country: 'US', extensions: true };

it('leaves numbers as they are until the book of numbers is open, and knows them from then on', async () => {
  expect(readTyped('4155550132', RULES)).toMatchObject({ kind: 'empty', to: null, shown: '4155550132' });
  expect(showNumber('+14155550132', 'US')).toBe('+14155550132');
  expect(formatAsTyped('4155550132', 'US')).toBe('4155550132');
  expect(numbersPasted('Call +1 415 555 0132 today', 'US')).toEqual([]);
  expect(placeOf('+14155550132')).toBe('');

  await openBook();
  expect(readTyped('4155550132', RULES)).toMatchObject({ kind: 'number', to: '+14155550132' });
  expect(showNumber('+14155550132', 'US')).toBe('(415) 555-0132');
  expect(formatAsTyped('4155550132', 'US')).toBe('(415) 555-0132');
  expect(numbersPasted('Call +1 415 555 0132 today', 'US')).toHaveLength(1);
  expect(placeOf('+14155550132')).toBe('California, United States');
});
