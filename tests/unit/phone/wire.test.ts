import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PhoneError } from '../../../lib/phone/model/errors';
import { parseFrames } from '../../../lib/phone/wire/frames';
import { JsonRpc, type RpcOptions } from '../../../lib/phone/wire/json-rpc';
import { redact } from '../../../lib/phone/wire/redact';
import { globalClock } from '../../fakes/platform';

describe('frames', () => {
  it.each([
    ['', 'not JSON'],
    ['nonsense', 'not JSON'],
    ['5', 'not an object'],
    ['null', 'not an object'],
    ['{}', 'neither request nor reply'],
    ['{"result":{}}', 'a result without an id'],
    ['{"method":7}', 'neither request nor reply'],
    ['[1', 'not JSON'],
  ])('says what is wrong with %j', (text, why) => {
    expect(parseFrames(text)).toEqual([{ kind: 'malformed', why }]);
  });

  it('reads requests, replies, refusals, speed tests and batches', () => {
    expect(parseFrames('{"id":5,"method":"a","params":{"b":1}}')).toMatchObject([
      { kind: 'request', id: 5, method: 'a', params: { b: 1 } },
    ]);
    expect(parseFrames('{"method":"a"}')).toMatchObject([{ kind: 'request', id: null }]);
    expect(parseFrames('{"id":"x","result":{"message":"OK"}}')).toMatchObject([
      { kind: 'result', result: { message: 'OK' } },
    ]);
    expect(parseFrames('{"id":"x","error":{"code":-32001,"message":"no"}}')).toMatchObject([
      { kind: 'error', code: -32001, message: 'no' },
    ]);
    expect(parseFrames('#SPU 12')).toEqual([{ kind: 'speed', text: '#SPU 12' }]);
    expect(parseFrames('[{"method":"a"},{"method":"b"},3]').map(({ kind }) => kind)).toEqual([
      'request',
      'request',
      'malformed',
    ]);
  });

  it('unwraps the nested results of older gateways, and their refusals', () => {
    expect(parseFrames('{"id":1,"result":{"code":"200","result":{"result":{"a":1}}}}')).toMatchObject([
      { kind: 'result', result: { a: 1 } },
    ]);
    expect(parseFrames('{"id":1,"result":{"code":"404","message":"gone","result":{}}}')).toMatchObject([
      { kind: 'error', code: 404, message: 'gone' },
    ]);
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseFrames(text)));
  });
});

