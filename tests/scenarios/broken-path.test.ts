/** A route that will not mend: the line anew, the call rebuilt under its id, and never without end. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { sdp } from '../fakes/peer';
import { DIALECTS, stageOver } from '../fakes/dialects';

afterEach(() => {
  vi.useRealTimers();
});

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('lets a late answer to a restart fall that came for a peer replaced meanwhile', async () => {
    const { platform, server, pass, call, talk } = stage();
    const { leg } = await talk();
    let answer: (() => void) | null = null;
    server.reply('modify', ({ id }) => {
      const { socket } = server;
      answer = () => socket.say({ jsonrpc: '2.0', id, result: { action: 'updateMedia', sdp: sdp('late') } });
      return null;
    });
    platform.peer.fails();
    await pass();
    server.attach(leg);
    await pass();
    platform.peer.flows();
    await pass();
    (answer as (() => void) | null)?.();
    await pass(20_000);
    expect(platform.peers.map((peer) => peer.remoteSdp())).not.toContain(sdp('late'));
    expect(platform.sockets).toHaveLength(1);
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
  });

  it('does not count a restart as tried that a dead line swallowed: the call is rebuilt under its own id', async () => {
    const { platform, server, pass, call, talk } = stage({ options: { keepConnectionAliveOnSocketClose: true } });
    const { leg } = await talk();
    server.kept = [{ call: leg, sdp: sdp('server-1') }];
    platform.socket.deaf = true;
    platform.peer.fails();
    await pass(5000 + 2500 + 250);
    expect(platform.sockets).toHaveLength(2);
    expect(platform.peers).toHaveLength(2);
    platform.peer.flows();
    await pass();
    expect(server.heard().filter((verb) => verb === 'invite' || verb === 'bye')).toEqual(['invite']);
    expect(call()).toMatchObject({
      state: { phase: 'active' },
      sound: 'flowing',
      legs: { id: leg, recoveredFrom: null },
    });
  });

  it('takes another socket where the server lives and will not answer the restart', async () => {
    const { platform, server, pass, call, talk } = stage();
    const { leg } = await talk();
    server.reply('modify', () => null);
    server.kept = [{ call: leg, sdp: sdp('server-2') }];
    platform.peer.fails();
    await pass(4999);
    expect(platform.sockets).toHaveLength(1);
    await pass(251);
    expect(platform.sockets).toHaveLength(2);
    platform.peer.flows();
    await pass(20_000);
    expect(platform.sockets).toHaveLength(2);
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
  });

  it('looks again, as soon as it may, where the mended path breaks at once', async () => {
    const { platform, server, pass, talk } = stage();
    await talk();
    platform.peer.fails();
    await pass(1000);
    platform.peer.flows();
    await pass(1000);
    platform.peer.fails();
    await pass(2999);
    expect(server.requests('modify')).toHaveLength(1);
    await pass(1);
    expect(server.requests('modify')).toHaveLength(2);
  });

  it('notices, once it is held no more, that the path died meanwhile', async () => {
    const { phone, platform, server, pass, call, talk } = stage();
    const { id } = await talk();
    await Promise.all([phone.hold(id, true), pass()]);
    platform.peer.stalls();
    await pass(60_000);
    expect(call().soundLostAt).toBeNull();
    await Promise.all([phone.hold(id, false), pass()]);
    await pass(2000);
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'stalled', soundLostAt: Date.now() });
    await pass(1000);
    expect(server.last('modify')).toMatchObject({ action: 'updateMedia' });
  });

  it('looks for no path where sound comes again as soon as it is held no more', async () => {
    const { phone, platform, server, pass, call, talk } = stage();
    const { id } = await talk();
    await Promise.all([phone.hold(id, true), pass()]);
    platform.peer.stalls();
    await pass(60_000);
    await Promise.all([phone.hold(id, false), pass()]);
    platform.peer.flows();
    await pass(20_000);
    expect(call()).toMatchObject({ sound: 'flowing', soundLostAt: null, recoveredAt: null });
    expect(server.requests('modify').map(({ params }) => params['action'])).toEqual(['hold', 'unhold']);
  });

  it('does not say that a call is back whose new peer finds no path, and tells it lost after five minutes', async () => {
    const { platform, server, pass, call, talk, ended } = stage();
    const { leg } = await talk();
    server.kept = [{ call: leg, sdp: sdp('server-2') }];
    platform.peer.fails();
    server.reply('modify', () => ({ error: { code: -32002, message: 'no' } }));
    await pass(250 + 5000);
    expect(platform.peers.length).toBeGreaterThan(1);
    expect(call().state.phase).toBe('recovering');
    await pass(300_000);
    expect(ended).toMatchObject([{ cause: { kind: 'lost' } }]);
    expect(platform.openMicrophones).toEqual([]);
  });

  it('gives up two sockets at most for a path that stays broken, and then tries the path alone until it works', async () => {
    const { platform, server, pass, call, talk } = stage();
    const { leg } = await talk();
    server.kept = [{ call: leg, sdp: sdp('server-2') }];
    platform.onPeer = (peer) => {
      setTimeout(() => peer.fails(), 100);
    };
    platform.peer.fails();
    await pass(60_000);
    expect(platform.sockets).toHaveLength(3);
    const restarts = server.requests('modify').length;
    await pass(40_000);
    expect(server.requests('modify').length).toBeGreaterThan(restarts);
    expect(platform.sockets).toHaveLength(3);
    expect(call().state.phase).toBe('recovering');
    platform.peer.flows();
    await pass();
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
  });

  it('looks for a path of a held call whose new peer failed before it took over', async () => {
    const { phone, platform, server, pass, call, talk } = stage();
    const { id, leg } = await talk();
    await Promise.all([phone.hold(id, true), pass()]);
    server.kept = [{ call: leg, sdp: sdp('server-2') }];
    server.socket.drop();
    await pass(250);
    platform.peer.fails();
    await pass(6000);
    expect(server.last('modify')).toMatchObject({ action: 'updateMedia' });
    expect(call().state).toMatchObject({ phase: 'recovering', held: true });
    platform.peer.connects();
    await pass(1000);
    expect(platform.sockets).toHaveLength(2);
  });

  it('brings it back as soon as the late path is heard', async () => {
    const { platform, server, pass, call, talk } = stage();
    const { leg } = await talk();
    server.kept = [{ call: leg, sdp: sdp('server-2') }];
    platform.peer.stalls();
    server.socket.drop();
    await pass(250 + 5000);
    expect(call().state.phase).toBe('recovering');
    platform.peer.flows();
    await pass();
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
  });
});
