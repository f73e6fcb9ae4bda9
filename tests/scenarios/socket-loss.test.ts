/** The line to the server breaks while people talk: what they hear, what the server is told, what the card shows. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { sdp } from '../fakes/peer';
import { stage, type Stage, type StageOptions } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const KEEP: StageOptions = { options: { keepConnectionAliveOnSocketClose: true } };

/** Back on a new socket, with the old session, within the first quarter of a second. */
async function comesBack({ platform, server, pass }: Stage): Promise<void> {
  const before = platform.sockets.length;
  await pass(250);
  expect(platform.sockets.length).toBe(before + 1);
  expect(platform.socket.url).toContain('voice_sdk_id=VSDK-1');
  expect(server.last('login')).toMatchObject({ reconnection: true, sessid: 'session-1' });
}

describe('keep', () => {
  it.each([[1000], [1001], [1006], [1011], [4014], [null]])(
    'touches no sound when the socket closes with %s',
    async (code) => {
      const play = stage(KEEP);
      const { platform, server, pass, call, talk } = play;
      const { leg } = await talk();
      server.reattached = [leg];
      server.socket.drop(code);
      await pass();
      expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing', signalling: 'lost' });
      await comesBack(play);
      server.attach(leg, sdp('server-1'));
      platform.peer.packetsReceived += 10;
      await pass();
      expect(server.last('attach')).toMatchObject({ sdp: sdp('local-1'), dialogParams: { callID: leg, attach: true } });
      platform.peer.packetsReceived += 100;
      await pass(3000);
      expect(platform.peers).toHaveLength(1);
      expect(platform.microphones).toHaveLength(1);
      expect(server.heard().filter((verb) => verb === 'attach' || verb === 'bye')).toEqual(['attach']);
      expect(call()).toMatchObject({
        state: { phase: 'active' },
        sound: 'flowing',
        signalling: 'up',
        signallingLostAt: null,
      });
    },
  );

  it('rebuilds with the same microphone where the kept peer hears nothing for two seconds', async () => {
    const play = stage(KEEP);
    const { platform, server, pass, call, talk } = play;
    const { leg } = await talk();
    server.reattached = [leg];
    server.socket.drop();
    await comesBack(play);
    server.attach(leg, sdp('server-1'));
    await pass(2000);
    expect(platform.peers).toHaveLength(2);
    const [old, fresh] = platform.peers;
    expect(old?.closed).toBe(false);
    expect(fresh?.microphone).toBe(old?.microphone);
    fresh?.flows();
    await pass();
    expect(old?.closed).toBe(true);
    expect(call().state.phase).toBe('active');
    expect(platform.openMicrophones).toHaveLength(1);
  });

  it('rebuilds where the server refuses to go on with the kept peer', async () => {
    const play = stage(KEEP);
    const { platform, server, pass, call, talk } = play;
    const { leg } = await talk();
    let attaches = 0;
    server.reply('attach', () => {
      attaches += 1;
      return attaches === 1 ? { error: { code: -32002, message: 'no' } } : { result: {} };
    });
    server.kept = [{ call: leg, sdp: sdp('server-1') }];
    server.socket.drop();
    await comesBack(play);
    await pass();
    const [old, fresh] = platform.peers;
    expect(old?.closed).toBe(false);
    fresh?.flows();
    await pass();
    expect(old?.closed).toBe(true);
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing', legs: { id: leg } });
    expect(server.heard()).not.toContain('bye');
  });

  it('comes back held where it was held, and looks for no packets', async () => {
    const play = stage(KEEP);
    const { phone, platform, server, pass, call, talk } = play;
    const { id, leg } = await talk();
    await Promise.all([phone.hold(id, true), pass()]);
    server.reattached = [leg];
    server.socket.drop();
    await comesBack(play);
    server.attach(leg, sdp('server-1'));
    await pass(5000);
    expect(platform.peers).toHaveLength(1);
    expect(call().state).toMatchObject({ phase: 'active', held: true });
  });

  it('goes on where the leg is listed and no attach follows', async () => {
    const play = stage(KEEP);
    const { platform, server, pass, call, talk } = play;
    const { leg } = await talk();
    server.reattached = [leg];
    server.socket.drop();
    await comesBack(play);
    await pass(60_000);
    expect(platform.peers).toHaveLength(1);
    expect(call()).toMatchObject({ state: { phase: 'active' }, signalling: 'up' });
  });
});

