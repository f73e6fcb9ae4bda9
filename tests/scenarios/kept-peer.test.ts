/** The line breaks, the peer is kept: what people hear, and what happens where the kept peer is of no use. */

import { afterEach, expect, it, vi } from 'vitest';
import { comesBack } from '../fakes/line-state';
import { sdp } from '../fakes/peer';
import { stage, type StageOptions } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

/** FreeSWITCH makes a new transport each time; what its lines do is in `rebuilt-peer.test.ts`. */
const KEEP: StageOptions = { options: { keepConnectionAliveOnSocketClose: true } };

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
