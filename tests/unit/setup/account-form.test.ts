import { describe, expect, it } from 'vitest';
import {
  accountProblems,
  draftOf,
  EMPTY_DRAFT,
  isRenewal,
  lineOf,
  type AccountDraft,
} from '../../../components/settings/account-form';
import type { LineId } from '../../../lib/phone/model/ids';

const ID = 'line-1' as LineId;
const draft = (changes: Partial<AccountDraft>): AccountDraft => ({ ...EMPTY_DRAFT, ...changes });
const fields = (changes: Partial<AccountDraft>, keeps: 'password' | 'token' | null = null): string[] =>
  Object.keys(accountProblems(draft(changes), keeps, Date.now())).sort();

describe('account details', () => {
  it('wants a user and a password for a SIP connection', () => {
    expect(fields({})).toEqual(['login', 'password']);
    expect(fields({ login: 'sales', password: 'x' })).toEqual([]);
  });

  it('lets the password stay empty only where one is stored', () => {
    expect(fields({ login: 'sales' }, 'password')).toEqual([]);
    expect(fields({ login: 'sales' }, 'token')).toEqual(['password']);
  });

  it('tells a malformed token before it is sent', () => {
    expect(fields({ signIn: 'token', token: 'not a token' })).toEqual(['token']);
    expect(fields({ signIn: 'token' }, 'token')).toEqual([]);
  });

  it('knows a new token for the same account from any other change', () => {
    const { line } = lineOf(draft({ signIn: 'token', token: 'a.b.c', name: 'Desk', callerName: 'Front' }), ID, null);
    const typed = { ...draftOf(line), token: 'd.e.f' };
    expect(isRenewal(typed, line)).toBe(true);
    expect(isRenewal({ ...typed, token: ' ' }, line)).toBe(false);
    expect(isRenewal({ ...typed, callerName: 'Back' }, line)).toBe(false);
    const byPassword = lineOf(draft({ login: 'sales', password: 'x' }), ID, null).line;
    expect(isRenewal({ ...draftOf(byPassword), signIn: 'token', token: 'd.e.f' }, byPassword)).toBe(false);
  });

  it('wants nothing but the ID for an assistant', () => {
    expect(fields({ kind: 'assistant' })).toEqual(['assistantId']);
    expect(fields({ kind: 'assistant', assistantId: 'assistant-1' })).toEqual([]);
  });

  it('tells an assistant whatever else it is to know, the conversation in a field of its own', () => {
    const typed = { kind: 'assistant', assistantId: 'assistant-1' } as const;
    const made = lineOf(
      draft({ ...typed, conversation: 'conv-1', params: 'caller_name=Ada\n\nplan = gold' }),
      ID,
      null,
    );
    const target_params = { caller_name: 'Ada', plan: 'gold', conversation_id: 'conv-1' };
    expect(made.line.assistant).toEqual({ target_type: 'ai_assistant', target_id: 'assistant-1', target_params });
    expect(draftOf(made.line)).toMatchObject({ conversation: 'conv-1', params: 'caller_name=Ada\nplan=gold' });
    expect(fields({ ...typed, params: 'no value' })).toEqual(['params']);
    expect(fields({ ...typed, params: 'conversation_id=x' })).toEqual(['params']);
  });

  it('wants server, port, extension and password for a FreeSWITCH', () => {
    expect(fields({ kind: 'verto', port: '99999' })).toEqual(['login', 'password', 'port', 'server']);
    expect(fields({ kind: 'verto', server: 'pbx.example', login: '1004', password: 'x' })).toEqual([]);
  });

  it('goes encrypted to a FreeSWITCH, and plain to this computer alone, where that was chosen', () => {
    const typed = { kind: 'verto', login: '1004', password: 'x' } as const;
    const url = (more: Partial<AccountDraft>): string | undefined =>
      lineOf(draft({ ...typed, ...more }), ID, null).line.verto?.url;
    expect(url({ server: 'pbx.example', plain: true })).toBe('wss://pbx.example:8082');
    expect(url({ server: '127.0.0.1', port: '8081', plain: true })).toBe('ws://127.0.0.1:8081');
    expect(url({ server: '127.0.0.1', port: '8082' })).toBe('wss://127.0.0.1:8082');
    expect(url({ server: '::1', port: '8081', plain: true })).toBe('ws://[::1]:8081');
    expect(fields({ ...typed, server: 'pbx.example', domain: 'not a domain' })).toEqual(['domain']);
  });

  it('takes the server’s address for the domain unless one is typed, and keeps the path of an address', () => {
    const typed = draft({
      kind: 'verto',
      server: 'pbx.example',
      login: '1004',
      password: 'x',
      domain: 'office.example',
    });
    const { line } = lineOf(typed, ID, null);
    expect(line.verto).toEqual({ url: 'wss://pbx.example:8082', domain: 'office.example' });
    expect(draftOf(line).domain).toBe('office.example');
    expect(lineOf({ ...typed, domain: '' }, ID, null).line.verto?.domain).toBe('pbx.example');
    const behind = { ...line, verto: { url: 'wss://pbx.example:8082/verto', domain: 'pbx.example' } };
    expect(lineOf(draftOf(behind), ID, behind).line.verto).toEqual(behind.verto);
  });

  it('takes extensions for the parking places of a FreeSWITCH, and nothing else', () => {
    const typed = { kind: 'verto', server: 'pbx.example', login: '1004', password: 'x' } as const;
    expect(fields({ ...typed, park: 'the hall' })).toEqual(['park']);
    const { line } = lineOf(draft({ ...typed, park: ' 6001-6009 ' }), ID, null);
    expect(line.verto).toMatchObject({ park: '6001-6009' });
    expect(draftOf(line).park).toBe('6001-6009');
    expect(lineOf(draft(typed), ID, null).line.verto).toEqual({ url: 'wss://pbx.example:8082', domain: 'pbx.example' });
  });

  it('refuses a caller number with words in it', () => {
    expect(fields({ login: 'a', password: 'b', callerNumber: 'call me' })).toEqual(['callerNumber']);
    expect(fields({ login: 'a', password: 'b', callerNumber: '+1 (312) 555-0142' })).toEqual([]);
  });

  it('keeps the secret out of the line', () => {
    const { line, secret } = lineOf(draft({ login: ' sales ', password: 'hush' }), ID, null);
    expect(secret).toEqual({ password: 'hush' });
    expect(JSON.stringify(line)).not.toContain('hush');
    expect(line).toMatchObject({ id: ID, name: 'sales', login: 'sales', kind: 'telnyx', enabled: true });
  });

  it('leaves the stored secret alone where none was typed', () => {
    expect(lineOf(draft({ login: 'sales' }), ID, null).secret).toBeUndefined();
  });

  it('spells an assistant as the anonymous login of the seed', () => {
    const { line } = lineOf(
      draft({ kind: 'assistant', assistantId: 'a1', version: 'v2', conversation: 'c3' }),
      ID,
      null,
    );
    expect(line.assistant).toEqual({
      target_type: 'ai_assistant',
      target_id: 'a1',
      target_version_id: 'v2',
      target_params: { conversation_id: 'c3' },
    });
  });

  it('reads back what it wrote, but never the secret', () => {
    const typed = draft({
      kind: 'verto',
      name: 'Workshop',
      server: 'pbx.example',
      port: '8082',
      login: '1004',
      password: 'x',
    });
    expect(draftOf(lineOf(typed, ID, null).line)).toEqual({ ...typed, password: '' });
    const byToken = lineOf(draft({ signIn: 'token', token: 't' }), ID, null).line;
    expect(draftOf(byToken)).toMatchObject({ signIn: 'token', token: '' });
  });

  it('keeps the line options and the further caller numbers of the line that it changes', () => {
    const base = {
      ...lineOf(draft({ login: 'a', password: 'b' }), ID, null).line,
      callerIds: ['1', '2'],
      options: { region: 'eu' },
    };
    const { line } = lineOf({ ...draftOf(base), callerNumber: '3' }, ID, base);
    expect(line.callerIds).toEqual(['3', '2']);
    expect(line.options).toEqual({ region: 'eu' });
  });
});
