/** What is sent with every call, as it is typed: headers, a state in plain text, codecs in an order; pure. */

import type { ClientOptions } from '../phone/options';
import type { Problem } from './options-form';
import type { LineOptions } from './stored';

export type Header = NonNullable<ClientOptions['customHeaders']>[number];

/** The options that belong to the calls of one account. */
export const SENT_OPTIONS = ['customHeaders', 'clientState', 'preferred_codecs'] as const;

const LONGEST_NAME = 128;
const LONGEST_VALUE = 4096;
/** In bytes: Base64 makes 4096 characters of them. */
const LONGEST_STATE = 3072;
const BASE64 = /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/iu;

/** What is wrong with each of the two fields; as lib/phone checks them again. */
export function headerProblems({ name, value }: Header): {
  readonly name: Problem | null;
  readonly value: Problem | null;
} {
  return {
    name: isHeaderName(name) ? null : { key: 'options_problem_header_name', facts: [] },
    value: isHeaderValue(value) ? null : { key: 'options_problem_header_value', facts: [LONGEST_VALUE] },
  };
}

export function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('value' in value)) return false;
  return Object.keys(value).length === 2 && isHeaderName(value.name) && isHeaderValue(value.value);
}

export function isState(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST_VALUE && BASE64.test(value);
}

export function isCodec(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('mimeType' in value)) return false;
  return typeof value.mimeType === 'string' && /^audio\/[\w.+-]+$/iu.test(value.mimeType);
}

/** Plain text in UTF-8 and Base64, or how many of its characters fit. */
export function readState(text: string): string | Problem {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LONGEST_STATE) return { key: 'options_problem_state', facts: [charactersThatFit(text)] };
  return btoa(String.fromCharCode(...bytes));
}

/** The text behind the Base64; as it stands where it is no text. */
export function showState(state: string): string {
  try {
    const bytes = Uint8Array.from(atob(state), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return state;
  }
}

/** Those of the browser that carry a voice, each once: the preferred first, in their order. */
export function codecOrder(
  browser: readonly { readonly mimeType: string }[],
  preferred: readonly { readonly mimeType: string }[],
): readonly string[] {
  const known = [...new Set(browser.map(({ mimeType }) => mimeType))].filter(
    (type) => !/^audio\/(?:red|cn|telephone-event)$/iu.test(type),
  );
  const wanted = preferred.flatMap(
    ({ mimeType }) => known.find((type) => type.toLowerCase() === mimeType.toLowerCase()) ?? [],
  );
  return [...new Set([...wanted, ...known])];
}

/** The entry at `index` one place up (-1) or down (1); the list as it was where there is no such place. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const [entry, other] = [list[index], list[index + by]];
  if (entry === undefined || other === undefined) return list;
  return list.map((one, at) => (at === index ? other : at === index + by ? entry : one));
}

/** An account keeps only what differs from what all accounts have; nothing at all is kept as nothing. */
export function onlyOwn(options: LineOptions, shared: LineOptions): LineOptions {
  const like = (value: unknown): string => (isNothing(value) ? 'nothing' : JSON.stringify(value));
  return Object.fromEntries(
    Object.entries(options).filter(
      ([key, value]) => !SENT_OPTIONS.some((option) => option === key && like(shared[option]) === like(value)),
    ),
  );
}

/** As a person counts them: an accent is part of its letter, and letters take one to four bytes. */
function charactersThatFit(text: string): number {
  let [bytes, fit] = [0, 0];
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += new TextEncoder().encode(segment).length;
    if (bytes > LONGEST_STATE) break;
    fit += 1;
  }
  return fit;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** "Names should start with X-" (telnyx-signaling, 9.3); the rest is a token (RFC 3261, 25.1). */
function isHeaderName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= LONGEST_NAME && /^X-[\w!#$%&'*+.^`|~-]+$/iu.test(name);
}

/** One line: a line end would begin another header. */
function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_VALUE && !/[\0-\x1f\x7f]/u.test(value);
}
