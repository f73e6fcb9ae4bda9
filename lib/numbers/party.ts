/** One party under one spelling, whoever wrote its number down, and every spelling that a server may tell it in. */

import { fold } from './candidates';
import { callingCodeOf, readDialled } from './dialable';

/**
 * E.164 for a number, read in `country` (ISO code) where it is national; an extension or address as it is dialled. What reads
 * as nothing is its digits, or its letters in lower case. Never throws.
 */
export function partyOf(number: string, country: string): string {
  const read = readDialled(number, country);
  if (read.kind !== 'bad') return read.to.toLowerCase();
  const digits = number.replace(/\D/g, '');
  return digits === '' || /\p{L}|@/u.test(number) ? fold(number).text.trim().toLowerCase() : digits;
}

/**
 * How the caller id of this party may be spelled by a server of `country`: with `+` (or, the same digits, without), behind the
 * two prefixes of international calls that are common, and, where the number is of that country, as it is dialled within.
 */
export function spellingsOf(number: string, country: string): readonly string[] {
  const party = partyOf(number, country);
  if (!party.startsWith('+')) return [party];
  const digits = party.slice(1);
  const abroad = [party, `00${digits}`, `011${digits}`];
  const code = callingCodeOf(country) ?? '';
  if (code === '' || !digits.startsWith(code)) return abroad;
  const within = digits.slice(code.length);
  // A trunk prefix differs by country; whichever is put in front, the reading tells whether it is the same number.
  const local = [within, `0${within}`, `8${within}`].filter((spelled) => partyOf(spelled, country) === party);
  return [...abroad, ...local];
}
