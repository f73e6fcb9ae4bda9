/** The line comes back and the call does not, or not by itself: lost, ended meanwhile, or waiting for the person. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { comesBack } from '../fakes/line-state';
import { sdp } from '../fakes/peer';
import type { StageOptions } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const KEEP: StageOptions = { options: { keepConnectionAliveOnSocketClose: true } };

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

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
});
