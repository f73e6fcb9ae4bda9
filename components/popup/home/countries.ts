/** Countries that fit what was typed into their list: by name or by calling code. Pure. */

import type { CountryChoice } from '../../../lib/numbers/dialable';

/** The chosen one first while nothing is typed; then names of which a word begins with the text, then the rest. */
export function countriesLike(text: string, all: readonly CountryChoice[], chosen: string): readonly CountryChoice[] {
  const sought = text.trim().toLocaleLowerCase();
  if (sought === '') {
    return [...all.filter(({ country }) => country === chosen), ...all.filter(({ country }) => country !== chosen)];
  }
  const digits = sought.replace(/^\+/, '');
  if (/^\d+$/.test(digits)) return all.filter(({ callingCode }) => callingCode.startsWith(digits));
  const within = all.filter(({ name }) => name.toLocaleLowerCase().includes(sought));
  const first = within
    .filter(({ name }) => name.toLocaleLowerCase().startsWith(sought))
    .sort((one, other) => Number(other.country === chosen) - Number(one.country === chosen));
  return [...first, ...within.filter((choice) => !first.includes(choice))];
}
