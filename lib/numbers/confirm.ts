/** Tells which maybe-numbers are numbers, in the countries that may be meant; where two readings fit, gives both. */

import {
  parsePhoneNumberFromString,
  isSupportedCountry,
  getCountryCallingCode,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import { findCandidates, fold, LONGEST, shapeOf, splitExtension } from './candidates';
import { countryName } from './country';
import type { NumberReading, PageNumber, Refusal } from './number';

export interface ConfirmRules {
  /** ISO countries that national numbers are read in, the likeliest first; see `countriesOf`. */
  readonly countries: readonly string[];
  /** What the person said is no number. */
  readonly refused?: readonly Refusal[];
  /** Origin of the page, for refusals of one site. */
  readonly origin?: string | null;
  /** Language of country names. */
  readonly locale?: string;
}

export interface FoundNumber extends PageNumber {
  /** Offsets into the text that was read. */
  readonly start: number;
  readonly end: number;
}

/** The numbers among the candidates of a page (as `findCandidates` wrote them); the rest is left out. */
export function confirm(candidates: readonly string[], rules: ConfirmRules): PageNumber[] {
  return candidates.flatMap((candidate, index) => {
    const number = confirmOne(candidate, rules);
    return number === null ? [] : [{ ...number, index }];
  });
}

/** The numbers in a text that a person pasted or selected, in order; words that speak against one are not heard. */
export function numbersIn(text: string, rules: ConfirmRules): FoundNumber[] {
  return findCandidates(text).flatMap((candidate, index) => {
    const number = confirmOne(candidate.text, rules);
    if (number === null) return [];
    const { at } = fold(text.slice(candidate.start, candidate.end));
    return [
      { ...number, index, start: candidate.start + at(number.start), end: candidate.start + at(number.end - 1, true) },
    ];
  });
}

/** Whether the person said of this one, or of all of its shape, that it is no number. */
export function isRefused(candidate: string, refused: readonly Refusal[], origin: string | null): boolean {
  const digits = fold(candidate).text.replace(/\D/g, '');
  const shape = shapeOf(candidate);
  return refused.some(
    (rule) =>
      (rule.origin === null || rule.origin === origin) &&
      (rule.digits === digits || (rule.digits === null && rule.pattern === shape)),
  );
}

/** The entry that "Not a number" adds to the settings. */
export function refusalOf(candidate: string, which: 'this' | 'alike', origin: string | null): Refusal {
  return which === 'alike'
    ? { origin, digits: null, pattern: shapeOf(candidate) }
    : { origin, digits: fold(candidate).text.replace(/\D/g, ''), pattern: null };
}

function confirmOne(candidate: string, rules: ConfirmRules): Omit<PageNumber, 'index'> | null {
  if (candidate.length > LONGEST || isRefused(candidate, rules.refused ?? [], rules.origin ?? null)) return null;
  const { main, extension } = splitExtension(candidate);
  if (isOddlyShaped(main)) return null;
  for (const part of partsOf(main)) {
    const readings = readingsOf(main.slice(part.start, part.end), rules);
    const [first] = readings;
    if (first === undefined) continue;
    const whole = part.end === main.length;
    return {
      start: part.start,
      end: whole ? candidate.length : part.end,
      e164: first.e164,
      shown: first.shown,
      extension: whole ? extension : null,
      readings,
    };
  }
  return null;
}

/** National numbers are not grouped like this: scores, ranges, coordinates and sections of laws are. */
function isOddlyShaped(main: string): boolean {
  if (/^\D?(?:\+|00)/.test(main)) return false;
  const groups = main.split(/\D+/).filter((group) => group !== '');
  const gaps = main.match(/\D+/g) ?? [];
  const single = groups.filter((group) => group.length === 1).length;
  if (single >= 3 || (single >= 2 && groups[0] === '0' && gaps[0] === '-')) return true;
  if (groups.slice(1).some((group) => group.length === 1) && gaps.every((gap) => gap === '.')) return true;
  if (/^\d+-\d+ \d+-\d+|-\d+ \d+-\d+ \d+-/.test(main) || BARE_DATE.test(main) || REGISTERED.test(main)) return true;
  const slashes = gaps.filter((gap) => gap.includes('/')).length;
  return slashes >= 2 && groups.some((group) => group.length !== 2);
}

/** Year, month and day, and perhaps a time, with nothing between them; or the day first. */
const BARE_DATE =
  /^(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:[0-5]\d){0,2}|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)$/;

/** How people and firms are numbered (United States, Sweden, Brazil, Chile), and books; and from year to year. */
const REGISTERED =
  /^(?:\d{3}-\d\d-\d{4}|\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-\d{4}|\d{3}\.\d{3}\.\d{3}-\d\d|\d\d\.\d{3}\.\d{3}\/\d{4}-\d\d|\d{1,2}\.\d{3}\.\d{3}-\d|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d|97[89][- ]\d[-\d ]{8,12}\d)$/;

/** The whole, then without a first or last group that is set apart by another sign than the rest uses. */
function partsOf(main: string): { readonly start: number; readonly end: number }[] {
  const parts = [{ start: 0, end: main.length }];
  const first = /^\d{1,4}( +)(?=\()|^\d{1,2}( +)(?=\d{3,}[-.]\d)/.exec(main);
  if (first !== null) parts.push({ start: first[0].length, end: main.length });
  const last = /(?<=[-.]\d{3,4}) +\d{1,4}$/.exec(main);
  if (last !== null) parts.push({ start: 0, end: last.index });
  return parts;
}

function readingsOf(main: string, rules: ConfirmRules): NumberReading[] {
  const written = main.replace(/^\(\+(\d+)\)/, '+$1').replace(/^00(?=[1-9])/, '+');
  const readings = new Map<string, NumberReading>();
  for (const country of written.startsWith('+') ? [undefined] : rules.countries) {
    const number = read(written, country);
    if (number === null) continue;
    readings.set(number.number, readingOf(number, rules));
  }
  return [...readings.values()];
}

function read(written: string, country: string | undefined): PhoneNumber | null {
  if (country !== undefined && !isSupportedCountry(country)) return null;
  const number = parsePhoneNumberFromString(written, {
    extract: false,
    ...(country === undefined ? {} : { defaultCountry: country }),
  });
  if (number === undefined || !number.isValid()) return null;
  return country === undefined || isWrittenInFull(number, written, country) ? number : null;
}

/** A national number without the trunk prefix that its country wants (`20 7946 0018`) is more likely something else. */
function isWrittenInFull(number: PhoneNumber, written: string, country: string): boolean {
  if (number.countryCallingCode !== getCountryCallingCode(country as CountryCode)) return true;
  const digits = written.replace(/\D/g, '');
  const bare = digits === written;
  const forms = [number.formatNational()];
  // Where the prefix may be left out, a group or a bracket must show that it is a number at all.
  if (!bare || number.getType() === 'MOBILE') forms.push(number.formatNational({ nationalPrefix: false }));
  const [full = '', short = full] = forms.map((form) => form.replace(/\D/g, ''));
  const national = number.nationalNumber;
  return digits === full || digits === short || (digits.length > national.length && digits.endsWith(national));
}

function readingOf(number: PhoneNumber, rules: ConfirmRules): NumberReading {
  const country = number.country ?? null;
  return {
    country,
    countryName: country === null ? null : countryName(country, rules.locale),
    callingCode: number.countryCallingCode,
    e164: number.number,
    shown: country !== null && country === rules.countries[0] ? number.formatNational() : number.formatInternational(),
  };
}
