/** Settings as a file that may be handed around: no password, token or server secret in it, and read with suspicion; pure. */

import type { IceServer } from '../phone/ports';
import { OPTION_ROWS } from './option-rows';
import { hostProblem, iceProblem, iceRows, relayProblem, soundAddressProblem } from './options-form';
import { isRecord } from './record';
import { popProblem } from './screen-pop';
import { isCodec, isHeader, isState } from './sent-form';
import type { LineOptions, StoredSettings } from './stored';

type Shown = Omit<StoredSettings, 'secrets' | 'devices' | 'lines'>;
/** What a file may hold. Accounts and devices belong to one person at one computer. */
export type SettingsFile = { readonly [Key in keyof Shown]?: Shown[Key] };

const MARK = 'holdfast-settings';
const VERSION = 1;

/** What was left out of a file that is otherwise good: names as they stand in it. */
export interface ReadFile {
  readonly settings: SettingsFile;
  readonly skipped: readonly string[];
}

export function writeSettingsFile(settings: Omit<StoredSettings, 'secrets'>): string {
  const { options, ring, country, sites, appearance, calls } = settings;
  return `${JSON.stringify({ [MARK]: VERSION, options: withoutSecrets(options), ring, country, sites, appearance, calls }, null, 2)}\n`;
}

/** Null where the text is no settings file at all. Whatever in it does not fit is skipped and named, never half applied. */
export function readSettingsFile(text: string): ReadFile | null {
  const file = parse(text);
  if (file === null || file[MARK] !== VERSION) return null;
  const { [MARK]: _mark, ...sections } = file;
  return readSections(sections);
}

/** The same for sections that come from elsewhere, an administrator for instance. */
export function readSections(file: { readonly [section: string]: unknown }): ReadFile {
  const skipped: string[] = [];
  const section = (name: string): Record<string, unknown> => {
    const value = file[name];
    if (isRecord(value)) return value;
    if (value !== undefined) skipped.push(name);
    return {};
  };
  const take = (name: string, checks: Checks): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(section(name)).filter(([key, value]) => {
        const good = Object.hasOwn(checks, key) && checks[key]?.(value) === true;
        if (!good) skipped.push(`${name}.${key}`);
        return good;
      }),
    );
  const options = relayable(take('options', OPTION_CHECKS), skipped);
  const country = file['country'];
  if (country !== undefined && !isCountry(country)) skipped.push('country');
  for (const key of Object.keys(file)) if (!KNOWN.includes(key)) skipped.push(key);
  const settings: Record<string, unknown> = {
    options,
    ring: take('ring', RING_CHECKS),
    sites: wholeNotNumbers(take('sites', SITE_CHECKS)),
    appearance: take('appearance', LOOK_CHECKS),
    calls: take('calls', CALL_CHECKS),
    ...(isCountry(country) ? { country } : {}),
  };
  return { settings, skipped };
}

type Check = (value: unknown) => boolean;
type Checks = { readonly [key: string]: Check };

const KNOWN = ['options', 'ring', 'country', 'sites', 'appearance', 'calls'];
const isFlag: Check = (value) => typeof value === 'boolean';
const isText: Check = (value) => typeof value === 'string';
const isCountry: Check = (value) => value === null || (typeof value === 'string' && /^[A-Z]{2}$/u.test(value));
const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value);
const number =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max;
const whole =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && number(min, max)(value);
const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const mapOf =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(check);

