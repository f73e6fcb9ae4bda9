/** The sound breaks while the line lives: a new route for the same call, and when that will not do, the line anew. */

import { afterEach, expect, it, vi } from 'vitest';
import { sdp } from '../fakes/peer';
import { stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const TURN = [{ urls: 'turn:turn.example.com', username: 'u', credential: 'c' }];

it('restarts ICE by updateMedia when the connection failed, and the call never leaves active', async () => {
  const { platform, server, pass, call, talk, phases } = stage();
  const { leg } = await talk();
  platform.peer.fails();
  await pass();
  expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'stalled', signalling: 'up' });
  expect(server.last('modify')).toMatchObject({
    action: 'updateMedia',
    sdp: sdp('local-1-1'),
    dialogParams: { callID: leg },
  });
  expect(platform.peer.remoteSdp()).toBe(sdp('server-restarted'));
  platform.peer.flows();
  await pass();
  expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing', soundLostAt: null });
  expect(call().recoveredAt).not.toBeNull();
  expect(phases()).toEqual(['dialling', 'ringing', 'active']);
});

it('restarts with an offer that goes at once, and its candidates after it, where they trickle', async () => {
  const { platform, server, pass, talk } = stage({ options: { trickleIce: true } });
  const { leg } = await talk();
  platform.peer.fails();
  platform.peer.finds({ candidate: 'candidate:2', sdpMid: '0', sdpMLineIndex: 0 });
  await pass();
  platform.peer.finds(null);
  await pass();
  expect(server.heard().slice(-3)).toEqual(['modify', 'candidate', 'endOfCandidates']);
  expect(server.last('modify')).toMatchObject({ action: 'updateMedia', trickle: true });
  expect(server.last('candidate')).toMatchObject({ candidate: 'candidate:2', dialogParams: { callID: leg } });
});

it('keeps a held call held through an ICE restart', async () => {
  const { phone, platform, pass, call, talk } = stage();
  const { id } = await talk();
  await Promise.all([phone.hold(id, true), pass()]);
  platform.peer.fails();
  await pass();
  platform.peer.flows();
  await pass();
  expect(call().state).toMatchObject({ phase: 'active', held: true });
});

it('restarts when nothing was heard for three seconds, once a silence, and not while held', async () => {
  const { phone, platform, server, pass, talk } = stage();
  const { id } = await talk();
  const restarts = (): number =>
    server.requests('modify').filter(({ params }) => params['action'] === 'updateMedia').length;
  platform.peer.stalls();
  await pass(1000);
  expect(restarts()).toBe(1);
  await pass(60_000);
  expect(restarts()).toBe(1);
  platform.peer.flows();
  await pass(10_000);
  await Promise.all([phone.hold(id, true), pass()]);
  platform.peer.stalls();
  await pass(60_000);
  expect(restarts()).toBe(1);
});

it('waits a moment before it believes a disconnection', async () => {
  const { platform, server, pass, talk } = stage();
  await talk();
  platform.peer.disconnects();
  await pass(1000);
  platform.peer.flows();
  await pass(10_000);
  expect(server.requests('modify')).toHaveLength(0);
});

it('never restarts twice at a time', async () => {
  const { platform, server, pass, talk } = stage();
  await talk();
  server.reply('modify', () => null);
  platform.peer.fails();
  platform.peer.disconnects();
  platform.peer.fails();
  await pass(4000);
  expect(server.requests('modify')).toHaveLength(1);
});

it('waits for the answer to one restart, however long it takes, before it asks for another', async () => {
  const { platform, server, pass, call, talk } = stage();
  await talk();
  server.reply('modify', () => null);
  platform.peer.fails();
  await pass(1000);
  platform.peer.flows();
  await pass(5000);
  platform.peer.fails();
  await pass(3000);
  expect(server.requests('modify')).toHaveLength(1);
  platform.peer.flows();
  await pass(10_000);
  expect(platform.sockets).toHaveLength(1);
  server.restore('modify');
  platform.peer.fails();
  await pass();
  expect(server.requests('modify')).toHaveLength(2);
  platform.peer.flows();
  await pass();
  expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
});

