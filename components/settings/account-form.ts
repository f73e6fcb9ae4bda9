/** Account details as they are typed, what is wrong with each field, and the line they make; pure. */

import type { Problem } from '../../lib/extension/options-form';
import { hostProblem, readPort, readVariables, showVariables } from '../../lib/extension/options-form';
import { parkingPlaces } from '../../lib/extension/parking-places';
import type { LineSecret, StoredLine } from '../../lib/extension/stored';
import type { LineId } from '../../lib/phone/model/ids';
import type { LineKind } from '../../lib/phone/model/snapshot';
import { readToken } from './token';

/** The kinds that can be chosen. */
export const KINDS: readonly LineKind[] = ['telnyx', 'assistant', 'verto'];

export interface AccountDraft {
  readonly kind: LineKind;
  readonly name: string;
  readonly signIn: 'password' | 'token';
  readonly login: string;
  readonly password: string;
  readonly token: string;
  readonly assistantId: string;
  readonly version: string;
  readonly conversation: string;
  /** Whatever else an assistant is told, one name=value a line. */
  readonly params: string;
  readonly server: string;
  readonly port: string;
  /** FreeSWITCH's, behind the user's @; empty is the server's own address. */
  readonly domain: string;
  /** FreeSWITCH's: the extensions where calls may be parked; empty is none. */
  readonly park: string;
  /** Unencrypted; counts for a server on this computer only. */
  readonly plain: boolean;
  readonly callerName: string;
  readonly callerNumber: string;
  readonly remember: boolean;
  /** FreeSWITCH's: is a call tried as well, and to which extension? Neither is kept. */
  readonly tries: boolean;
  readonly echo: string;
}
export type AccountField = Exclude<keyof AccountDraft, 'kind' | 'signIn' | 'remember' | 'plain' | 'tries'>;
export type AccountProblems = { readonly [Field in AccountField]?: Problem };

export const EMPTY_DRAFT: AccountDraft = {
  kind: 'telnyx',
  name: '',
  signIn: 'password',
  login: '',
  password: '',
  token: '',
  assistantId: '',
  version: '',
  conversation: '',
  params: '',
  server: '',
  port: '8082',
  domain: '',
  park: '',
  plain: false,
  callerName: '',
  callerNumber: '',
  remember: true,
  tries: false,
  // The dialplan that comes with FreeSWITCH.
  echo: '9196',
};

/** A stored line as a draft. Its secret is never read back: an empty password or token keeps the stored one. */
export function draftOf(line: StoredLine): AccountDraft {
  const verto = line.verto !== null && URL.canParse(line.verto.url) ? new URL(line.verto.url) : null;
  const { conversation_id: conversation, ...params } = line.assistant?.target_params ?? {};
  return {
    ...EMPTY_DRAFT,
    kind: line.kind,
    name: line.name,
    signIn: line.kind === 'telnyx' && line.login === '' ? 'token' : 'password',
    login: line.login,
    assistantId: line.assistant?.target_id ?? '',
    version: line.assistant?.target_version_id ?? '',
    conversation: conversation ?? '',
    params: showVariables(params),
    server: verto?.hostname.replace(/^\[|\]$/gu, '') ?? '',
    port: verto === null ? EMPTY_DRAFT.port : verto.port || (verto.protocol === 'ws:' ? '80' : '443'),
    domain: line.verto === null || line.verto.domain === verto?.hostname ? '' : line.verto.domain,
    park: line.verto?.park ?? '',
    plain: verto?.protocol === 'ws:',
    callerName: line.callerName,
    callerNumber: line.callerIds[0] ?? '',
    remember: line.remember,
  };
}

/** `keeps` says which secret is stored already, so that its field may stay empty. `now` in epoch milliseconds. */
export function accountProblems(draft: AccountDraft, keeps: 'password' | 'token' | null, now: number): AccountProblems {
  const found: { -readonly [Field in AccountField]?: Problem } = {};
  if (draft.kind === 'assistant') {
    if (draft.assistantId.trim() === '') found.assistantId = missing('assistant');
    const params = paramsOf(draft);
    if (isProblem(params)) found.params = params;
    return found;
  }
  if (draft.kind === 'verto') {
    const host = hostProblem(draft.server.trim());
    const port = readPort(draft.port);
    if (host !== null) found.server = host;
    if (typeof port !== 'number') found.port = port;
    if (draft.domain.trim() !== '') {
      const domain = hostProblem(draft.domain.trim());
      if (domain !== null) found.domain = domain;
    }
    if (parkingPlaces(draft.park) === null) found.park = { key: 'options_problem_park', facts: [] };
    if (draft.tries && draft.echo.trim() === '') found.echo = missing('echo');
  }
  if (draft.kind === 'telnyx' && draft.signIn === 'token') {
    const token = tokenProblem(draft.token, keeps === 'token', now);
    if (token !== null) found.token = token;
  } else {
    if (draft.login.trim() === '') found.login = missing(draft.kind === 'verto' ? 'extension' : 'login');
    if (draft.password === '' && keeps !== 'password') found.password = missing('password');
  }
  if (draft.callerNumber.trim() !== '' && !/^\+?[\d\s().-]{2,24}$/u.test(draft.callerNumber)) {
    found.callerNumber = missing('caller_number');
  }
  return found;
}

