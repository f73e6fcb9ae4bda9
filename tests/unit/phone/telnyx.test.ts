import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { telnyx } from '../../../lib/phone/dialects/telnyx';
import type { LegFacts } from '../../../lib/phone/dialects/dialect';
import { legId } from '../../../lib/phone/model/ids';

const FOLDER = new URL('../../transcripts/', import.meta.url);
const AGENT = { name: 'Holdfast', version: '1.0.0' };

interface Line {
  readonly dir: string;
  readonly msg?: { readonly method?: string; readonly params?: Record<string, unknown>; readonly result?: unknown };
}
function frames(name: string, direction: string): NonNullable<Line['msg']>[] {
  return readFileSync(new URL(name, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .flatMap(({ dir, msg }) => (dir === direction && msg ? [msg] : []));
}

const plays = readdirSync(FOLDER).filter((name) => name.startsWith('telnyx-sdk-'));

describe('recorded server frames', () => {
  it.each(plays)('are understood: %s', (name) => {
    for (const { method, params } of frames(name, 's->c')) {
      if (method === undefined) continue;
      expect(telnyx.read(method, params), method).not.toMatchObject({ type: 'unknown' });
    }
  });

  it('give a call its ringing, its sound, its answer and its end', () => {
    const events = frames('telnyx-sdk-out-busy.jsonl', 's->c').flatMap(({ method, params }) =>
      method ? [telnyx.read(method, params)] : [],
    );
    expect(events.at(-1)).toMatchObject({
      type: 'bye',
      cause: { code: 17, name: 'USER_BUSY', sipCode: 486, sipReason: 'Busy Here' },
    });
    const echo = frames('telnyx-sdk-out-echo.jsonl', 's->c').flatMap(({ method, params }) =>
      method ? [telnyx.read(method, params).type] : [],
    );
    expect(echo).toEqual(expect.arrayContaining(['ready', 'ringing', 'media', 'answer']));
  });

  it('sign in and register', () => {
    const results = frames('telnyx-sdk-out-echo.jsonl', 's->c').flatMap(({ result }) => (result ? [result] : []));
    expect(telnyx.session(results[0])).toMatch(/^[0-9a-f-]{36}$/);
    expect(telnyx.gateway(results[1])).toEqual({ state: 'registered', region: 'local', dc: 'lo1' });
  });
});

describe('what we say, beside what the official client said', () => {
  const login = (name: string): Record<string, unknown> => {
    const frame = frames(name, 'c->s').find(({ method }) => method?.endsWith('login'));
    return frame?.params ?? {};
  };

  it('signs in with the same members', () => {
    const { params } = telnyx.signIn(
      {
        credentials: { kind: 'password', user: 'agent042', password: 'example-only' },
        userVariables: null,
        pushWhenActive: null,
        earlySdpAnswer: false,
      },
      null,
      AGENT,
    );
    const { 'User-Agent': theirs, ...rest } = login('telnyx-sdk-out-echo.jsonl');
    const { 'User-Agent': ours, ...own } = params;
    expect(own).toEqual(rest);
    expect(Object.keys(ours as object)).toEqual(Object.keys(theirs as object));
  });

  it('signs in anonymously with the same members', () => {
    const { method, params } = telnyx.signIn(
      {
        credentials: {
          kind: 'assistant',
          target: 'assistant-00000000-0000-4000-8000-000000000001',
          version: 'v3',
          params: { conversation_id: 'conv-example' },
        },
        userVariables: null,
        pushWhenActive: null,
        earlySdpAnswer: false,
      },
      null,
      AGENT,
    );
    const { 'User-Agent': _theirs, ...rest } = login('telnyx-sdk-login-anonymous.jsonl');
    const { 'User-Agent': _ours, ...own } = params;
    expect(method).toBe('anonymous_login');
    expect(own).toEqual(rest);
  });

  it('describes a leg with members that the official client sends too, and no server’s password', () => {
    const leg: LegFacts = {
      id: legId('leg'),
      direction: 'out',
      destination: '+15550100',
      theirs: { name: null, number: '+15550100' },
      ours: { name: 'Support', number: '+15550199' },
      headers: [{ name: 'X-Ticket', value: '81' }],
      clientState: 'eyJ0IjoxfQ==',
      userVariables: { a: 1 },
      codecs: [],
      attached: false,
    };
    const invite = frames('telnyx-sdk-headers.jsonl', 'c->s').find(({ method }) => method === 'telnyx_rtc.invite');
    const theirs = Object.keys(invite?.params?.['dialogParams'] ?? {});
    expect(theirs).toEqual(expect.arrayContaining(Object.keys(telnyx.leg(leg))));
    expect(telnyx.leg(leg)).not.toHaveProperty('iceServers');
  });
});

describe('reading', () => {
  it.each([
    ['telnyx_rtc.media', { callID: 'x' }, 'no sdp'],
    ['telnyx_rtc.answer', {}, 'no callID'],
    ['telnyx_rtc.invite', { sdp: 'v=0' }, 'no callID'],
    ['telnyx_rtc.bye', null, 'no callID'],
  ])('says what %s lacks', (method, params, why) => {
    expect(telnyx.read(method, params)).toEqual({ type: 'unknown', method, why });
  });

  it('never throws', () => {
    const methods = [
      'clientReady',
      'gatewayState',
      'invite',
      'attach',
      'media',
      'answer',
      'candidate',
      'bye',
      'display',
      'ringing',
      'endOfCandidates',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...methods), fc.anything(), (method, params) => {
        expect(telnyx.read(`telnyx_rtc.${method}`, params).type).toBeTypeOf('string');
      }),
    );
  });

  it.each([
    ['REGED', 'registered'],
    ['REGISTER', 'registered'],
    ['UNREGED', 'unregistered'],
    ['NOREG', 'unregistered'],
    ['FAILED', 'failed'],
    ['FAIL_WAIT', 'failed'],
    ['TIMEOUT', 'failed'],
    ['TRYING', 'trying'],
    ['SOMETHING', 'trying'],
    [undefined, 'trying'],
  ])('takes gateway state %s as %s', (state, expected) => {
    expect(telnyx.gateway({ params: { state } }).state).toBe(expected);
  });

  it('acknowledges what the protocol wants acknowledged', () => {
    const silent = ['ping', 'clientReady', 'gatewayState', 'info', 'event', 'punt'];
    for (const verb of silent) expect(telnyx.acknowledges(`telnyx_rtc.${verb}`)).toBe(false);
    for (const verb of ['invite', 'bye', 'media', 'answer', 'attach', 'endOfCandidates'])
      expect(telnyx.acknowledges(`telnyx_rtc.${verb}`)).toBe(true);
  });

  it('reads headers in both spellings', () => {
    const event = telnyx.read('telnyx_rtc.invite', {
      callID: 'x',
      sdp: 'v=0',
      dialogParams: {
        custom_headers: [{ name: 'X-Queue', value: 'sales' }, null, { value: 'nameless' }],
        customHeaders: [{ name: 'X-B', value: 'c' }],
      },
    });
    expect(event).toMatchObject({
      headers: [
        { name: 'X-Queue', value: 'sales' },
        { name: 'X-B', value: 'c' },
      ],
    });
  });
});
