/** Everything that is known of numbers: what was typed, and how one looks in this person's country. See numbers.ts. */

import { locale, t } from '../../lib/extension/i18n';
import { areaOf } from '../../lib/numbers/area';
import { numbersIn } from '../../lib/numbers/confirm';
import { countryInSentence, countryName, isEmergency } from '../../lib/numbers/country';
import { readDialled } from '../../lib/numbers/dialable';

export { partyOf, spellingsOf } from '../../lib/numbers/party';
export { callingCodeOf, countryChoices, formatAsTyped } from '../../lib/numbers/dialable';

/** What the field's text is. `to` and `digits` are those of a dial request; `to` is null while there is nothing to call. */
export interface Typed {
  readonly kind: 'empty' | 'name' | 'number' | 'extension' | 'sip' | 'emergency' | 'short' | 'long' | 'unreadable';
  readonly to: string | null;
  readonly digits: string;
  readonly shown: string;
  /** The country's name as it stands in a sentence, and alone, with the place in it where that is known; null where none is known. */
  readonly country: { readonly inSentence: string; readonly place: string; readonly iso: string } | null;
  /** How many digits are missing or too many. */
  readonly by: number;
}

export interface TypedRules {
  /** ISO 3166 alpha-2 of numbers that do not begin with +. */
  readonly country: string;
  /** Short digits are extensions here: a SIP or FreeSWITCH account. */
  readonly extensions: boolean;
}

export function readTyped(text: string, { country, extensions }: TypedRules): Typed {
  const read = readDialled(text, country);
  const nothing = {
    to: null,
    digits: '',
    shown: text,
    country: countryOf(read.kind === 'name' ? null : read.country, ''),
    by: 0,
  };
  if (read.kind === 'bad') {
    if (read.why === 'empty') return { ...nothing, kind: 'empty' };
    if (!('by' in read)) return { ...nothing, kind: /\p{L}/u.test(text) ? 'name' : 'unreadable' };
    return { ...nothing, kind: read.why === 'too-short' ? 'short' : 'long', by: read.by };
  }
  const ready = {
    to: read.to,
    digits: read.digits,
    shown: read.shown,
    country: countryOf(read.country, read.to),
    by: 0,
  };
  if (isEmergency(read.to, country)) return { ...ready, kind: 'emergency' };
  if (read.kind === 'name') return { ...nothing, kind: 'name' };
  if (read.kind === 'extension' && !extensions) return { ...nothing, kind: 'short' };
  return { ...ready, kind: read.kind };
}

/** National form in the person's own country, international elsewhere; what is no number stays as it is. */
export function showNumber(number: string, country: string): string {
  const read = readDialled(number, country);
  return read.kind === 'bad' ? number : read.shown;
}

/** Where a number is, by name: `California, United States`, or the country alone; empty where unknown. */
export function placeOf(number: string): string {
  const read = readDialled(number, null);
  return read.kind === 'bad' || read.country === null ? '' : placeIn(read.country, read.to);
}

export interface PastedNumber {
  readonly number: string;
  readonly shown: string;
}

/** The numbers in a pasted text; empty where the text is one number, or a name, and nothing else. */
export function numbersPasted(text: string, country: string): readonly PastedNumber[] {
  const found = numbersIn(text, { countries: [country], locale: locale() });
  const [only] = found;
  if (found.length === 1 && only !== undefined && only.start === 0 && only.end === text.trimEnd().length) return [];
  return found.map(({ e164, shown }) => ({ number: e164, shown }));
}

function countryOf(iso: string | null, to: string): Typed['country'] {
  if (iso === null) return null;
  return { iso, inSentence: countryInSentence(iso, locale()), place: placeIn(iso, to) };
}

function placeIn(iso: string, to: string): string {
  const country = countryName(iso, locale());
  const area = areaOf(to);
  return area === null ? country : t('number_place', area, country);
}
