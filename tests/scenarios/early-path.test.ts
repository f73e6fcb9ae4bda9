/** The route of a call that is not answered yet, or was answered before it connected. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { sdp } from '../fakes/peer';
import { DIALECTS, stageOver } from '../fakes/dialects';

afterEach(() => {
  vi.useRealTimers();
});

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('asks for no path of a call that is not answered, however often the line comes back', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.rings(server.leg());
    await pass();
    platform.peer.fails();
    server.reattached = [server.leg()];
    server.socket.drop();
    await pass(60_000);
    expect(platform.sockets).toHaveLength(2);
    expect(server.heard()).not.toContain('modify');
    expect(call().state.phase).toBe('ringing');
  });

  it('looks for another path as soon as a call is answered whose early media had lost its own', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.media(server.leg());
    await pass();
    platform.peer.flows();
    await pass();
    platform.peer.fails();
    await pass(1000);
    expect(server.heard()).not.toContain('modify');
    server.reply('modify', () => ({ result: { action: 'updateMedia', sdp: sdp('server-3') } }));
    server.answer(server.leg());
    await pass();
    expect(server.last('modify')).toMatchObject({ action: 'updateMedia' });
    platform.peer.flows();
    await pass();
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
  });

  it('looks for another path where an answered call is long not connected', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.media(server.leg());
    server.answer(server.leg());
    await pass(4000);
    expect(server.heard()).not.toContain('modify');
    server.reply('modify', () => ({ result: { action: 'updateMedia', sdp: sdp('server-3') } }));
    await pass(1000);
    expect(server.last('modify')).toMatchObject({ action: 'updateMedia' });
    platform.peer.flows();
    await pass();
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
  });

  it('takes another peer where one that failed before it ever connected is connected by a restart, and mute', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.media(server.leg());
    server.answer(server.leg());
    const leg = server.leg();
    await pass();
    server.reply('modify', () => ({ result: { action: 'updateMedia', sdp: sdp('server-2') } }));
    server.kept = [{ call: leg, sdp: sdp('server-3') }];
    platform.peer.fails();
    await pass();
    platform.peer.events.emit('connection', 'connected');
    await pass(2999);
    expect(platform.sockets).toHaveLength(1);
    const mute = platform.peer;
    await pass(251);
    expect(platform.sockets).toHaveLength(2);
    expect(platform.peer).not.toBe(mute);
    platform.peer.flows();
    await pass(20_000);
    expect(platform.sockets).toHaveLength(2);
    expect(call()).toMatchObject({
      state: { phase: 'active' },
      sound: 'flowing',
      legs: { id: leg, recoveredFrom: null },
    });
  });

  it('leaves a peer alone that a restart connected and that is heard in time', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.media(server.leg());
    server.answer(server.leg());
    await pass();
    server.reply('modify', () => ({ result: { action: 'updateMedia', sdp: sdp('server-2') } }));
    platform.peer.fails();
    await pass();
    platform.peer.events.emit('connection', 'connected');
    await pass(2000);
    platform.peer.flows();
    await pass(20_000);
    expect(platform.sockets).toHaveLength(1);
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
  });

  it('ends a call that is answered and never connects', async () => {
    const { phone, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.answer(server.leg(), sdp('server-1'));
    await pass(20_000);
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'failed', error: { reason: 'negotiation' } } });
    expect(server.heard().at(-1)).toBe('bye');
  });

  it('begins the talk of a far side that is silent but connected', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.answer(server.leg(), sdp('server-1'));
    await pass();
    platform.peer.events.emit('connection', 'connected');
    await pass(1500);
    expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'none' });
  });
});
