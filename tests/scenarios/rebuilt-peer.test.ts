/** The line breaks, and the call comes back over a new peer: made before the old one is given up. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { comesBack } from '../fakes/line-state';
import { PhoneError } from '../../lib/phone/model/errors';
import { sdp } from '../fakes/peer';
import type { StageOptions } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const KEEP: StageOptions = { options: { keepConnectionAliveOnSocketClose: true } };

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

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
    expect(server.last('attach')).toMatchObject({ sdp: sdp('local-2'), dialogParams: { callID: leg } });
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
    server.tell('clientReady', { reattached_sessions: [leg] });
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
