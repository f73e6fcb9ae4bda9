/** Reads whatever was typed, pasted, clicked or linked into what is dialled, or says by name why it cannot be. */

import {
  AsYouType,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
} from 'libphonenumber-js/max';
import { getExampleNumber, Metadata } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/examples.mobile.json';
import { fold, splitExtension } from './candidates';
import { numbersIn } from './confirm';
import { countryName } from './country';

/** Something that can be dialled. `to` and `digits` are the fields of the same name of a dial request. */
export interface Dialable {
  readonly kind: 'number' | 'extension' | 'sip' | 'name';
  /** E.164 for a number; `204`, `*97` for an extension; `user@host` for a SIP address; else the name as written. */
  readonly to: string;
  /** Dialled after the answer: digits, `*`, `#`, and `w` for a pause of 2 s. Empty for none. */
  readonly digits: string;
  /** For a person to read: national form in their own country, else international. */
  readonly shown: string;
  /** ISO 3166 alpha-2; null where no country is known. */
  readonly country: string | null;
  /** False for a number whose length is right and whose area or carrier nobody knows; it may still exist. */
  readonly known: boolean;
}

export type Undialable =
  | { readonly kind: 'bad'; readonly why: 'empty' | 'unreadable'; readonly country: string | null }
  | {
      readonly kind: 'bad';
      readonly why: 'too-short' | 'too-long';
      /** How many digits are missing or too many, at the usual length of the country's numbers. */
      readonly by: number;
      readonly country: string | null;
    };

export type Dialled = Dialable | Undialable;

