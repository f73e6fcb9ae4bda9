import './words-here';
import { describe, expect, it } from 'vitest';
import { helpFor } from '../../../components/popup/home/help';
import { marked, matchesFor } from '../../../components/popup/home/matches';
import { countriesLike } from '../../../components/popup/home/countries';
import { withoutScheme } from '../../../components/popup/numbers';
import { numbersPasted, placeOf, readTyped, showNumber } from '../../../components/popup/number-book';
import { CONTACTS, HISTORY } from '../../../scripts/screens/data';

const rules = { country: 'US', extensions: true };
const context = { lineName: 'Sales line', connecting: false, pasted: false, choosing: false };
const help = (text: string, more: Partial<typeof rules & typeof context> = {}): string =>
  helpFor(readTyped(text, { ...rules, ...more }), { ...context, ...more }).text;

describe('the line under the dial field', () => {
  it.each([
    ['', 'Type, paste, or click a number on any page.'],
    ['(415) 555-0132', 'California, United States. Ready to call.'],
    ['(800) 555-0132', 'United States. Ready to call.'],
    ['+44 20 7946 0018', 'United Kingdom. Ready to call.'],
    ['+44 20 7946 00', 'Two digits short for the United Kingdom.'],
    ['(415) 555-013', 'One digit short for the United States.'],
    ['(415) 555-01321', 'One digit too many for the United States.'],
    ['204', 'Extension 204 on Sales line.'],
    ['alice@example.com', 'SIP address. Ready to call.'],
  ])('for "%s" reads "%s"', (text, words) => {
    expect(help(text)).toBe(words);
  });
  it('says that it is trying while the line is on its way', () => {
    expect(help('', { connecting: true })).toBe('Trying to reach the server.');
  });
  it('warns of an emergency number, and of no other', () => {
    expect(readTyped('911', rules).kind).toBe('emergency');
    expect(readTyped('999', { ...rules, country: 'GB' }).kind).toBe('emergency');
    expect(readTyped('204', rules).kind).toBe('extension');
  });
  it('offers nothing to call for short digits where the account has no extensions', () => {
    expect(readTyped('204', { ...rules, extensions: false }).to).toBeNull();
  });
  it('takes letters for a name', () => {
    expect(readTyped('ma', rules)).toMatchObject({ kind: 'name', to: null });
    expect(readTyped('Dana Whit', rules)).toMatchObject({ kind: 'name', to: null });
  });
  it('keeps what is dialled after the answer apart from the number', () => {
    expect(readTyped('(415) 555-0132 ext 12', rules)).toMatchObject({ to: '+14155550132', digits: 'w12' });
  });
});

describe('a number', () => {
  it('is national in one’s own country and international elsewhere', () => {
    expect(showNumber('+14155550132', 'US')).toBe('(415) 555-0132');
    expect(showNumber('+14155550132', 'GB')).toBe('+1 415 555 0132');
    expect(showNumber('204', 'US')).toBe('204');
  });
  it.each([
    ['tel:+1-415-555-0102', '+1-415-555-0102'],
    ['callto://+1%20415%20555%200102', '+1 415 555 0102'],
    ['tel:+14155550102;ext=42', 'tel:+14155550102;ext=42'],
    ['sip:alice@example.com', 'sip:alice@example.com'],
    ['(415) 555-0102', '(415) 555-0102'],
  ])('of the link %s is handed over as %s', (link, number) => {
    expect(withoutScheme(link)).toBe(number);
  });
  it('tells its country', () => {
    expect(placeOf('+442079460018')).toBe('United Kingdom');
    expect(placeOf('204')).toBe('');
  });
  it('is found in a pasted text, and every one of several', () => {
    expect(numbersPasted('Call me at (415) 555-0132 today', 'US')).toEqual([
      { number: '+14155550132', shown: '(415) 555-0132' },
    ]);
    expect(numbersPasted('415-555-0132 or +44 20 7946 0018', 'US').map(({ number }) => number)).toEqual([
      '+14155550132',
      '+442079460018',
    ]);
    expect(numbersPasted('(415) 555-0132', 'US')).toEqual([]);
  });
});

describe('people for what was typed', () => {
  it('come by the beginning of any word first', () => {
    expect(matchesFor('ma', CONTACTS, HISTORY).map(({ name }) => name)).toEqual([
      'Marcus Oyelaran',
      'Maya Torres',
      'Nadia Malik',
      'Priya Raman',
    ]);
  });
  it('are found without their accents', () => {
    expect(matchesFor('kovacs', CONTACTS, HISTORY).map(({ name }) => name)).toEqual(['Elena Kovács']);
  });
  it('come once for each number, dialled in international form', () => {
    expect(matchesFor('dana', CONTACTS, HISTORY).map(({ number }) => number)).toEqual(['+14155550132', '+14155550100']);
  });
  it('are marked where the text fits', () => {
    expect(marked('Nadia Malik', 'ma')).toEqual(['Nadia ', 'Ma', 'lik']);
    expect(marked('Nadia Malik', 'x')).toEqual(['Nadia Malik', '', '']);
  });
});

describe('countries', () => {
  const all = [
    { country: 'AE', name: 'United Arab Emirates', callingCode: '971' },
    { country: 'GB', name: 'United Kingdom', callingCode: '44' },
    { country: 'RE', name: 'Réunion', callingCode: '262' },
  ];
  it('are found by name or code, the chosen one first', () => {
    expect(countriesLike('uni', all, 'GB').map(({ country }) => country)).toEqual(['GB', 'AE', 'RE']);
    expect(countriesLike('+4', all, 'GB').map(({ country }) => country)).toEqual(['GB']);
    expect(countriesLike('', all, 'RE')[0]?.country).toBe('RE');
  });
});
