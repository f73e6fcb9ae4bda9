/** What is wrong with a value typed into the Advanced page, and how options change row by row; pure. The engine validates again. */

import type { IceServer } from '../phone/ports';
import type { OptionKey, OptionRow } from './option-rows';
import type { LineOptions } from './stored';

/** A string key with its substitutions: said beside the field. */
export interface Problem {
  readonly key: string;
  readonly facts: readonly (string | number)[];
}

/** One server as it is typed. */
export interface IceRow {
  readonly address: string;
  readonly username: string;
  readonly secret: string;
}

/** Sounds live inside the settings, so they stay small. */
export const SOUND_BYTES = 2 * 1024 * 1024;
export const MOST_TRIES = 1000;
/** The reference advises at most 25 s (telnyx-signaling, 5.2). */
export const MOST_MICROPHONE_WAIT_S = 25;

/** Takes the row's options away, so that the defaults count again: the administrator's, else the extension's own. */
export function resetRow(options: LineOptions, row: OptionRow, proposed: LineOptions): LineOptions {
  return { ...without(options, row.sets), ...proposedFor(row, proposed) };
}

export function isChanged(options: LineOptions, row: OptionRow, proposed: LineOptions): boolean {
  return row.sets.some((key) => JSON.stringify(options[key]) !== JSON.stringify(proposed[key]));
}

/** What the administrator proposes for the row; empty where they leave it to the extension. */
export function proposedFor(row: OptionRow, proposed: LineOptions): LineOptions {
  const wanted = new Set<string>(row.sets);
  return Object.fromEntries(Object.entries(proposed).filter(([key]) => wanted.has(key)));
}

export function without(options: LineOptions, keys: readonly OptionKey[]): LineOptions {
  const gone = new Set<string>(keys);
  return Object.fromEntries(Object.entries(options).filter(([key]) => !gone.has(key)));
}

/** A whole number of tries, or null where the text is none. */
export function readTries(text: string): number | Problem {
  return wholeNumber(text, 0, MOST_TRIES);
}

export function readPort(text: string): number | Problem {
  return wholeNumber(text, 1, 65_535);
}

export function readMicrophoneWait(text: string): number | Problem {
  return wholeNumber(text, 1, MOST_MICROPHONE_WAIT_S);
}

/** A host name or IP address, without scheme, port or path. */
export function hostProblem(host: string): Problem | null {
  if (/^[a-z][a-z+.-]*:\/\//iu.test(host)) return problem('scheme');
  return isHost(host) ? null : problem('host');
}

/** The host and port of a custom server belong together: a port alone would connect nowhere. */
export function addressProblem(host: string, port: string): Problem | null {
  if (host === '') return port === '' ? null : problem('port_alone');
  return hostProblem(host);
}

/** `stun:`, `turn:` or `turns:`, a host, perhaps a port and `?transport=` (RFC 7064, RFC 7065); TURN needs both credentials. */
export function iceProblem(row: IceRow): Problem | null {
  const match = /^(stun|turns?):([^?]*)(?:\?transport=(.*))?$/iu.exec(row.address.trim());
  const [, scheme = '', authority = '', transport] = match ?? [];
  if (match === null || authority.startsWith('//')) return problem('ice_scheme');
  const { host, port } = splitPort(authority);
  if (!isHost(host)) return problem('ice_host');
  if (port !== null && typeof readPort(port) !== 'number') return problem('port');
  if (transport !== undefined && transport !== 'udp' && transport !== 'tcp') return problem('ice_transport');
  const turn = scheme.toLowerCase().startsWith('turn');
  if (!turn && transport !== undefined) return problem('ice_transport_stun');
  if (turn && row.username === '') return problem('ice_user');
  if (turn && row.secret === '') return problem('ice_secret');
  return null;
}

/** Relay only without a TURN server of one's own would leave every call without a route: the provided servers are STUN. */
export function relayProblem(options: LineOptions): Problem | null {
  if (options.forceRelayCandidate !== true) return null;
  const addresses = (options.iceServers ?? []).flatMap((server) => server.urls);
  return addresses.some((address) => /^turns?:/iu.test(address)) ? null : problem('relay');
}

/** The port that a server answers on where its address names none (RFC 7064, RFC 7065). */
export function icePort(address: string): number {
  const { port } = splitPort(address.replace(/^[a-z]+:/iu, '').replace(/\?.*$/u, ''));
  if (port !== null) return Number(port);
  return /^turns:/iu.test(address) ? 5349 : 3478;
}

export function iceRows(servers: readonly IceServer[]): readonly IceRow[] {
  return servers.flatMap((server) =>
    [server.urls]
      .flat()
      .map((address) => ({ address, username: server.username ?? '', secret: server.credential ?? '' })),
  );
}

/** Only rows without a problem: a half-typed one waits in the form. */
export function iceServers(rows: readonly IceRow[]): readonly IceServer[] {
  return rows
    .filter((row) => iceProblem(row) === null)
    .map(({ address, username, secret }) => ({
      urls: address.trim(),
      ...(username === '' ? {} : { username }),
      ...(secret === '' ? {} : { credential: secret }),
    }));
}

/** `name=value`, one a line; the server receives them with the sign-in. */
export function readVariables(text: string): NonNullable<LineOptions['userVariables']> | Problem {
  const variables: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, name, value] = /^\s*([\w.-]{1,64})\s*=(.*)$/u.exec(line) ?? [];
    if (name === undefined || value === undefined) return problem('variable', index + 1);
    variables[name] = value.trim();
  }
  return variables;
}

export function showVariables(variables: LineOptions['userVariables']): string {
  return Object.entries(variables ?? {})
    .map(([name, value]) => `${name}=${String(value)}`)
    .join('\n');
}

/** A sound picked from the disk; `type` as the browser tells it, empty where it knows none. */
export function soundFileProblem(file: {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}): Problem | null {
  const wanted = /\.(?:wav|mp3)$/iu.test(file.name) || /^audio\/(?:wav|x-wav|wave|mpeg|mp3)$/iu.test(file.type);
  if (!wanted) return problem('sound_kind');
  return file.size > SOUND_BYTES ? problem('sound_size') : null;
}

/** The address of a sound: https (our pages load no media from elsewhere), or a sound kept in the settings themselves. */
export function soundAddressProblem(address: string): Problem | null {
  if (/^data:audio\/(?:wav|x-wav|wave|mpeg|mp3);base64,/iu.test(address)) return null;
  if (!URL.canParse(address)) return problem('sound_address');
  const { protocol, pathname } = new URL(address);
  if (protocol !== 'https:') return problem('sound_address');
  return /\.(?:wav|mp3)$/iu.test(pathname) ? null : problem('sound_kind');
}

function wholeNumber(text: string, min: number, max: number): number | Problem {
  const value = /^\d{1,6}$/u.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : problem('number', min, max);
}

function splitPort(authority: string): { readonly host: string; readonly port: string | null } {
  const [, host = authority, port = null] = /^(\[[^\]]*\]|[^:]*):(.*)$/u.exec(authority) ?? [];
  return { host, port };
}

function isHost(host: string): boolean {
  if (/^\[[\da-f:.]+\]$/iu.test(host)) return URL.canParse(`http://${host}/`);
  if (/^[\d.]+$/u.test(host)) return /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/u.test(host);
  return host.length <= 253 && /^(?!-)[a-z\d-]{1,63}(?<!-)(?:\.(?!-)[a-z\d-]{1,63}(?<!-))*$/iu.test(host);
}

function problem(what: string, ...facts: (string | number)[]): Problem {
  return { key: `options_problem_${what}`, facts };
}