it('does nothing more for a call that the person ends while it comes back', async () => {
  const play = stage(KEEP);
  const { phone, platform, server, pass, talk } = play;
  await pass(100);
  const idle = vi.getTimerCount();
  const { id, leg } = await talk();
  server.reattached = [leg];
  server.socket.drop();
  await comesBack(play);
  let attached: (() => void) | null = null;
  server.reply('attach', ({ id: request }) => {
    attached = () => server.socket.say({ jsonrpc: '2.0', id: request, result: {} });
    return null;
  });
  server.attach(leg, sdp('server-1'));
  await pass();
  phone.hangUp(id);
  await pass();
  (attached as (() => void) | null)?.();
  await pass(100);
  phone.dismiss(id);
  await pass(100);
  expect(vi.getTimerCount()).toBe(idle);
  expect(platform.openMicrophones).toEqual([]);
});

describe('rebuild', () => {
  it.each([
    ['the option is off', {}, sdp('server-1'), false],
    ['the browser destroyed the peer', KEEP, sdp('server-1'), true],
    ['the server comes with new ICE credentials', KEEP, sdp('server-2'), false],
    ['the server comes with a new fingerprint', KEEP, sdp('server-1', 'BB'), false],
  ])('makes before it breaks where %s', async (_why, how, offer, sleeps) => {
    const play = stage(how);
    const { phone, platform, server, pass, call, talk } = play;
    const { id, leg } = await talk();
    phone.mute(id, true);
    const [old] = platform.peers;
    if (sleeps) old?.sleeps();
    server.reattached = [leg];
    server.socket.drop();
    await comesBack(play);
    server.attach(leg, offer);
    await pass();
    const [, fresh] = platform.peers;
    expect(fresh?.remoteSdp()).toBe(offer);
    expect(fresh?.microphone).toBe(old?.microphone);
    expect(fresh?.muted).toBe(true);
    expect(old?.closed).toBe(false);
    expect(server.last('attach')).toMatchObject({ sdp: sdp('local-2'), dialogParams: { callID: leg, attach: true } });
    fresh?.flows();
    await pass();
    expect(old?.closed).toBe(true);
    expect(platform.microphones).toHaveLength(1);
    expect(server.heard()).not.toContain('bye');
    expect(call()).toMatchObject({
      id,
      state: { phase: 'active' },
      legs: { id: leg, recoveredFrom: null },
      muted: true,
    });
  });

  it('changes over at once where the new peer is heard before the server says that it took the answer', async () => {
    const play = stage();
    const { platform, server, pass, call, talk } = play;
    const { leg } = await talk();
    server.reattached = [leg];
    server.socket.drop();
    await comesBack(play);
    let attached: (() => void) | null = null;
    server.reply('attach', ({ id }) => {
      attached = () => server.socket.say({ jsonrpc: '2.0', id, result: {} });
      return null;
    });
    server.attach(leg);
    await pass();
    platform.peer.flows();
    await pass(1000);
    (attached as (() => void) | null)?.();
    await pass();
    expect(platform.peers.map(({ closed }) => closed)).toEqual([true, false]);
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing', signalling: 'up' });
  });

  it('takes an attach that comes before clientReady', async () => {
    const play = stage();
    const { platform, server, pass, call, talk } = play;
    const { leg } = await talk();
    server.saysReady = false;
    server.socket.drop();
    await comesBack(play);
    server.attach(leg);
    await pass();
    expect(server.heard().at(-1)).toBe('attach');
    platform.peer.flows();
    server.say('telnyx_rtc.clientReady', { reattached_sessions: [leg] });
    await pass();
    expect(call()).toMatchObject({ state: { phase: 'active' }, signalling: 'up' });
  });

  it('answers an attach on a live socket', async () => {
    const { platform, server, pass, call, talk } = stage();
    const { leg } = await talk();
    server.attach(leg);
    await pass();
    platform.peer.flows();
    await pass();
    expect(platform.peers.map(({ closed }) => closed)).toEqual([true, false]);
    expect(call().state.phase).toBe('active');
  });

  it('brings two calls back, each by itself', async () => {
    const play = stage();
    const { phone, platform, server, pass, talk } = play;
    const first = await talk('+15550100');
    const second = await talk('+15550101');
    server.reattached = [first.leg, second.leg];
    server.socket.drop();
    await comesBack(play);
    server.attach(second.leg);
    server.attach(first.leg);
    await pass();
    for (const peer of platform.peers.slice(2)) peer.flows();
    await pass();
    expect(phone.snapshot().calls).toMatchObject([
      { id: first.id, state: { phase: 'active', held: true } },
      { id: second.id, state: { phase: 'active', held: false } },
    ]);
    expect(platform.peers.map(({ closed }) => closed)).toEqual([true, true, false, false]);
  });

  it('ends as lost, with BYE, where the new peer cannot answer', async () => {
    const play = stage();
    const { platform, server, pass, call, talk } = play;
    const { leg } = await talk();
    const { PhoneError } = await import('../../lib/phone/model/errors');
    platform.peer.stalls();
    server.reattached = [leg];
    server.socket.drop();
    platform.onPeer = (peer) => (peer.failNext = new PhoneError('negotiation'));
    await comesBack(play);
    server.attach(leg);
    await pass();
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'lost', error: { reason: 'negotiation' } } });
    expect(server.heard().at(-1)).toBe('bye');
    expect(platform.openMicrophones).toEqual([]);
  });
});

