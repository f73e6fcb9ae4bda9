/** What was typed, pasted, clicked or linked becomes what is dialled, or a named reason. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callingCodeOf, countryChoices, formatAsTyped, readDialled } from '../../../lib/numbers/dialable';

describe('a number', () => {
  it.each([
    ['(415) 555-0132', 'US', '+14155550132', '(415) 555-0132'],
    ['020 7946 0018', 'GB', '+442079460018', '020 7946 0018'],
    ['+44 20 7946 0018', 'US', '+442079460018', '+44 20 7946 0018'],
    ['00442079460018', 'US', '+442079460018', '+44 20 7946 0018'],
    ['٠٢٠ ٧٩٤٦ ٠٠١٨', 'GB', '+442079460018', '020 7946 0018'],
    ['1-800-FLOWERS', 'US', '+18003569377', '(800) 356-9377'],
    ['Call (415) 555-0132 now', 'US', '+14155550132', '(415) 555-0132'],
    ['tel:+1-206-555-0119', 'DE', '+12065550119', '+1 206 555 0119'],
    ['tel:%2B12065550119', 'US', '+12065550119', '(206) 555-0119'],
    ['tel:7946-0018;phone-context=+4420', 'US', '+442079460018', '+44 20 7946 0018'],
    ['callto:+12065550119', 'US', '+12065550119', '(206) 555-0119'],
    ['sip:+14155550132@voice.example;user=phone', 'US', '+14155550132', '(415) 555-0132'],
  ])('%s in %s is dialled as %s', (text, country, to, shown) => {
    expect(readDialled(text, country)).toMatchObject({ kind: 'number', to, shown, digits: '', known: true });
  });

  it('is still dialled where its length is right and nobody knows it', () => {
    expect(readDialled('+1 555 010 0199', 'US')).toMatchObject({ kind: 'number', to: '+15550100199', known: false });
  });
});

describe('what follows the answer', () => {
  it.each([
    ['(206) 555-0119 ext. 4', 'w4'],
    ['+12065550119;ext=4', 'w4'],
    ['tel:+12065550119;ext=42', 'w42'],
    ['(206) 555-0119 ext 4,,7#', 'w4ww7#'],
    ['(206) 555-0119 x12#', 'w12#'],
    ['(206) 555-0119,4;5', 'w4w5'],
    ['tel:+12065550119;postd=pp4w5', 'ww4w5'],
    ['tel:+12065550119;ext=3;postd=p9', 'w3w9'],
    ['+1 206 555 0119,,12#', 'ww12#'],
    ['+1 206 555 0119 x204', 'w204'],
  ])('%s sends %s', (text, digits) => {
    expect(readDialled(text, 'US')).toMatchObject({ to: '+12065550119', digits });
  });
});

describe('everything else that can be called', () => {
  it.each([
    ['1', 'extension', '1'],
    ['204', 'extension', '204'],
    ['*97', 'extension', '*97'],
    ['alice', 'name', 'alice'],
    ['alice@voice.example', 'sip', 'alice@voice.example'],
    ['sip:bob@voice.example;transport=wss', 'sip', 'bob@voice.example'],
  ])('%s is a %s', (text, kind, to) => {
    expect(readDialled(text, 'US')).toMatchObject({ kind, to });
  });
});

describe('what cannot be called', () => {
  it.each([
    ['', 'US', { why: 'empty' }],
    ['+44 20 7946 00', 'US', { why: 'too-short', by: 2, country: 'GB' }],
    ['020 7946 00', 'GB', { why: 'too-short', by: 2, country: 'GB' }],
    ['5550132', 'US', { why: 'too-short', by: 3, country: 'US' }],
    ['4155550132 2', 'US', { why: 'too-long', by: 1, country: 'US' }],
    ['hello world', 'US', { why: 'unreadable' }],
    ['4155550132', null, { why: 'unreadable' }],
    ['sip:a b@c', 'US', { why: 'unreadable' }],
  ] as const)('%j in %s says why', (text, country, why) => {
    expect(readDialled(text, country)).toMatchObject({ kind: 'bad', ...why });
  });
});

describe('any text at all', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-+ 0-9().;,#*xext=@:]{0,40}$/));
  const places = fc.constantFrom('US', 'GB', 'DE', 'IT', 'BR', 'XX', null);

  it('never throws, and sends nothing but digits, pauses, stars and hashes after the answer', () => {
    fc.assert(
      fc.property(texts, places, (text, country) => {
        const read = readDialled(text, country);
        if (read.kind !== 'bad') expect(read.digits).toMatch(/^[w\d*#]*$/);
        if (read.kind === 'number') expect(read.to).toMatch(/^\+\d{4,17}$/);
        expect(typeof formatAsTyped(text, country)).toBe('string');
      }),
      { numRuns: 2000 },
    );
  });

  it('reads what it dials as itself', () => {
    fc.assert(
      fc.property(texts, places, (text, country) => {
        const read = readDialled(text, country);
        if (read.kind === 'number') expect(readDialled(read.to, null)).toMatchObject({ kind: 'number', to: read.to });
      }),
    );
  });
});

describe('the dial field', () => {
  it('formats at home nationally and abroad internationally', () => {
    expect(formatAsTyped('4155550132', 'US')).toBe('(415) 555-0132');
    expect(formatAsTyped('+44207946', 'US')).toBe('+44 20 7946');
    expect(formatAsTyped('alice', 'US')).toBe('alice');
  });
  it.each(['911', '204', '112', '1', '55512', '123456', '000'])(
    'leaves %s plain, which is no number of a country',
    (short) => {
      for (const country of ['US', 'GB', 'DE', 'FR', null]) expect(formatAsTyped(short, country)).toBe(short);
    },
  );
  it('takes the brackets away again when a number is shortened to an extension', () => {
    expect(formatAsTyped('(415) 555', 'US')).toBe('415555');
  });
  it('knows the countries by name and calling code', () => {
    expect(countryChoices('en')).toContainEqual({ country: 'GB', name: 'United Kingdom', callingCode: '44' });
    expect(callingCodeOf('DE')).toBe('49');
    expect(callingCodeOf('ZZ')).toBeNull();
  });
});
