/** FreeSWITCH's dialect against what a live FreeSWITCH 1.11.2 said, field by field. */

import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, LegFacts, ServerEvent } from '../../../../lib/phone/dialects/dialect';
import { verto } from '../../../../lib/phone/dialects/verto';
import { legId } from '../../../../lib/phone/model/ids';

const FOLDER = new URL('../../../transcripts/', import.meta.url);
const AGENT = { name: 'Holdfast', version: '1.0.0' };

interface Frame {
  readonly method?: string;
  readonly params?: { readonly [key: string]: unknown };
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}
interface Line {
  readonly dir: string;
  readonly conn?: string;
  readonly msg?: Frame;
}

function frames(name: string, direction: 'c->s' | 's->c', connection?: string): Frame[] {
  return readFileSync(new URL(`freeswitch-${name}.jsonl`, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .flatMap(({ dir, conn, msg }) =>
      dir === direction && msg && (connection === undefined || conn === connection) ? [msg] : [],
    );
}

const events = (name: string, connection?: string): ServerEvent[] =>
  frames(name, 's->c', connection).flatMap(({ method, params }) => (method ? [verto.read(method, params)] : []));

const plays = readdirSync(FOLDER)
  .filter((name) => name.startsWith('freeswitch-'))
  .map((name) => name.replace(/^freeswitch-|\.jsonl$/g, ''));

describe('recorded server frames', () => {
  it.each(plays)('are all understood: %s', (name) => {
    const read = events(name);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter(({ type }) => type === 'unknown')).toEqual([]);
  });

  it('sign in, and are ready with the list of calls that were kept', () => {
    const [result] = frames('out-9196', 's->c').flatMap((frame) => (frame.result ? [frame.result] : []));
    expect(verto.session(result)).toMatch(/^[\da-f-]{36}$/);
    expect(events('out-9196')[0]).toEqual({ type: 'ready', reattached: [] });
  });

  it('answer with the description, and never ring', () => {
    const types = events('out-9196').map(({ type }) => type);
    expect(types).toContain('answer');
    const answer = events('out-9196').find((event) => event.type === 'answer');
    expect(answer).toMatchObject({ sdp: expect.stringContaining('a=candidate:') as string, ids: null });
  });

  it.each([
    ['USER_BUSY', 17],
    ['CALL_REJECTED', 21],
    ['UNALLOCATED_NUMBER', 1],
    ['NORMAL_TEMPORARY_FAILURE', 41],
    ['NO_ROUTE_DESTINATION', 3],
    ['USER_NOT_REGISTERED', 806],
    ['NORMAL_CLEARING', 16],
  ])('end with %s (%i)', (name, code) => {
    const byes = events('out-busy').filter((event) => event.type === 'bye');
    expect(byes.map(({ cause }) => cause)).toContainEqual({ name, code, sipCode: null, sipReason: null });
  });

  it('offer a call without mid, BUNDLE and telephone-event, from somebody who has a name', () => {
    const invite = events('in-1000-1001', 'bob').find((event) => event.type === 'invite');
    expect(invite).toMatchObject({
      theirs: { name: 'Alice 1000', number: '1000' },
      ours: { name: null, number: '1001' },
      headers: [],
    });
    expect(invite?.sdp).not.toMatch(/a=mid|BUNDLE|telephone-event/);
  });

  it('offer a kept call before they are ready, over another transport', () => {
    const types = events('attach-cut-9197').map(({ type }) => type);
    const attach = types.indexOf('attach');
    expect(attach).toBeGreaterThan(types.indexOf('ready'));
    expect(types.indexOf('ready', attach)).toBeGreaterThan(attach);
    const [offer] = events('attach-cut-9197').filter((event) => event.type === 'attach');
    const ready = events('attach-cut-9197').findLast((event) => event.type === 'ready');
    expect(ready).toEqual({ type: 'ready', reattached: [offer?.call] });
  });

  it('tell who is there after a transfer, and "Outbound Call" is nobody’s name', () => {
    const shown = events('transfer', 'alice').filter((event) => event.type === 'display');
    expect(shown.slice(0, 3).map(({ who }) => who)).toEqual([
      { name: null, number: '1001' },
      { name: null, number: '1001' },
      { name: null, number: '1002' },
    ]);
  });
});

describe('what we say, beside what a client said to it and was understood', () => {
  const account: Account = {
    credentials: { kind: 'password', user: '1000', password: 'example-only' },
    domain: '127.0.0.1',
    userVariables: { probe: 'yes' },
    pushWhenActive: null,
    earlySdpAnswer: false,
  };
  const leg: LegFacts = {
    id: legId('leg'),
    direction: 'out',
    destination: '1001',
    theirs: { name: null, number: '1001' },
    ours: { name: 'alice', number: '1000' },
    headers: [{ name: 'X-Ticket', value: '81' }],
    clientState: 'eyJ0IjoxfQ==',
    userVariables: { a: 1 },
    codecs: [],
    attached: false,
  };

  it('signs in with the same members, as user@domain', () => {
    const known = { sessid: 'eaa704a4-4655-46a3-9f00-5b114ebc4995', sticky: null };
    const theirs = frames('login', 'c->s').find(
      ({ params }) => params?.['login'] === '1000@127.0.0.1' && params['loginParams'],
    );
    const { method, params } = verto.signIn(account, known, AGENT);
    expect(method).toBe('login');
    expect(params).toEqual({ ...theirs?.params, passwd: 'example-only', userVariables: { probe: 'yes' } });
    expect(verto.signIn(account, null, AGENT).params).not.toHaveProperty('sessid');
  });

  it.each([
    ['1000@pbx.example', 'other.example', '1000@pbx.example'],
    ['1000', '', '1000'],
  ])('leaves %s with domain "%s" as it is', (user, domain, login) => {
    const credentials = { kind: 'password', user, password: 'p' } as const;
    expect(verto.signIn({ ...account, credentials, domain }, null, AGENT).params['login']).toBe(login);
  });

  it('has no way in for a token', () => {
    const credentials = { kind: 'token', token: 't' } as const;
    expect(() => verto.signIn({ ...account, credentials }, null, AGENT)).toThrow(
      expect.objectContaining({ reason: 'unsupported' }) as Error,
    );
  });

  it('describes a leg with members that were understood, headers as variables among them', () => {
    const invite = frames('out-9196', 'c->s').find(({ method }) => method === 'verto.invite');
    const theirs = Object.keys(invite?.params?.['dialogParams'] as object);
    expect(theirs).toEqual(expect.arrayContaining(Object.keys(verto.leg(leg))));
    expect(verto.leg(leg)).toMatchObject({
      callID: 'leg',
      destination_number: '1001',
      remote_caller_id_name: 'Outbound Call',
      userVariables: { a: 1, 'verto_h_X-Ticket': '81' },
    });
    expect(verto.signature(AGENT)).toEqual({});
  });

  it('acknowledges as that client did', () => {
    const acknowledged = frames('in-1000-1001', 'c->s').flatMap(({ result }) =>
      result ? [(result as { method: string }).method] : [],
    );
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const method of acknowledged) expect(verto.acknowledges(method), method).toBe(true);
    expect(verto.acknowledges('verto.punt')).toBe(false);
  });
});

describe('reading', () => {
  it.each([
    ['verto.media', { callID: 'x' }, 'no sdp'],
    ['verto.answer', {}, 'no callID'],
    ['verto.invite', { sdp: 'v=0' }, 'no callID'],
    ['verto.event', { eventChannel: 'x' }, null],
    ['telnyx_rtc.bye', { callID: 'x' }, null],
  ])('says what is wrong with %s', (method, params, why) => {
    expect(verto.read(method, params)).toEqual({ type: 'unknown', method, why });
  });

  it('takes headers from members of their own', () => {
    const params = { callID: 'x', sdp: 'v=0', 'verto_h_X-Queue': 'sales', verto_svar_x: 'no' };
    expect(verto.read('verto.invite', params)).toMatchObject({ headers: [{ name: 'X-Queue', value: 'sales' }] });
  });

  it('never throws', () => {
    const verbs = ['clientReady', 'invite', 'attach', 'media', 'answer', 'bye', 'display', 'ping', 'punt', 'info'];
    fc.assert(
      fc.property(fc.constantFrom(...verbs), fc.anything(), (verb, params) => {
        expect(verto.read(`verto.${verb}`, params).type).toBeTypeOf('string');
      }),
    );
  });
});