describe('what does not come back', () => {
  it('ends as lost where the server lists other legs', async () => {
    const play = stage(KEEP);
    const { server, platform, pass, call, talk } = play;
    await talk();
    server.socket.drop();
    await comesBack(play);
    await pass();
    expect(call().state).toMatchObject({
      phase: 'ended',
      cause: { kind: 'lost', error: { reason: 'not-reattached' } },
    });
    expect(platform.openMicrophones).toEqual([]);
  });

  it('ends as lost where both strands are gone, the leg is listed, and nothing follows', async () => {
    const play = stage(KEEP);
    const { server, platform, pass, call, talk } = play;
    const { leg } = await talk();
    server.reattached = [leg];
    server.socket.drop();
    platform.peer.fails();
    await pass();
    expect(call().state.phase).toBe('recovering');
    server.reply('modify', () => null);
    await comesBack(play);
    await pass(60_000);
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'lost' } });
  });

  it('refuses a leg that the person ended while offline, and opens no microphone for it', async () => {
    const play = stage(KEEP);
    const { phone, server, platform, pass, talk } = play;
    const { id, leg } = await talk();
    server.socket.drop();
    phone.hangUp(id);
    server.reattached = [leg];
    await comesBack(play);
    server.attach(leg);
    await pass();
    expect(server.heard().filter((verb) => verb === 'attach')).toEqual([]);
    expect(server.last('bye')).toMatchObject({ dialogParams: { callID: leg } });
    expect(platform.openMicrophones).toEqual([]);
    expect(platform.peers).toHaveLength(1);
  });

  it('refuses a leg that nobody here knows', async () => {
    const { server, platform, pass, phone } = stage();
    await pass();
    server.attach('strange-leg');
    await pass();
    expect(server.last('bye')).toMatchObject({ dialogParams: { callID: 'strange-leg' } });
    expect(platform.microphones).toHaveLength(0);
    expect(phone.snapshot().calls).toEqual([]);
  });
});

it('waits for the person where calls are not to come back by themselves', async () => {
  const play = stage({ options: { autoRecoverCalls: false } });
  const { phone, platform, server, pass, call, talk } = play;
  const { id, leg } = await talk();
  server.reattached = [leg];
  server.socket.drop();
  await comesBack(play);
  server.attach(leg);
  await pass();
  expect(call().state).toMatchObject({ phase: 'recovering', waitsForPerson: true });
  expect(server.heard()).not.toContain('attach');
  phone.resume(id);
  await pass();
  platform.peer.flows();
  await pass();
  expect(call().state.phase).toBe('active');
});

it('invites again, under another id, where the server never got the invite', async () => {
  const play = stage();
  const { phone, server, platform, pass, call } = play;
  await pass();
  server.reply('invite', () => null);
  phone.dial({ to: '100' });
  await pass();
  const first = server.leg();
  server.socket.drop();
  server.restore('invite');
  await comesBack(play);
  await pass();
  const second = server.leg();
  expect(second).not.toBe(first);
  server.media(second);
  server.answer(second);
  platform.peer.flows();
  await pass();
  expect(call().state.phase).toBe('active');
});

it('misses a ringing call that the server did not keep', async () => {
  const play = stage();
  const { server, pass, ended } = play;
  await pass();
  server.invite('leg-in');
  await pass();
  server.socket.drop();
  await comesBack(play);
  await pass();
  expect(ended).toMatchObject([{ cause: { kind: 'missed' } }]);
});

it('keeps a ringing call that the server kept, and answers it on the new socket', async () => {
  const play = stage();
  const { phone, server, platform, pass, call } = play;
  await pass();
  server.invite('leg-in');
  await pass();
  server.reattached = ['leg-in'];
  server.socket.drop();
  await comesBack(play);
  expect(call().state.phase).toBe('ringing');
  await Promise.all([phone.answer(call().id), pass()]);
  expect(server.last('answer')).toMatchObject({ dialogParams: { callID: 'leg-in' } });
  platform.peer.flows();
  await pass();
  expect(call().state.phase).toBe('active');
});
