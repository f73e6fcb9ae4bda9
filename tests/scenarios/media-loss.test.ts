/** The sound breaks while the line lives: a new route for the same call. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { sdp } from '../fakes/peer';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const TURN = [{ urls: 'turn:turn.example.com', username: 'u', credential: 'c' }];

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

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