/** The most digits that go out after the answer. */
const LONGEST_POST_DIAL = 64;
const LONGEST_INPUT = 256;
/** What is dialled after an extension: the `,,7#` of `ext 4,,7#`, the `#` of `x12#`. */
const MORE_DIGITS = /(?: *[,;pw]+ *[\d*#]+)+$|(?<=\d)#$/i;
/** `1-800-FLOWERS`: a word that stands where digits would. */
const VANITY = /^[\d\s()+.-]*\d{3}[\s().-]*[A-Z]{3,}[A-Z\d-]*$/;
/** Shorter than this and without a `+`, digits are an extension of the server and no number of a country. */
const LONGEST_EXTENSION = 6;

/** `country`: ISO code that national numbers are read in; null where none is known. Never throws. */
export function readDialled(text: string, country: string | null): Dialled {
  const written = fold(text.slice(0, LONGEST_INPUT)).text.trim();
  if (written === '') return { kind: 'bad', why: 'empty', country: null };
  const link = /^(tel|callto|sips?|facetime|facetime-audio|sms):(?:\/\/)?(.*)$/i.exec(written);
  if (link === null) return written.includes('@') ? readSip(written) : readNumber(written, supported(country));
  const address = unescape(link[2] ?? '');
  if (/^sip/i.test(link[1] ?? '')) return readSip(address, supported(country));
  return readTelUri(address, supported(country));
}

/**
 * What the field shows while a number is typed: national form in the person's own country, else international. What would be
 * dialled as an extension or a short code (`204`, `911`) stays as it is.
 */
export function formatAsTyped(text: string, country: string | null): string {
  const written = fold(text).text;
  if (!/^[\d +()./-]+$/.test(written) || written.replace(/\D/g, '').length < 3) return text;
  const typed = written.replace(/(?!^)\+|[^\d+]/g, '');
  if (isExtension(typed)) return typed;
  return new AsYouType(supported(country) ?? undefined).input(typed);
}

export interface CountryChoice {
  readonly country: string;
  readonly name: string;
  /** `44`. */
  readonly callingCode: string;
}

/** Every country of the dial field's list, by name in that language. */
export function countryChoices(locale: string): CountryChoice[] {
  return getCountries()
    .map((country) => ({ country, name: countryName(country, locale), callingCode: getCountryCallingCode(country) }))
    .sort((one, other) => one.name.localeCompare(other.name, locale));
}

/** `44` of `GB`; null for a country that has no numbers. */
export function callingCodeOf(country: string): string | null {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : null;
}

/** RFC 3966: `+44-20-7946-0018;ext=5`, `0018;phone-context=+4420`; `postd` is 3GPP's name for what follows the answer. */
function readTelUri(address: string, country: CountryCode | null): Dialled {
  const [subscriber = '', ...parameters] = address.split(/;(?=[a-z][\w-]*=)/i);
  const values = new Map(parameters.map((parameter) => pair(parameter)));
  const context = values.get('phone-context') ?? '';
  const number = /^\+\d/.test(context) && !subscriber.startsWith('+') ? `${context}${subscriber}` : subscriber;
  const extension = values.get('ext') ?? '';
  const after = (values.get('postd') ?? '').replace(/[pw]/gi, ',').replace(/^(?=[\d*#])/, ',');
  return readNumber((extension === '' ? number : `${number};ext=${extension}`) + after, country);
}

/** `alice@example.com`, or a telephone number at a host whose `user=phone` says so (RFC 3261, section 19.1.6). */
function readSip(address: string, country: CountryCode | null = null): Dialled {
  const [target = '', ...parameters] = address.split(/[;?]/);
  const [user = '', host = ''] = target.split('@');
  if (host === '') return readNumber(target, country);
  if (parameters.includes('user=phone') && /^\+?\d/.test(user)) return readNumber(user, country);
  const name = user.split(':')[0] ?? '';
  if (!/^[^\s<>"@]+$/.test(name) || !/^[\w.:[\]-]+$/.test(host))
    return { kind: 'bad', why: 'unreadable', country: null };
  const to = `${name}@${host}`;
  return { kind: 'sip', to, digits: '', shown: to, country: null, known: true };
}

function readNumber(written: string, country: CountryCode | null): Dialled {
  const { main, digits } = splitPostDial(written);
  const bare = main.replace(/[\s()./-]/g, '');
  if (/^[*#][\d*#]+$/.test(bare) || isExtension(bare)) return extensionOf(bare, digits);
  const letters = /\p{L}/u.test(main);
  if (letters && !/\d/.test(main)) return nameOf(main);
  if (letters && !VANITY.test(main)) return oneWithin(written, country) ?? nameOf(main);
  const spelled = letters ? spelledOut(main) : main;
  if (!/^\D*\+?[\d ()[\]./~-]+$/.test(spelled)) return unreadable();
  const plain = spelled.replace(/^\D*?(?=[+\d])/, '').replace(/^00(?=[1-9])/, '+');
  return readDigits(withoutTrunk(plain, country), digits, country);
}

/** A sentence with one number in it, as people paste and select it. */
function oneWithin(written: string, country: CountryCode | null): Dialled | null {
  const [number, ...others] = numbersIn(written, { countries: country === null ? [] : [country] });
  if (number === undefined || others.length > 0) return null;
  return readNumber(number.extension === null ? number.e164 : `${number.e164};ext=${number.extension}`, country);
}

/** An unfinished `020 7946 00` must not become a number of its own with the trunk prefix inside. */
function withoutTrunk(written: string, country: CountryCode | null): string {
  if (country === null || !written.startsWith('0')) return written;
  const example = getExampleNumber(country, examples, metadata);
  if (example === undefined || !example.formatNational().replace(/\D/g, '').startsWith('0')) return written;
  return `+${example.countryCallingCode}${written.replace(/\D/g, '').slice(1)}`;
}

function readDigits(written: string, digits: string, country: CountryCode | null): Dialled {
  const options = { extract: false, ...(country === null ? {} : { defaultCountry: country }) };
  const number = parsePhoneNumberFromString(written, options);
  const length = validatePhoneNumberLength(written, options);
  if (number !== undefined && length === undefined && number.isPossible()) {
    const where = number.country ?? null;
    return {
      kind: 'number',
      to: number.number,
      digits,
      shown: where !== null && where === country ? number.formatNational() : number.formatInternational(),
      country: where,
      known: number.isValid(),
    };
  }
  // Without a country only a `+` tells how a number is read.
  if (country === null && !written.startsWith('+')) return unreadable();
  const where = number?.country ?? (written.startsWith('+') ? countryOfPrefix(written) : country);
  const national = number?.nationalNumber.length ?? written.replace(/\D/g, '').length;
  return length === 'NOT_A_NUMBER' && national > 3 ? unreadable() : missing(national, where);
}

function missing(digits: number, country: CountryCode | null): Dialled {
  if (country === null) return { kind: 'bad', why: digits > 9 ? 'too-long' : 'too-short', by: 0, country };
  const plan = new Metadata(metadata);
  plan.selectNumberingPlan(country);
  const lengths = plan.numberingPlan?.possibleLengths() ?? [];
  const longest = Math.max(...lengths);
  if (digits > longest) return { kind: 'bad', why: 'too-long', by: digits - longest, country };
  const usual = getExampleNumber(country, examples, metadata)?.nationalNumber.length ?? longest;
  const next = lengths.find((length) => length > digits) ?? longest;
  return { kind: 'bad', why: 'too-short', by: (usual > digits ? usual : next) - digits, country };
}

/** A `+` and a calling code that is complete: enough to name the country, whatever follows. */
function countryOfPrefix(written: string): CountryCode | null {
  const typing = new AsYouType();
  typing.input(written);
  return (
    typing.getCountry() ?? getCountries().find((one) => getCountryCallingCode(one) === typing.getCallingCode()) ?? null
  );
}

function splitPostDial(written: string): { main: string; digits: string } {
  const [more = ''] = MORE_DIGITS.exec(written) ?? [];
  const before = more === '' ? null : splitOnce(written.slice(0, -more.length));
  const several = /\d[ *#]*[,;pw]/i.test(more);
  if (before === null || (before.digits === '' && !several)) return splitOnce(written);
  // Nothing of it is lost: it goes out after the extension that stands before it.
  const spelled = more.replace(/ /g, '').replace(/[,;p]/gi, 'w').toLowerCase();
  return { main: before.main, digits: (before.digits + spelled).slice(0, LONGEST_POST_DIAL) };
}

function splitOnce(written: string): { main: string; digits: string } {
  const { main, extension, end } = splitExtension(written);
  if (extension === null) return { main, digits: '' };
  const pauses = (/^[ ,;pPwW]+(?=\d)/.exec(written.slice(end))?.[0] ?? '').replace(/[^,;pw]/gi, '').length;
  return { main: main.trim(), digits: ('w'.repeat(Math.max(1, pauses)) + extension).slice(0, LONGEST_POST_DIAL) };
}

function isExtension(bare: string): boolean {
  return /^\d+$/.test(bare) && bare.length <= (bare.startsWith('0') ? 3 : LONGEST_EXTENSION);
}

function extensionOf(to: string, digits: string): Dialable {
  return { kind: 'extension', to, digits, shown: to, country: null, known: true };
}

function nameOf(written: string): Dialled {
  const name = written.trim();
  if (!/^[\p{L}\d][\p{L}\d._+-]{0,63}$/u.test(name)) return unreadable();
  return { kind: 'name', to: name, digits: '', shown: name, country: null, known: true };
}

function unreadable(): Undialable {
  return { kind: 'bad', why: 'unreadable', country: null };
}

/** `1-800-FLOWERS` on a telephone's keys (ITU-T E.161). */
function spelledOut(text: string): string {
  const keys = '22233344455566677778889999';
  return text.replace(/[a-z]/gi, (letter) => keys[letter.toLowerCase().charCodeAt(0) - 97] ?? letter);
}

function pair(parameter: string): [string, string] {
  const at = parameter.indexOf('=');
  return [parameter.slice(0, at).toLowerCase(), parameter.slice(at + 1)];
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function supported(country: string | null): CountryCode | null {
  return country !== null && isSupportedCountry(country) ? country : null;
}
