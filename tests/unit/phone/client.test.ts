/** The seed's own door over fakes: its events in order, its codes, and random options that are refused whole or taken whole. */

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PhoneError, TelnyxClient, TelnyxError, type ClientOptions } from '../../../lib/phone';
import { reportName } from '../../../lib/phone/model/debug';
import { callId, legId } from '../../../lib/phone/model/ids';
import { FakePlatform } from '../../fakes/platform';
import { FakeServer } from '../../fakes/server';

const LOGIN = { login: 'agent042', password: 'example-only', iceServers: [] } as const;

beforeEach(() => vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterEach(() => vi.useRealTimers());

const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

function door(options: ClientOptions = LOGIN) {
  const platform = new FakePlatform();
  const server = new FakeServer(platform);
  const client = new TelnyxClient(options, { ports: platform.ports });
  const told: string[] = [];
  client.on('telnyx.socket.open', () => told.push('open'));
  client.on('telnyx.ready', () => told.push('ready'));
  client.on('telnyx.error', ({ error, recoverable }) =>
    told.push(`error ${error.code}${recoverable ? ' for now' : ''}`),
  );
  client.on('telnyx.warning', ({ warning }) => told.push(`warning ${warning.code}`));
  client.on('telnyx.notification', (notification) => {
    told.push(notification.type === 'callUpdate' ? notification.call.state : notification.type);
  });
  return { platform, server, client, told };
}

async function ready(options?: ClientOptions) {
  const stage = door(options);
  await stage.client.connect();
  await pass();
  return stage;
}

async function talking(options?: ClientOptions) {
  const stage = await ready(options);
  const call = stage.client.newCall({ destinationNumber: '+15550100' });
  await pass();
  stage.server.ringing(call.id);
  stage.server.media(call.id);
  await pass();
  stage.server.answer(call.id);
  stage.platform.peer.flows();
  await pass();
  return { ...stage, call };
}

describe('a call of its own', () => {
  it('stays deaf and muted with the peer that recovery gives it', async () => {
    const { call, server, platform } = await talking();
    call.deaf();
    call.muteAudio();
    server.attach(call.id);
    await pass();
    platform.peer.flows();
    await pass();
    expect(platform.peers).toHaveLength(2);
    expect(platform.peer).toMatchObject({ deafened: true, muted: true });
    call.undeaf();
    expect(platform.peer.deafened).toBe(false);
  });

  it('passes the states of the official client', async () => {
    const { call, client, told } = await talking();
    expect(client.calls[call.id]).toBe(call);
    expect(client.getActiveCalls()).toEqual([call]);
    await call.hangup();
    expect(told).toEqual(['open', 'ready', 'new', 'requesting', 'trying', 'early', 'active', 'hangup', 'destroy']);
    expect(call).toMatchObject({ prevState: 'hangup', direction: 'outbound' });
    expect(client.calls).toEqual({});
  });

  it('is held and taken back, and a refusal is told and thrown at nobody', async () => {
    const { call, server, told } = await talking();
    server.reply('telnyx_rtc.modify', () => ({ error: { code: -32002, message: 'no' } }));
    const held = call.hold();
    await pass();
    expect(await held).toBe(false);
    expect(told.at(-1)).toBe('error 44001');
    expect(call.state).toBe('active');
  });

  it('tells a microphone that is not allowed with the official code', async () => {
    const { platform, client, told } = await ready();
    platform.microphoneError = new PhoneError('microphone-denied');
    client.newCall({ destinationNumber: '1' });
    await pass();
    expect(told.slice(2)).toEqual(['new', 'requesting', 'hangup', 'error 42001', 'userMediaError', 'destroy']);
  });

  it('warns of a second call beside a live one', async () => {
    const { client, told } = await talking();
    client.newCall({ destinationNumber: '2' });
    expect(told).toContain('warning 33010');
  });

  it('tells a failed and a destroyed peer', async () => {
    const { client, platform, told } = await talking();
    const seen: string[] = [];
    client.on('telnyx.rtc.peerConnectionFailureError', () => seen.push('failed'));
    client.on('telnyx.rtc.peerConnectionSignalingStateClosed', () => seen.push('closed'));
    platform.peer.sleeps();
    platform.peer.fails();
    await pass();
    expect(seen).toEqual(['closed', 'failed']);
    expect(told).toEqual(
      expect.arrayContaining(['signalingStateClosed', 'peerConnectionFailureError', 'warning 33004']),
    );
  });

  it('needs somebody to call', async () => {
    const { client } = await ready();
    expect(() => client.newCall({})).toThrow(TelnyxError);
    expect(() => client.newCall({})).toThrow(expect.objectContaining({ code: 44002 }));
  });
});

describe('a call that comes in', () => {
  it('rings at once, and no more when it is taken', async () => {
    const { server, client, platform } = await ready();
    server.invite('leg-1');
    await pass();
    expect(platform.speaker.now).toBe('in');
    void client.calls['leg-1']?.answer();
    await pass();
    expect(platform.speaker.now).toBe('off');
  });

  it('is answered once', async () => {
    const { server, client, told } = await ready();
    server.invite('leg-1');
    await pass();
    const call = client.calls['leg-1'];
    void call?.answer();
    await pass();
    void call?.answer();
    expect(told).toContain('warning 33006');
  });
});

describe('the line', () => {
  it('tells a refused sign-in, and tries no more', async () => {
    const { client, server, told } = door();
    server.reply('login', () => ({ error: { code: -32001, message: 'no' } }));
    await client.connect();
    await pass(60_000);
    expect(told).toEqual(['open', 'error 46001']);
  });

  it('keeps its options where other credentials are refused', async () => {
    const { client, server } = await ready();
    server.reply('login', () => ({ error: { code: -32001, message: 'no' } }));
    const before = client.options;
    const failed = vi.fn();
    const renewing = client.login({ creds: { login: 'x', password: 'y' }, onError: failed });
    await pass();
    await renewing;
    expect(failed).toHaveBeenCalledWith(expect.objectContaining({ code: 46001 }));
    expect(client.options).toBe(before);
  });
});

/** Anything that people and programs put where an option belongs. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(true, false, null, undefined, '', 'eu', 'auto', 'file', 'production', '127.0.0.1'),
  fc.constantFrom<unknown>(
    [],
    [{ urls: 'stun:a.example' }],
    [{ urls: 'turn:a.example' }],
    {},
    { enabled: true },
    -1,
    1e9,
  ),
  fc.string(),
  fc.integer(),
  fc.anything({ maxDepth: 2 }),
);
const names = [
  ...['login', 'password', 'login_token', 'anonymous_login', 'debug', 'debugOutput', 'env', 'forceRelayCandidate'],
  ...['iceServers', 'keepConnectionAliveOnSocketClose', 'mutedMicOnStart', 'prefetchIceCandidates', 'region'],
  ...['ringbackFile', 'ringtoneFile', 'rtcIp', 'rtcPort', 'trickleIce', 'useCanaryRtcServer', 'autoRecoverCalls'],
  ...['autoReconnect', 'maxReconnectAttempts', 'hangupOnBeforeUnload', 'skipLastVoiceSdkId', 'pushWhenActive'],
  ...['earlySdpAnswer', 'mediaPermissionsRecovery', 'userVariables', 'rtcHints', 'colour', '__proto__'],
];
const callNames = [
  ...['destinationNumber', 'id', 'callerName', 'callerNumber', 'remoteCallerName', 'clientState', 'customHeaders'],
  ...['preferred_codecs', 'micId', 'speakerId', 'userVariables', 'iceServers', 'forceRelayCandidate', 'trickleIce'],
  ...['prefetchIceCandidates', 'mutedMicOnStart', 'debug', 'debugOutput', 'colour'],
];
const some = (keys: readonly string[]) => fc.dictionary(fc.constantFrom(...keys), anything, { maxKeys: 6 });

/** What a refusal must be: named, and with every fault named. */
function named(thrown: unknown): void {
  if (thrown instanceof TelnyxError) return;
  if (!(thrown instanceof PhoneError)) throw thrown;
  expect(thrown.reason).toBe('bad-option');
  const faults = thrown.facts['faults'];
  expect(faults).toEqual(
    expect.arrayContaining([expect.objectContaining({ option: expect.any(String), allowed: expect.any(String) })]),
  );
}

describe('the options of one call', () => {
  const other = { destinationNumber: '+15550101' };

  it('give it an id and a name of its own on the wire', async () => {
    const { client, server } = await ready();
    const call = client.newCall({ ...other, id: 'mine-1', remoteCallerName: 'Dana' });
    await pass();
    expect(call.id).toBe('mine-1');
    expect(server.last('telnyx_rtc.invite')).toMatchObject({
      dialogParams: { callID: 'mine-1', remote_caller_id_name: 'Dana' },
    });
    expect(() => client.newCall({ ...other, id: 'mine-1' })).toThrow(
      expect.objectContaining({ reason: 'bad-option' }) as Error,
    );
  });

  it('mute it and gather for it alone; the speaker is that of all', async () => {
    const { client, platform } = await ready();
    client.newCall({ ...other, mutedMicOnStart: true, prefetchIceCandidates: true, speakerId: 'desk-speaker' });
    await pass();
    expect(platform.peer.muted).toBe(true);
    expect(platform.peer.options.prefetch).toBe(true);
    client.newCall(other);
    await pass();
    expect(platform.peers).toHaveLength(2);
    expect(platform.peer.muted).toBe(false);
    expect(platform.peer.options.prefetch).toBe(false);
    expect(platform.speaker.configured?.speaker).toBe('desk-speaker');
  });

  it('may not leave it without any route', async () => {
    const turn = [{ urls: 'turn:turn.example', username: 'u', credential: 'c' }];
    const { client, platform } = await ready({ ...LOGIN, forceRelayCandidate: true, iceServers: turn });
    const refused = expect.objectContaining({
      facts: { faults: [expect.objectContaining({ option: 'forceRelayCandidate' })] },
    }) as Error;
    expect(() => client.newCall({ ...other, iceServers: [] })).toThrow(refused);
    client.newCall(other);
    const plain = await ready();
    expect(() => plain.client.newCall({ ...other, forceRelayCandidate: true })).toThrow(refused);
    plain.client.newCall({ ...other, forceRelayCandidate: true, iceServers: turn });
    await pass();
    expect([platform.peer.options.relayOnly, plain.platform.peer.options.relayOnly]).toEqual([true, true]);
  });
});

describe('random options', () => {
  it('are refused by name, or make a client', () => {
    fc.assert(
      fc.property(some(names), fc.boolean(), (options, signed) => {
        const platform = new FakePlatform();
        try {
          new TelnyxClient({ ...(signed ? LOGIN : {}), ...options }, { ports: platform.ports });
        } catch (thrown) {
          named(thrown);
        }
        expect(platform.sockets).toEqual([]);
      }),
    );
  });

  it('of a call are refused whole, or make a call', async () => {
    await fc.assert(
      fc.asyncProperty(some(callNames), async (options) => {
        const { client, server, platform } = await ready();
        const told = platform.speaker.configured;
        try {
          client.newCall({ destinationNumber: '1', ...options });
        } catch (thrown) {
          named(thrown);
          await pass(10);
          expect(client.calls).toEqual({});
          expect(server.heard()).not.toContain('invite');
          expect(platform.speaker.configured).toBe(told);
          expect(platform.peers).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the name of a report', () => {
  it('is its moment in UTC, on every day of the calendar', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => {
        const iso = date.toISOString();
        const name = reportName({
          ...{ version: 1, id: '1a2b3c4d-0000', call: callId('c'), leg: legId('l'), direction: 'in', output: 'file' },
          ...{ startedAt: date.getTime(), endedAt: 0, timeline: [] },
          cause: { kind: 'hung-up-here', code: null, name: null, sipCode: null, sipReason: null, error: null },
        });
        expect(name).toBe(
          `call-${iso.slice(0, 10)}-${iso.slice(11, 13)}${iso.slice(14, 16)}-${iso.slice(17, 19)}-in-1a2b3c4d.json`,
        );
      }),
    );
  });
});
