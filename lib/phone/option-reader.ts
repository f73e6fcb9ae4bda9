/** Reads options one by one out of unknown JSON and gathers every fault with its name, its value and what is allowed. */

import { isFields, type Fields } from './dialects/fields';
import type { Reason } from './model/errors';
import type { Json } from './model/json';
import type { IceServer } from './ports';
import { isIceUrl, isLoopback } from './server-url';
import { readToken } from './token';
import { redact } from './wire/redact';

export interface OptionFault {
  readonly option: string;
  /** What was given, with secrets hidden. */
  readonly value: Json;
  readonly allowed: string;
  /** What it comes to by itself, where nothing else is wrong. */
  readonly reason?: Reason;
}

const CREDENTIALS = ['login', 'password', 'login_token', 'anonymous_login'];
const LONGEST_TEXT = 4096;
const SOUND = /^(?:https?:|data:audio\/|blob:|chrome-extension:|moz-extension:|\/)/i;
/** Beside the page that makes the client: `sounds/ring.mp3`, `./ring.wav`. */
const SOUND_BESIDE = /^(?![a-z][a-z\d+.-]*:)[^\s?#]+\.(?:wav|mp3)(?:[?#]\S*)?$/i;
const HOST = /^(?:wss?:\/\/)?(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\]|[\da-f]*:[\da-f:.]+)$/i;

export class OptionReader {
  readonly #raw: Fields;
  readonly #faults: OptionFault[] = [];
  readonly #read = new Set<string>();

  constructor(raw: unknown) {
    this.#raw = isFields(raw) ? raw : {};
    if (!isFields(raw)) this.fault('options', raw, 'an object of client options');
  }

  fault(option: string, value: unknown, allowed: string, reason?: Reason): void {
    const secret = option === 'password' || option === 'login_token';
    const shown = secret && typeof value === 'string' ? '(hidden)' : redact(value);
    this.#faults.push({ option, value: shown, allowed, ...(reason === undefined ? {} : { reason }) });
  }