const OPTION_CHECKS: Checks = {
  ...Object.fromEntries(
    OPTION_ROWS.flatMap((row): [string, Check][] => {
      if (row.control === 'switch') return [[row.option, isFlag]];
      return row.control === 'choice' || row.control === 'segments' ? [[row.option, oneOf(...row.choices)]] : [];
    }),
  ),
  maxReconnectAttempts: whole(0, 1000),
  rtcIp: (value) => typeof value === 'string' && hostProblem(value) === null,
  rtcPort: whole(1, 65_535),
  userVariables: mapOf((value) => ['string', 'number', 'boolean'].includes(typeof value)),
  iceServers: listOf(isIceServer),
  ringtoneFile: isSound,
  ringbackFile: isSound,
  mediaPermissionsRecovery: (value) =>
    isRecord(value) && isFlag(value['enabled']) && number(0, 25_000)(value['timeout']),
  customHeaders: listOf(isHeader),
  clientState: isState,
  preferred_codecs: listOf(isCodec),
};
const RING_CHECKS: Checks = { volume: number(0, 1), waiting: isFlag };
const SITE_CHECKS: Checks = {
  enabled: isFlag,
  off: listOf(isText),
  countries: mapOf((value) => value !== null && isCountry(value)),
  look: oneOf('underline', 'hover', 'plain'),
  atOnce: isFlag,
  notNumbers: listOf(
    (value) => isRecord(value) && ['origin', 'digits', 'pattern'].every((key) => nullable(isText)(value[key] ?? null)),
  ),
};
const LOOK_CHECKS: Checks = {
  theme: oneOf('system', 'light', 'dark'),
  badge: oneOf('missed', 'minutes', 'none'),
  hideNames: isFlag,
  singleKeys: isFlag,
};
const CALL_CHECKS: Checks = {
  doNotDisturbUntil: number(-1, Number.MAX_SAFE_INTEGER),
  autoAnswerMs: nullable(number(0, 60_000)),
  notifications: isFlag,
  popupAtRing: isFlag,
  telLinks: oneOf('fill', 'dial'),
  keepHistory: isFlag,
  historyDays: whole(0, 36_500),
  transcriptDays: whole(0, 36_500),
  blocked: listOf(isText),
  popAddress: (value) => typeof value === 'string' && popProblem(value) === null,
  popWhen: oneOf('ring', 'answer'),
  popFor: oneOf('in', 'out', 'both'),
  spaceTalks: isFlag,
  transferFirst: oneOf('ask', 'send'),
  noteScreen: isFlag,
};

/** The values of headers, and a state, may be keys to somebody's system. */
function withoutSecrets({ customHeaders: _headers, clientState: _state, ...options }: LineOptions): LineOptions {
  if (options.iceServers === undefined) return options;
  const iceServers = options.iceServers.map(({ urls, username }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
  }));
  return { ...options, iceServers };
}

/** TURN servers come without their secrets: they are skipped, and with them "always use a relay" if none is left. */
function relayable(options: LineOptions, skipped: string[]): LineOptions {
  const { iceServers, ...rest } = options;
  const usable = iceServers?.filter((server) => iceRows([server]).every((row) => iceProblem(row) === null));
  if (iceServers !== undefined && usable?.length !== iceServers.length) skipped.push('options.iceServers');
  // A list that lost all its servers would mean "no servers at all", which nobody asked for.
  const kept =
    usable === undefined || (usable.length === 0 && iceServers?.length !== 0) ? rest : { ...rest, iceServers: usable };
  if (relayProblem(kept) === null) return kept;
  skipped.push('options.forceRelayCandidate');
  const { forceRelayCandidate: _dropped, ...without } = kept;
  return without;
}

/** What is left out counts for everywhere, and for any digits or pattern. */
function wholeNotNumbers(sites: Record<string, unknown>): Record<string, unknown> {
  const { notNumbers } = sites;
  if (!Array.isArray(notNumbers)) return sites;
  const whole = { origin: null, digits: null, pattern: null };
  return {
    ...sites,
    notNumbers: notNumbers.map((entry: unknown) => ({ ...whole, ...(isRecord(entry) ? entry : {}) })),
  };
}

function isIceServer(value: unknown): value is IceServer {
  if (!isRecord(value)) return false;
  const { urls, username, credential } = value;
  const texts = typeof urls === 'string' || listOf(isText)(urls);
  return texts && [username, credential].every((text) => text === undefined || isText(text));
}

/** The empty one is the built-in sound, so that it can be locked as well. */
function isSound(value: unknown): boolean {
  return typeof value === 'string' && (value === '' || soundAddressProblem(value) === null);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