it.each([
  ['refused', () => ({ error: { code: -32002, message: 'no' } })],
  ['answered without a description', () => ({ result: { action: 'updateMedia' } })],
])('takes another socket and an attach where the restart is %s', async (_how, reply) => {
  const { platform, server, pass, call, talk } = stage();
  const { leg } = await talk();
  server.reply('modify', reply);
  server.reattached = [leg];
  platform.peer.fails();
  await pass(250);
  expect(platform.sockets).toHaveLength(2);
  server.attach(leg);
  await pass();
  platform.peer.flows();
  await pass();
  expect(platform.peers).toHaveLength(2);
  expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
});

it('asks nothing while the line is away, and asks when it is back', async () => {
  const { platform, server, pass, call, talk } = stage({ options: { keepConnectionAliveOnSocketClose: true } });
  const { leg } = await talk();
  server.reattached = [leg];
  server.socket.drop();
  platform.peer.fails();
  await pass();
  expect(call().state.phase).toBe('recovering');
  expect(server.requests('modify')).toHaveLength(0);
  await pass(250 + 1000);
  expect(server.requests('modify')).toHaveLength(1);
  platform.peer.flows();
  await pass();
  expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
});

it('goes over a relay where a call that was brought back stalls again', async () => {
  const { platform, server, pass, talk } = stage({ options: { iceServers: TURN } });
  const { leg } = await talk();
  server.reattached = [leg];
  server.socket.drop();
  await pass(250);
  server.attach(leg);
  await pass();
  platform.peer.flows();
  await pass();
  platform.peer.fails();
  await pass();
  expect(platform.peer.asked).toContain('restart relay');
});

it.each([
  ['goes over a relay', 'host', 'restart relay'],
  ['looks for any other way, where it led over a relay already,', 'relay', 'restart'],
] as const)('%s when a path breaks again that was mended once', async (_what, pathType, asked) => {
  const { platform, server, pass, talk } = stage({ options: { iceServers: TURN } });
  await talk();
  platform.peer.pathType = pathType;
  platform.peer.fails();
  await pass();
  platform.peer.flows();
  await pass(10_000);
  expect(platform.peer.asked.at(-1)).toBe('accept');
  expect(platform.peer.asked).toContain('restart');
  platform.peer.asked.length = 0;
  platform.peer.fails();
  await pass();
  expect(platform.peer.asked).toEqual([asked, 'accept']);
  expect(server.requests('modify')).toHaveLength(2);
});

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

it('tells candidates one by one, after the invite that they belong to, and their end', async () => {
  const { phone, platform, server, pass } = stage({ options: { trickleIce: true } });
  await pass();
  platform.microphoneDelayMs = 10;
  phone.dial({ to: '100' });
  platform.peer.finds({ candidate: 'candidate:pooled', sdpMid: '0', sdpMLineIndex: 0 });
  await pass(10);
  platform.peer.finds({ candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 });
  platform.peer.finds(null);
  await pass();
  expect(server.heard().slice(2)).toEqual(['invite', 'candidate', 'candidate', 'endOfCandidates']);
  expect(server.last('invite')).toMatchObject({ trickle: true });
  expect(server.last('candidate')).toMatchObject({
    candidate: 'candidate:1',
    sdpMid: '0',
    sdpMLineIndex: 0,
    dialogParams: { callID: server.leg() },
  });
  expect(server.last('endOfCandidates')).toMatchObject({ endOfCandidates: true });
});

it('tells no candidates where they are not to be told', async () => {
  const { phone, platform, server, pass } = stage();
  await pass();
  phone.dial({ to: '100' });
  await pass();
  platform.peer.finds({ candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 });
  await pass();
  expect(server.heard()).not.toContain('candidate');
  expect(server.last('invite')).not.toHaveProperty('trickle');
});
