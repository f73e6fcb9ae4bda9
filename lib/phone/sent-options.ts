/** What is sent with calls, by the names of Telnyx's documentation (reference, section 9.3): headers, state, codecs; checked once. */

import { fields, list } from './dialects/fields';
import type { CustomHeaders } from './line-options';
import { PhoneError } from './model/errors';
import { OptionReader } from './option-reader';

/** In order of preference; the browser's others follow. */
export type PreferredCodecs = readonly { readonly mimeType: string }[];

/** In our own words; null where nothing was said. */
export interface Sent {
  readonly headers: CustomHeaders | null;
  readonly clientState: string | null;
  readonly codecs: readonly string[] | null;
}

const LONGEST_NAME = 128;
const LONGEST_VALUE = 4096;
/** "Header names should start with X-" (section 9.3); the rest of a name is a token (RFC 3261, 25.1). */
const NAME = /^X-[\w!#$%&'*+.^`|~-]+$/i;
/** No line end, or one header could become two. */
const CONTROL = /[\0-\x1f\x7f]/;
/** RFC 4648, section 4. */
const BASE64 = /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i;
const AUDIO = /^audio\/[\w.+-]+$/i;

export function readSent(read: OptionReader): Sent {
  return { headers: readHeaders(read), clientState: readState(read), codecs: readCodecs(read) };
}

/** Throws `bad-option` (facts: `faults`). */
export function requireHeaders(customHeaders: unknown): CustomHeaders {
  const read = new OptionReader({ customHeaders });
  const headers = readHeaders(read);
  const faults = read.finish();
  if (faults.length > 0) throw new PhoneError('bad-option', { faults: faults.map((fault) => ({ ...fault })) });
  return headers ?? [];
}

function readHeaders(read: OptionReader): CustomHeaders | null {
  return readEach(read, 'customHeaders', 'a list of name and value', (entry, at) => {
    const { name, value } = fields(entry);
    if (!isHeaderName(name)) read.fault(`${at}.name`, name, 'a name that begins with X-, of letters, digits and -');
    // Values may be secrets: a fault does not repeat them.
    if (!isHeaderValue(value))
      read.fault(`${at}.value`, null, `a text in one line, of at most ${LONGEST_VALUE} characters`);
    return isHeaderName(name) && isHeaderValue(value) ? { name, value } : null;
  });
}

function readState(read: OptionReader): string | null {
  const state = read.text('clientState');
  if (state === null || BASE64.test(state)) return state;
  read.fault('clientState', null, 'a text in Base64');
  return null;
}

function readCodecs(read: OptionReader): readonly string[] | null {
  return readEach(read, 'preferred_codecs', 'a list of codecs with their mimeType', (entry, at) => {
    const { mimeType } = fields(entry);
    if (typeof mimeType === 'string' && AUDIO.test(mimeType)) return mimeType;
    read.fault(`${at}.mimeType`, mimeType, 'a codec for sound, such as audio/opus');
    return null;
  });
}

/** Null where the option is not there at all. */
function readEach<T>(
  read: OptionReader,
  option: string,
  allowed: string,
  one: (entry: unknown, at: string) => T | null,
): readonly T[] | null {
  const value = read.any(option);
  if (value === undefined) return null;
  if (!Array.isArray(value)) read.fault(option, null, allowed);
  return list(value).flatMap((entry, index) => one(entry, `${option}[${index}]`) ?? []);
}

function isHeaderName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= LONGEST_NAME && NAME.test(name);
}

function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_VALUE && !CONTROL.test(value);
}
