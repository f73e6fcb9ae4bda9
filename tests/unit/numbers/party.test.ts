/** One party, however its number is written. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partyOf, spellingsOf } from '../../../lib/numbers/party';
import { isBlocked } from '../../../lib/phone/blocked';

describe('a party', () => {
  it.each([
    ['+44 20 7946 0018', 'US', '+442079460018'],
    ['020 7946 0018', 'GB', '+442079460018'],
    ['0044 20 7946 0018', 'GB', '+442079460018'],
    ['(206) 555-0119', 'US', '+12065550119'],
    ['1-206-555-0119', 'US', '+12065550119'],
    ['030 23125042', 'DE', '+493023125042'],
    ['204', 'GB', '204'],
    ['*97', 'US', '*97'],
    ['SIP:Dana@PBX.example', 'US', 'dana@pbx.example'],
    ['Anonymous', 'US', 'anonymous'],
    ['', 'US', ''],
  ])('written as "%s" in %s is %s', (written, country, party) => {
    expect(partyOf(written, country)).toBe(party);
  });

  it('has one spelling, whatever it was made from', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.constantFrom('US', 'GB', 'DE', 'IT', 'JP'), (text, country) => {
        const party = partyOf(text, country);
        expect(partyOf(party, country)).toBe(party);
      }),
    );
  });
});

/** What the phone is told of a blocked number, and whom it refuses by that. */
const refuses = (blocked: string, country: string, caller: string): boolean =>
  isBlocked(caller, spellingsOf(blocked, country));

describe('a blocked party', () => {
  it.each([
    ['020 7946 0018', 'GB'],
    ['+442079460018', 'GB'],
    ['+44 (0)20 7946 0018', 'GB'],
  ])('blocked as "%s" in %s is refused in every spelling', (blocked, country) => {
    for (const caller of ['+442079460018', '442079460018', '02079460018', '2079460018', '00442079460018'])
      expect(refuses(blocked, country, caller), caller).toBe(true);
  });

  it('is told by each country’s own way of dialling', () => {
    expect(refuses('+12065550119', 'US', '2065550119')).toBe(true);
    expect(refuses('+12065550119', 'US', '12065550119')).toBe(true);
    expect(refuses('+442079460018', 'US', '011442079460018')).toBe(true);
    expect(refuses('+74951234567', 'RU', '84951234567')).toBe(true);
    // Italy keeps its zero, abroad as well.
    expect(refuses('+390612345678', 'IT', '0612345678')).toBe(true);
    expect(refuses('+81312345678', 'JP', '0312345678')).toBe(true);
  });

  it('is nobody else', () => {
    // The same digits behind a plus are a number in Egypt.
    expect(refuses('020 7946 0018', 'GB', '+2079460018')).toBe(false);
    expect(refuses('+442079460018', 'US', '02079460018')).toBe(false);
    expect(refuses('204', 'GB', '+204')).toBe(false);
    expect(refuses('204', 'GB', '2040')).toBe(false);
    expect(refuses('204', 'GB', '204')).toBe(true);
  });
});
