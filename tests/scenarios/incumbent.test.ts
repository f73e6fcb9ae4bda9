/** Bugs of the official SDK that were seen (reference, sections 12 and 15) and that no other play keeps out; docs/PROTOCOL.md lists all. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TelnyxClient, type ClientOptions, type TelnyxCall } from '../../lib/phone';
import { PhoneError } from '../../lib/phone/model/errors';
import { sdp } from '../fakes/peer';
import { FakePlatform } from '../fakes/platform';
import { FakeServer } from '../fakes/server';
import { LINE, stage } from '../fakes/stage';

const LOGIN: ClientOptions = { login: 'agent042', password: 'example-only', iceServers: [] };

beforeEach(() => vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterEach(() => vi.useRealTimers());

const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function ready(options: ClientOptions = LOGIN) {
  const platform = new FakePlatform();
  const server = new FakeServer(platform);
  const client = new TelnyxClient(options, { ports: platform.ports });
  await client.connect();
  await pass();
  return { platform, server, client };
}

async function talking(options?: ClientOptions) {
  const stage = await ready(options);
  const call = stage.client.newCall({ destinationNumber: '+15550100' });
  await pass();
  stage.server.rings(call.id);
  await pass();
  stage.server.picksUp(call.id);
  stage.platform.peer.flows();
  await pass();
  return { ...stage, call };
}

describe('every promise settles', () => {
  const asked: readonly [string, (client: TelnyxClient, call: TelnyxCall) => Promise<unknown>][] = [
    ['hold', (_, call) => call.hold()],
    ['unhold', (_, call) => call.unhold()],
    ['message', (_, call) => call.message('bob', 'Hello')],
    ['login', (client) => client.login({ creds: { login: 'other', password: 'example-only' } })],
    ['getIsRegistered', (client) => client.getIsRegistered()],
    ['setAudioInDevice', (_, call) => call.setAudioInDevice('gone')],
    ['hangup', (_, call) => call.hangup()],
  ];

  it.each(asked)('of %s, where the server says nothing', async (_name, ask) => {
    const { client, call, server } = await talking();
    server.socket.deaf = true;
    await settles(ask(client, call), 30_000);
  });

  it.each(asked)('of %s, where the socket is gone', async (_name, ask) => {
    const { client, call, platform, server } = await talking();
    platform.socketError = new PhoneError('unreachable');
    server.socket.drop();
    await pass();
    await settles(ask(client, call), 30_000);
  });

  it('of a call that is dialled just after the socket went, which ends or is made on the next one', async () => {
    const { client, platform, server } = await ready();
    server.socket.drop();
    const call = client.newCall({ destinationNumber: '+15550100' });
    await pass(2000);
    expect(server.requests('invite')).toHaveLength(1);
    expect(platform.sockets).toHaveLength(2);
    expect(client.calls[call.id]).toBe(call);
  });

  async function settles(promise: Promise<unknown>, withinMs: number): Promise<void> {
    let settled = false;
    const done = (): void => {
      settled = true;
    };
    promise.then(done, done);
    await pass(withinMs);
    expect(settled).toBe(true);
  }
});

describe('after its end', () => {
  it.each(['here', 'there'])(
    'a call that ended %s hears every late frame without a word, a throw or a microphone',
    async (where) => {
      const { client, call, platform, server } = await talking();
      const told: string[] = [];
      if (where === 'here') await call.hangup();
      else server.bye(call.id);
      await pass();
      const logged = platform.log.length;
      for (const event of ['telnyx.error', 'telnyx.warning'] as const) client.on(event, () => told.push(event));
      client.on('telnyx.notification', ({ type }) => told.push(type));
      server.ringing(call.id);
      server.media(call.id, sdp('late'));
      server.answer(call.id, sdp('late'));
      server.answer(call.id);
      server.bye(call.id);
      for (const method of ['candidate', 'endOfCandidates', 'display', 'modify'])
        server.say(`telnyx_rtc.${method}`, { callID: call.id, candidate: 'candidate:1 1 udp 1 192.0.2.7 5 typ host' });
      for (const method of ['info', 'event']) server.say(`telnyx_rtc.${method}`, { callID: call.id });
      await pass(30_000);
      // An `info` or `event` belongs to no call: the program is told of it as it came.
      expect(told).toEqual(['event', 'event']);
      expect(call.state).toBe('destroy');
      expect(platform.openMicrophones).toEqual([]);
      expect(platform.log.slice(logged).filter(({ level }) => level === 'error')).toEqual([]);
    },
  );

  it('a call is told over once and says BYE once, however often it is hung up', async () => {
    const { client, call, server } = await talking();
    const told: string[] = [];
    client.on('telnyx.notification', (notification) => {
      if (notification.type === 'callUpdate') told.push(notification.call.state);
    });
    await call.hangup();
    await call.hangup();
    await pass();
    await call.hangup();
    await pass(10_000);
    expect(told).toEqual(['hangup', 'destroy']);
    expect(server.requests('bye')).toHaveLength(1);
  });

  it('a call tells the headers of the word that ended it, in both spellings', async () => {
    const { call, server } = await talking({ ...LOGIN, customHeaders: [{ name: 'X-Own', value: 'hush' }] });
    const [why, next] = [
      { name: 'X-Why', value: 'lunch' },
      { name: 'X-Next', value: '2 pm' },
    ];
    server.bye(call.id, 'NORMAL_CLEARING', 16, { dialogParams: { custom_headers: [why], customHeaders: [next] } });
    await pass();
    expect(call.state).toBe('destroy');
    expect(call.view.headers).toEqual([why, next]);
  });

  it('has closed the microphone before the server says anything', async () => {
    const { call, platform, server } = await talking();
    server.reply('bye', () => null);
    await call.hangup();
    expect(platform.openMicrophones).toEqual([]);
    expect(platform.peer.closed).toBe(true);
  });
});

describe('ready', () => {
  it('is told where the gateway was registered before anybody asked, whatever clientReady says', async () => {
    const platform = new FakePlatform();
    const server = new FakeServer(platform);
    server.saysReady = false;
    server.gatewayStates = ['REGISTER'];
    const client = new TelnyxClient(LOGIN, { ports: platform.ports });
    const told: string[] = [];
    client.on('telnyx.ready', () => told.push('ready'));
    await client.connect();
    await pass();
    server.say('telnyx_rtc.clientReady', { reattached_sessions: [], state: 'REGED' });
    await pass();
    expect(told).toEqual(['ready']);
  });
});

describe('a report', () => {
  it('holds up neither the setting up nor the end, though nobody takes it', async () => {
    const { call, server, platform } = await talking({ ...LOGIN, debug: true, debugOutput: 'socket' });
    expect(call.state).toBe('active');
    await call.hangup();
    await pass();
    expect(server.heard()).toContain('bye');
    expect(platform.peer.closed).toBe(true);
  });
});

describe('a call that comes in', () => {
  it('is given the candidates that came before the answer, in their order', async () => {
    const { client, platform, server } = await ready({ ...LOGIN, trickleIce: true });
    server.invite('leg-1');
    const found = ['1', '2'].map((id) => `candidate:${id} 1 udp 1 192.0.2.7 5 typ host`);
    for (const candidate of found)
      server.say('telnyx_rtc.candidate', { callID: 'leg-1', candidate, sdpMid: '0', sdpMLineIndex: 0 });
    server.say('telnyx_rtc.endOfCandidates', { callID: 'leg-1' });
    await pass();
    void client.calls['leg-1']?.answer();
    await pass();
    expect(platform.peer.candidates.map((candidate) => candidate?.candidate ?? null)).toEqual([...found, null]);
  });

  it('may be the second one, and then the third', async () => {
    const { client, server } = await talking();
    const warned: number[] = [];
    client.on('telnyx.warning', ({ warning }) => warned.push(warning.code));
    server.invite('leg-2');
    server.invite('leg-3');
    await pass();
    expect(['leg-2', 'leg-3'].map((leg) => client.calls[leg]?.state)).toEqual(['ringing', 'ringing']);
    expect(warned).not.toContain(33007);
  });
});

it('a call of an earlier life keeps to relays where the options say so', async () => {
  const at = 1_800_000_000_000;
  const who = { direction: 'out', name: null, number: '+15550100', ours: null } as const;
  const call = { call: 'call-1', leg: 'leg-1', ...who, startedAt: at, answeredAt: at, held: false, muted: false };
  const turn = [{ urls: 'turn:turn.example', username: 'agent', credential: 'example-only' }];
  const { platform, pass: later } = stage({
    options: { forceRelayCandidate: true, iceServers: turn },
    resume: [{ line: LINE, sessid: 'session-1', voiceSdkId: 'VSDK-1', at: at - 1000, calls: [call] }],
    prepare: (_platform, server) => {
      server.kept = [{ call: 'leg-1', sdp: sdp('server-2', 'BB') }];
    },
  });
  await later(100);
  expect(platform.peer.options).toMatchObject({ relayOnly: true });
});
