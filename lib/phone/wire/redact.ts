/** Takes secrets out of whatever is about to be kept or shown: frames, options, errors. */

import type { Json } from '../model/json';

/** Names whose value is never kept. Compared in lower case, without `_` and `-`. */
const SECRET = new Set([
  'passwd',
  'password',
  'logintoken',
  'token',
  'accesstoken',
  'credential',
  'credentials',
  'authorization',
  'secret',
  'voicesdkid',
  'icepwd',
  'cookie',
]);
/** Headers and state of a call: their names are told, and no more, since a value may open a door elsewhere. */
const CALLS_OWN = /^(?:custom_?headers|client_?state|verto_h_.*)$/i;
const HIDDEN = '(hidden)';
const DEEPEST = 12;
const LONGEST_TEXT = 4000;

export interface RedactHow {
  /** `short`: an SDP becomes one line that tells its size; `whole`: all of it but ICE passwords. */
  readonly sdp: 'short' | 'whole';
}

/** A copy in plain JSON with no secret in it; functions and the like vanish, cycles end at a depth. */
export function redact(value: unknown, how: RedactHow = { sdp: 'short' }): Json {
  return copy(value, how, 0);
}

function copy(value: unknown, how: RedactHow, depth: number): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return text(value, how);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (depth >= DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((entry: unknown) => copy(entry, how, depth + 1));
  if (value instanceof Error) return copy({ ...value, name: value.name, message: value.message }, how, depth + 1);
  if (typeof value !== 'object') return null;
  const out: { [key: string]: Json } = {};
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry === 'function' || entry === undefined) continue;
    // Object.defineProperty, since a hostile frame may carry a member named __proto__.
    Object.defineProperty(out, key, { value: member(key, entry, how, depth), enumerable: true, writable: true });
  }
  return out;
}

function member(key: string, value: unknown, how: RedactHow, depth: number): Json {
  const secret = SECRET.has(key.toLowerCase().replace(/[_-]/g, ''));
  if (secret && value !== null && value !== '') return HIDDEN;
  if (CALLS_OWN.test(key)) return withoutValues(value, how, depth + 1);
  return copy(value, how, depth + 1);
}

function withoutValues(value: unknown, how: RedactHow, depth: number): Json {
  if (!Array.isArray(value)) return typeof value === 'string' && value !== '' ? HIDDEN : null;
  return value.map((entry: unknown) => {
    const isPair = typeof entry === 'object' && entry !== null && 'name' in entry;
    return isPair ? { name: copy(entry.name, how, depth + 1), value: HIDDEN } : HIDDEN;
  });
}

function text(value: string, how: RedactHow): string {
  // A picture that was sent: nobody needs it in a report.
  const kind = /^data:([\w./+-]*)[;,]/.exec(value)?.[1];
  if (kind !== undefined) return `data:${kind} (${value.length} characters)`;
  if (/^v=0\r?\n/.test(value)) return how.sdp === 'whole' ? withoutIcePassword(value) : shortSdp(value);
  const hidden = value
    .replace(/([?&](?:voice_sdk_id|token|login_token|password|passwd|credential)=)[^&\s"]*/gi, `$1${HIDDEN}`)
    // A JSON Web Token, wherever it stands.
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN)
    .replace(/(a=ice-pwd:)\S+/g, `$1${HIDDEN}`)
    // user:password@ in an address
    .replace(/(\w+:\/\/)[^/\s:@]+:[^/\s@]+@/g, `$1${HIDDEN}@`);
  return hidden.length > LONGEST_TEXT ? `${hidden.slice(0, LONGEST_TEXT)}…` : hidden;
}

function withoutIcePassword(sdp: string): string {
  return sdp.replace(/(a=ice-pwd:)\S+/g, `$1${HIDDEN}`).replace(/(a=crypto:)[^\r\n]+/g, `$1${HIDDEN}`);
}

function shortSdp(sdp: string): string {
  const candidates = sdp.match(/^a=candidate:/gm)?.length ?? 0;
  return `sdp(${sdp.length} characters, ${candidates} candidates)`;
}
