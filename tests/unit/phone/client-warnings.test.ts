/** What the seed's door warns of in a running call: each code from the fact that makes it. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TelnyxClient, type ClientOptions } from '../../../lib/phone';
import type { PeerStats } from '../../../lib/phone/ports';
import { FakePlatform } from '../../fakes/platform';
import { FakeServer } from '../../fakes/server';

const LOGIN = { login: 'agent042', password: 'example-only', iceServers: [] } as const;

beforeEach(() => vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterEach(() => vi.useRealTimers());

const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function talking(options: ClientOptions = LOGIN) {
  const platform = new FakePlatform();
  const server = new FakeServer(platform);
  const client = new TelnyxClient(options, { ports: platform.ports });
  const warned: number[] = [];
  const failed: number[] = [];
  client.on('telnyx.warning', ({ warning }) => warned.push(warning.code));
  client.on('telnyx.error', ({ error }) => failed.push(error.code));
  await client.connect();
  await pass();
  const call = client.newCall({ destinationNumber: '+15550100' });
  await pass();
  server.ringing(call.id);
  server.media(call.id);
  await pass();
  server.answer(call.id);
  platform.peer.flows();
  await pass();
  return { platform, server, client, call, warned, failed };
}

const SECONDS = 1000;

describe('the sound of a call', () => {
  it.each<[number, Partial<PeerStats>]>([
    [31001, { roundTripMs: 401 }],
    [31002, { jitterMs: 31 }],
    [31004, { roundTripMs: 900 }],
    [31005, { levels: { you: 0, them: 0.4 } }],
    [31006, { levels: { you: 0.2, them: 0 } }],
    [32001, { bytesReceived: 7 }],
    [32002, { bytesSent: 7 }],
  ])('is warned of with %i after three seconds in a row, and again after fifteen', async (code, measured) => {
    const { platform, warned } = await talking();
    await pass(1 * SECONDS);
    platform.peer.measured = measured;
    await pass(2 * SECONDS);
    expect(warned).toEqual([]);
    // A frozen counter shows from its second reading on; who was heard once has a pause of thirty seconds.
    await pass((code === 31005 || code === 31006 ? 30 : 2) * SECONDS);
    const times = (): number => warned.filter((other) => other === code).length;
    expect(times()).toBe(1);
    await pass(11 * SECONDS);
    expect(times()).toBe(1);
    await pass(6 * SECONDS);
    expect(times()).toBe(2);
  });

  it('is warned of with 31003 where packets go missing', async () => {
    const { platform, warned } = await talking();
    for (let second = 1; second <= 5; second++) {
      platform.peer.packetsReceived += 50;
      platform.peer.measured = { packetsLost: second * 5 };
      await pass(1 * SECONDS);
    }
    expect(warned).toContain(31003);
  });

  it('is not warned of after seconds that do not follow each other', async () => {
    const { platform, warned } = await talking();
    for (const jitterMs of [31, 31, 2, 31, 31, 2]) {
      platform.peer.measured = { jitterMs };
      await pass(1 * SECONDS);
    }
    expect(warned).toEqual([]);
  });

  it('may be silent from here while it is muted, and from there while it is held', async () => {
    const { platform, call, warned } = await talking();
    platform.peer.measured = { levels: { you: 0, them: 0 }, bytesReceived: 7 };
    call.muteAudio();
    const holding = call.hold();
    await pass();
    expect(await holding).toBe(true);
    await pass(60 * SECONDS);
    expect(warned).toEqual([]);
  });

  it('takes another path, which is told at once', async () => {
    const { platform, warned } = await talking();
    platform.peer.measured = { pair: 'one' };
    await pass(1 * SECONDS);
    platform.peer.measured = { pair: 'two' };
    await pass(1 * SECONDS);
    expect(warned).toEqual([33008]);
  });
});

describe('the paths of a call', () => {
  const candidate = (kind: string) => ({
    candidate: `candidate:1 1 udp 1 192.0.2.7 50000 typ ${kind}`,
    sdpMid: '0',
    sdpMLineIndex: 0,
  });
  const withServers = { ...LOGIN, iceServers: [{ urls: 'stun:stun.example' }] };

  it('are warned of where gathering is slow, and where nothing is found', async () => {
    const { platform, warned } = await talking();
    platform.peer.events.emit('state', 'gathering', 'gathering');
    await pass(15 * SECONDS);
    expect(warned).toEqual([33003]);
    platform.peer.events.emit('state', 'gathering', 'gathering');
    platform.peer.finds(candidate('host'));
    await pass(15 * SECONDS);
    expect(warned).toEqual([33003, 33002]);
  });

  it('are warned of where no server answered, but not where none was asked', async () => {
    for (const [options, expected] of [
      [withServers, [33005]],
      [LOGIN, []],
    ] as const) {
      const { platform, warned } = await talking(options);
      platform.peer.events.emit('state', 'gathering', 'gathering');
      platform.peer.finds(candidate('host'));
      platform.peer.events.emit('state', 'gathering', 'complete');
      await pass(20 * SECONDS);
      expect(warned).toEqual(expected);
    }
  });

  it.each([
    ['connected', []],
    ['failed', [33005]],
  ])('that were still looked for when it %s are judged by that', async (ice, expected) => {
    const { platform, warned } = await talking(withServers);
    platform.peer.events.emit('state', 'gathering', 'gathering');
    platform.peer.finds(candidate('host'));
    platform.peer.events.emit('state', 'ice', 'checking');
    platform.peer.events.emit('state', 'gathering', 'complete');
    platform.peer.events.emit('state', 'ice', ice);
    await pass(20 * SECONDS);
    expect(warned).toEqual(expected);
  });

  it('are no matter after the end', async () => {
    const { platform, call, warned } = await talking();
    platform.peer.events.emit('state', 'gathering', 'gathering');
    await call.hangup();
    await pass(20 * SECONDS);
    expect(warned).toEqual([]);
  });
});

describe('what a server or a program repeats', () => {
  it('is a second answer, which changes nothing', async () => {
    const { server, call, warned } = await talking();
    server.answer(call.id);
    await pass();
    expect(warned).toEqual([33007]);
    expect(call.state).toBe('active');
  });

  it('is another microphone for a call that has none: it is not opened', async () => {
    const { server, client, platform, warned } = await talking();
    server.invite('leg-9');
    await pass();
    const opened = platform.microphones.length;
    await client.calls['leg-9']?.setAudioInDevice('usb');
    expect(warned).toContain(33009);
    expect(platform.microphones).toHaveLength(opened);
  });

  it('is an end that the server refuses: it ended here all the same', async () => {
    const { server, call, failed } = await talking();
    server.reply('telnyx_rtc.bye', () => ({ error: { code: -32002, message: 'no' } }));
    await call.hangup();
    await pass();
    expect(call.state).toBe('destroy');
    expect(failed).toEqual([44003]);
  });
});