  /** Told only where none of the credentials was at fault by itself. */
  faultIfNone(option: string, allowed: string): void {
    if (!this.#faults.some(({ option: at }) => CREDENTIALS.some((one) => at.startsWith(one))))
      this.fault(option, null, allowed);
  }

  /** Takes back the faults of an option that turned out not to be used. */
  forgive(option: string): void {
    const kept = this.#faults.filter((fault) => fault.option !== option);
    this.#faults.splice(0, this.#faults.length, ...kept);
  }

  /** Every fault, those of options that nobody knows included. */
  finish(): readonly OptionFault[] {
    for (const key of Object.keys(this.#raw)) {
      if (!this.#read.has(key)) this.fault(key, this.#raw[key], 'nothing: this option is not known');
    }
    return this.#faults;
  }

  flag(option: string): boolean | null {
    const value = this.#take(option);
    if (value === undefined || typeof value === 'boolean') return value ?? null;
    this.fault(option, value, 'true or false');
    return null;
  }

  text(option: string): string | null {
    const value = this.#take(option);
    if (value === undefined || value === '') return null;
    if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value.trim() === '' ? null : value.trim();
    this.fault(option, value, 'a text');
    return null;
  }

  /** Whatever is there, for a reader of its own. */
  any(option: string): unknown {
    return this.#take(option);
  }

  /** A text that is taken as it is, blanks included. */
  secret(option: string): string | null {
    const value = this.#take(option);
    if (value === undefined || value === '') return null;
    if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value;
    this.fault(option, value, 'a text');
    return null;
  }

  integer(option: string, least: number, most: number): number | null {
    const value = this.#take(option);
    if (value === undefined) return null;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.fault(option, value, `a whole number from ${least} to ${most}`);
    return null;
  }

  oneOf<T extends string>(option: string, allowed: readonly T[]): T | null {
    const value = this.#take(option);
    if (value === undefined) return null;
    const found = allowed.find((entry) => entry === value);
    if (found === undefined) this.fault(option, value, allowed.join(' or '));
    return found ?? null;
  }

  /** Left out, empty or `auto`: the server chooses. */
  region(option: string, allowed: readonly string[]): string | null {
    const value = this.#take(option);
    if (value === undefined || value === '' || value === 'auto') return null;
    if (typeof value === 'string' && allowed.includes(value)) return value;
    this.fault(option, value, `auto, ${allowed.join(', ')}`);
    return null;
  }

  /** An address or a name, `ws://` before it only for this computer itself. */
  host(option: string): string | null {
    const value = this.text(option);
    if (value === null) return null;
    if (HOST.test(value) && (!value.startsWith('ws://') || isLoopback(value.slice('ws://'.length)))) return value;
    this.fault(option, value, 'an IP address or host name without path (ws:// only for this computer itself)');
    return null;
  }

  soundFile(option: string): string | null {
    const value = this.#take(option);
    if (value === undefined || value === '') return null;
    if (typeof value === 'string' && (SOUND.test(value) || SOUND_BESIDE.test(value))) return value;
    this.fault(option, value, 'the address of a wav or mp3 file');
    return null;
  }

  token(option: string, now: number): string | null {
    const value = this.secret(option);
    if (value === null) return null;
    const token = readToken(value);
    if (token === null)
      this.fault(option, value, 'a JSON Web Token: three parts with dots between them', 'token-malformed');
    else if (token.expiresAt !== null && token.expiresAt <= now)
      this.fault(option, value, 'a token that has not expired', 'token-expired');
    else return value;
    return null;
  }

  variables(option: string): { readonly [key: string]: string | number | boolean } | null {
    const value = this.#take(option);
    if (value === undefined) return null;
    const entries = isFields(value) ? Object.entries(value) : null;
    const plain = (entries ?? []).filter((entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
    );
    if (entries && plain.length === entries.length) return Object.fromEntries(plain);
    this.fault(option, value, 'names with texts, numbers, true or false');
    return null;
  }

  assistant(
    option: string,
  ): { target: string; version: string | null; params: { readonly [key: string]: string } | null } | null {
    const value = this.#take(option);
    if (value === undefined) return null;
    if (!isFields(value)) {
      this.fault(option, value, 'target_type and target_id');
      return null;
    }
    const { target_type: type, target_id: id, target_version_id: version, target_params: params, ...rest } = value;
    const before = this.#faults.length;
    if (type !== 'ai_assistant') this.fault(`${option}.target_type`, type, 'ai_assistant');
    if (typeof id !== 'string' || id.trim() === '') this.fault(`${option}.target_id`, id, 'the id of the assistant');
    if (version !== undefined && typeof version !== 'string')
      this.fault(`${option}.target_version_id`, version, 'a text');
    if (params !== undefined && !isTexts(params)) this.fault(`${option}.target_params`, params, 'names with texts');
    for (const key of Object.keys(rest)) this.fault(`${option}.${key}`, rest[key], 'nothing: this option is not known');
    if (this.#faults.length > before || typeof id !== 'string') return null;
    return {
      target: id.trim(),
      version: typeof version === 'string' && version !== '' ? version : null,
      params: isTexts(params) ? params : null,
    };
  }

  permissionRecovery(option: string): { enabled: boolean; timeoutMs: number } | null {
    const value = this.#take(option);
    if (value === undefined) return null;
    if (isFields(value) && typeof value['enabled'] === 'boolean') {
      const timeout = value['timeout'] ?? 20_000;
      if (typeof timeout === 'number' && timeout >= 0 && timeout <= 25_000)
        return { enabled: value['enabled'], timeoutMs: timeout };
    }
    this.fault(option, value, 'enabled (true or false) and timeout (milliseconds, at most 25000)');
    return null;
  }

  iceServers(option: string): readonly IceServer[] | null {
    const value = this.#take(option);
    if (value === undefined) return null;
    if (!Array.isArray(value)) {
      this.fault(option, value, 'a list of servers, which may be empty');
      return null;
    }
    return value.flatMap((entry: unknown, index) => this.#iceServer(`${option}[${index}]`, entry) ?? []);
  }

  #iceServer(option: string, value: unknown): IceServer | null {
    const { urls, username, credential } = isFields(value) ? value : {};
    const addresses: unknown[] = Array.isArray(urls) ? urls : [urls];
    const texts = addresses.filter((url): url is string => typeof url === 'string' && isIceUrl(url));
    if (texts.length === 0 || texts.length !== addresses.length) {
      this.fault(`${option}.urls`, urls, 'addresses that begin with stun:, stuns:, turn: or turns:');
      return null;
    }
    if (!texts.some((url) => /^turns?:/i.test(url))) return { urls: texts };
    if (typeof username !== 'string' || username === '')
      this.fault(`${option}.username`, username, 'the user of the TURN server');
    if (typeof credential !== 'string' || credential === '')
      this.fault(`${option}.credential`, null, 'the password of the TURN server');
    return { urls: texts, username: String(username), credential: String(credential) };
  }

  #take(option: string): unknown {
    this.#read.add(option);
    return this.#raw[option] ?? undefined;
  }
}

function isTexts(value: unknown): value is { readonly [key: string]: string } {
  return isFields(value) && Object.values(value).every((entry) => typeof entry === 'string');
}