/** The line and its secret; `secret` undefined keeps the stored one. `base` is the line that is being changed. */
export function lineOf(
  draft: AccountDraft,
  id: LineId,
  base: StoredLine | null,
): { readonly line: StoredLine; readonly secret: LineSecret | undefined } {
  const byToken = draft.kind === 'telnyx' && draft.signIn === 'token';
  const login = draft.kind === 'assistant' || byToken ? '' : draft.login.trim();
  return {
    line: {
      id,
      name: draft.name.trim() || login || defaultName(draft),
      kind: draft.kind,
      enabled: true,
      login,
      assistant: draft.kind === 'assistant' ? assistantOf(draft) : null,
      verto: draft.kind === 'verto' ? vertoOf(draft, base) : null,
      callerIds: callerIdsOf(draft, base),
      callerName: draft.callerName.trim(),
      remember: draft.remember,
      options: base?.options ?? {},
    },
    secret: secretOf(draft, byToken),
  };
}

/** Is nothing new but the token? Then it can be handed in while calls go on. */
export function isRenewal(draft: AccountDraft, line: StoredLine): boolean {
  if (draft.kind !== 'telnyx' || draft.signIn !== 'token' || draft.token.trim() === '') return false;
  const made = (from: AccountDraft): string => JSON.stringify(lineOf(from, line.id, line).line);
  return draftOf(line).signIn === 'token' && made(draft) === made(draftOf(line));
}

function secretOf(draft: AccountDraft, byToken: boolean): LineSecret | undefined {
  if (draft.kind === 'assistant') return {};
  if (byToken) return draft.token.trim() === '' ? undefined : { token: draft.token.trim() };
  return draft.password === '' ? undefined : { password: draft.password };
}

function assistantOf(draft: AccountDraft): NonNullable<StoredLine['assistant']> {
  const version = draft.version.trim();
  const conversation = draft.conversation.trim();
  const others = paramsOf(draft);
  const params = {
    ...(isProblem(others) ? {} : others),
    ...(conversation === '' ? {} : { conversation_id: conversation }),
  };
  return {
    target_type: 'ai_assistant',
    target_id: draft.assistantId.trim(),
    ...(version === '' ? {} : { target_version_id: version }),
    ...(Object.keys(params).length === 0 ? {} : { target_params: params }),
  };
}

/** Everything but the conversation, which has a field of its own. */
function paramsOf({ params }: AccountDraft): { readonly [name: string]: string } | Problem {
  const read = readVariables(params);
  if (isProblem(read)) return read;
  if ('conversation_id' in read) return { key: 'options_problem_conversation_twice', facts: [] };
  return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, String(value)]));
}

function isProblem(read: ReturnType<typeof readVariables>): read is Problem {
  return 'facts' in read && Array.isArray(read.facts);
}

/** The path of an address is not typed here; it stays with the line that has one. */
function vertoOf(draft: AccountDraft, base: StoredLine | null): NonNullable<StoredLine['verto']> {
  const { verto } = base ?? { verto: null };
  const path = verto !== null && URL.canParse(verto.url) ? new URL(verto.url).pathname : '/';
  const scheme = draft.plain && isThisComputer(draft.server) ? 'ws' : 'wss';
  const url = `${scheme}://${serverAddress(draft)}${path === '/' ? '' : path}`;
  const park = draft.park.trim();
  return { url, domain: draft.domain.trim() || draft.server.trim(), ...(park === '' ? {} : { park }) };
}

/** Host and port as they stand in an address. */
export function serverAddress(draft: AccountDraft): string {
  const server = draft.server.trim();
  return `${server.includes(':') && !server.startsWith('[') ? `[${server}]` : server}:${draft.port.trim()}`;
}

/** Whoever speaks to their own computer is heard by nobody else. */
export function isThisComputer(server: string): boolean {
  const bare = server
    .trim()
    .replace(/^\[|\]$/gu, '')
    .toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(bare);
}

/** Only the first caller id can be typed here; the others of an account stay. */
function callerIdsOf(draft: AccountDraft, base: StoredLine | null): readonly string[] {
  const typed = draft.callerNumber.trim();
  return [...(typed === '' ? [] : [typed]), ...(base?.callerIds.slice(1) ?? [])];
}

function defaultName(draft: AccountDraft): string {
  return draft.kind === 'assistant' ? draft.assistantId.trim() : draft.kind === 'verto' ? 'FreeSWITCH' : 'Telnyx';
}

function tokenProblem(token: string, kept: boolean, now: number): Problem | null {
  if (token.trim() === '') return kept ? null : missing('token');
  const reading = readToken(token, now);
  if (reading.state === 'malformed') return { key: 'options_problem_token', facts: [] };
  return reading.state === 'expired' ? { key: 'options_problem_token_expired', facts: [] } : null;
}

function missing(field: string): Problem {
  return { key: `options_problem_${field}_missing`, facts: [] };
}