describe('requests', () => {
  let sent: { id: string; method: string }[];
  let odd: string[];
  let rpc: JsonRpc;
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    odd = [];
    let ids = 0;
    const options: RpcOptions = {
      send: (text) => sent.push(JSON.parse(text) as (typeof sent)[number]),
      newId: () => `r${(ids += 1)}`,
      clock: globalClock,
      onRequest: () => undefined,
      onOdd: (why) => odd.push(why),
    };
    rpc = new JsonRpc(options);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const ask = (method = 'm'): Promise<unknown> => rpc.request({ method, params: {}, deadlineMs: 1000 });

  it('settles each with the reply that has its id, in any order', async () => {
    const [first, second] = [ask('a'), ask('b')];
    rpc.receive('{"id":"r2","result":2}');
    rpc.receive('{"id":"r1","result":1}');
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives a refusal the server’s code and words', async () => {
    const asked = ask();
    rpc.receive('{"id":"r1","error":{"code":-32002,"message":"no"}}');
    await expect(asked).rejects.toMatchObject({
      reason: 'refused',
      facts: { method: 'm', code: -32002, message: 'no' },
    });
  });

  it('gives up at the deadline, and a late reply is only odd', async () => {
    const asked = expect(ask()).rejects.toMatchObject({ reason: 'timeout', facts: { afterMs: 1000 } });
    await vi.advanceTimersByTimeAsync(1000);
    await asked;
    rpc.receive('{"id":"r1","result":1}');
    expect(odd).toEqual(['a reply that nobody waits for']);
  });

  it('rejects what waits and what is asked later, once closed', async () => {
    const waiting = expect(ask()).rejects.toMatchObject({ reason: 'disconnected' });
    rpc.close(new PhoneError('disconnected'));
    await waiting;
    await expect(ask()).rejects.toMatchObject({ reason: 'disconnected' });
    expect(() => rpc.notify('n', {})).toThrow(PhoneError);
    expect(sent).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves nothing unsettled, whatever the order of replies, deadlines and the close', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('ask', 'reply', 'refuse', 'wait', 'close', 'noise'), { maxLength: 30 }),
        async (steps) => {
          const said: string[] = [];
          let serial = 0;
          const own = new JsonRpc({
            send: (text) => said.push((JSON.parse(text) as { id: string }).id),
            newId: () => `p${(serial += 1)}`,
            clock: globalClock,
            onRequest: () => undefined,
            onOdd: () => undefined,
          });
          const asked: Promise<unknown>[] = [];
          for (const step of steps) {
            const id = JSON.stringify(said.shift() ?? 'nobody');
            if (step === 'ask')
              asked.push(own.request({ method: 'm', params: {}, deadlineMs: 500 }).catch((thrown: unknown) => thrown));
            if (step === 'reply') own.receive(`{"id":${id},"result":null}`);
            if (step === 'refuse') own.receive(`{"id":${id},"error":{}}`);
            if (step === 'noise') own.receive('noise');
            if (step === 'wait') await vi.advanceTimersByTimeAsync(300);
            if (step === 'close') own.close(new PhoneError('disconnected'));
          }
          await vi.advanceTimersByTimeAsync(500);
          await Promise.all(asked);
          expect(vi.getTimerCount()).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('redaction', () => {
  it('hides secrets wherever they stand', () => {
    const secrets = {
      params: { passwd: 'p4ss', login_token: 'tok', loginToken: 'tok2' },
      iceServers: [{ urls: 'turn:x', username: 'u', credential: 'cr3d' }],
      url: 'wss://rtc.telnyx.com/?voice_sdk_id=VSDK9&canary=true',
      address: 'https://me:hunter2@example.com/',
      text: 'here is eyJhbGciOiJub25lIn0.eyJleHAiOjE3OTUzMzM0OTh9.sig for you',
      voice_sdk_id: 'VSDK9',
      nested: { deep: [{ Authorization: 'Bearer x1' }] },
    };
    const text = JSON.stringify(redact(secrets));
    for (const secret of ['p4ss', 'tok', 'cr3d', 'VSDK9', 'hunter2', 'eyJleHAi', 'Bearer x1'])
      expect(text).not.toContain(`"${secret}`);
    expect(text).toContain('canary=true');
    expect(text).toContain('turn:x');
  });

  it('tells the headers and the state of a call by name alone', () => {
    const custom_headers = [{ name: 'X-Ticket', value: 'hush' }, 'hush'];
    const userVariables = { 'verto_h_X-Ticket': 'hush', team: 'support' };
    const frame = { custom_headers, customHeaders: 'hush', clientState: 'hush', client_state: 'hush', userVariables };
    expect(redact(frame)).toEqual({
      custom_headers: [{ name: 'X-Ticket', value: '(hidden)' }, '(hidden)'],
      customHeaders: '(hidden)',
      clientState: '(hidden)',
      client_state: '(hidden)',
      userVariables: { 'verto_h_X-Ticket': '(hidden)', team: 'support' },
    });
  });

  it('shortens a description, or keeps it without its password', () => {
    const sdp = 'v=0\r\na=ice-ufrag:uuuu\r\na=ice-pwd:pppp\r\na=candidate:1 1 udp\r\n';
    expect(redact({ sdp })).toEqual({ sdp: `sdp(${sdp.length} characters, 1 candidates)` });
    const whole = JSON.stringify(redact({ sdp }, { sdp: 'whole' }));
    expect(whole).toContain('uuuu');
    expect(whole).not.toContain('pppp');
  });

  it('keeps no picture', () => {
    const url = `data:image/jpeg;base64,${'eyJh'.repeat(100)}`;
    expect(redact({ image_url: { url } })).toEqual({
      image_url: { url: `data:image/jpeg (${url.length} characters)` },
    });
  });

  it('gives plain JSON for anything at all', () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    for (const value of [cyclic, () => 1, Symbol('x'), 10n, new Error('e'), NaN, undefined, new Map()]) {
      expect(() => JSON.stringify(redact(value))).not.toThrow();
    }
    fc.assert(fc.property(fc.anything(), (value) => typeof JSON.stringify(redact(value)) === 'string'));
  });

  it('does not let a frame reach into prototypes', () => {
    redact(JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
