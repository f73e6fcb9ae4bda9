/** FreeSWITCH's way of losing a socket: no sound while away, an attach before ready, and a transport that is new. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { gatewayStage, waitUntil, type Actor, type GatewayStage } from '../fakes/gateway-stage';

let stage: GatewayStage;

beforeEach(async () => {
  stage = await gatewayStage();
});
afterEach(async () => {
  await stage.close();
});

/** The option that keeps peers is on, as in the extension: this server has no use for kept ones. */
const signIn = (user: string, resume: Actor['resume'] = []): Promise<Actor> =>
  stage.vertoActor(user, { keepConnectionAliveOnSocketClose: true, trickleIce: true }, resume).ready();

async function talking(actor: Actor, to = '2'): Promise<void> {
  actor.phone.dial({ to });
  await actor.phase('active');
  await actor.hearsMore();
}

async function rebuilt(actor: Actor, peers = 2): Promise<void> {
  await actor.until('it is back', ({ calls, lines }) => {
    const lives = calls.filter(({ state }) => state.phase !== 'ended');
    const whole = lives.every(({ state, signalling }) => state.phase === 'active' && signalling === 'up');
    return actor.platform.peers.length === peers && lines[0]?.session.phase === 'ready' && whole;
  });
}

it.each([[undefined], [1000], [1001], [1011]])('rebuilds after a close with %s, and hears again', async (code) => {
  const alice = await signIn('alice');
  await talking(alice);
  const { id, legs } = alice.call;
  stage.gateway.faults.close(code === undefined ? {} : { code });
  await rebuilt(alice);
  const heard = alice.platform.peers[1]?.packetsReceived ?? 0;
  await waitUntil('the new peer hears', () =>
    (alice.platform.peers[1]?.packetsReceived ?? 0) > heard + 25 ? true : null,
  );
  expect(alice.call).toMatchObject({ id, legs: { id: legs.id, recoveredFrom: null }, sound: 'flowing' });
  expect(alice.platform.fakes.microphones).toHaveLength(1);
  const said = stage.gateway.frames().map(({ frame }) => (frame as { method?: string }).method);
  const lost = said.lastIndexOf('login');
  expect(said.indexOf('verto.attach', lost)).toBeLessThan(said.indexOf('verto.clientReady', lost));
});

it('brings two calls back, the held one held', async () => {
  const alice = await signIn('alice');
  await talking(alice, '2');
  const first = alice.call.id;
  await talking(alice, '10');
  await alice.until('the first is held', ({ calls }) => calls[0]?.heldSince !== null);
  stage.gateway.faults.close({});
  await rebuilt(alice, 4);
  expect(alice.calls.map(({ state }) => state.phase === 'active' && state.held)).toEqual([true, false]);
  await alice.phone.hold(first, false);
  await alice.hearsMore();
});

it('ends what was not kept: window over, server restarted, ended by the other side meanwhile', async () => {
  const alice = await signIn('alice');
  await talking(alice);
  stage.gateway.faults.setDetachMs(0);
  stage.gateway.faults.close({});
  expect((await alice.phase('ended')).state).toMatchObject({ cause: { kind: 'lost' } });
  stage.gateway.faults.setDetachMs(120_000);
  await alice.ready();

  await talking(alice);
  stage.gateway.faults.restart();
  expect((await alice.phase('ended')).state).toMatchObject({ cause: { kind: 'lost' } });
  await alice.ready();

  await talking(alice);
  const callId = alice.call.legs.id;
  alice.platform.sockets.at(-1)?.ws.once('close', () => stage.gateway.faults.hangUp({ callId }));
  stage.gateway.faults.close({});
  await alice.phase('ended');
  await alice.ready();
  await talking(alice);
});

it('keeps no call that rings: the caller is called again, the callee has missed one', async () => {
  const [alice, bob] = await Promise.all([signIn('alice'), signIn('bob')]);
  const id = alice.phone.dial({ to: '202' });
  await bob.phase('ringing');
  const first = alice.call.legs.id;
  stage.gateway.faults.close({ user: 'alice' });
  await bob.until('the first call was missed, and rings again', ({ calls }) => {
    const phases = calls.map(({ state }) => (state.phase === 'ended' ? state.cause.kind : state.phase));
    return phases.join(' then ') === 'missed then ringing';
  });
  expect(await alice.phase('ringing')).toMatchObject({ id });
  expect(alice.call.legs.id).not.toBe(first);

  stage.gateway.faults.close({ user: 'bob' });
  await bob.until('nothing rings any more', ({ calls }) =>
    calls.every(({ state }) => state.phase === 'ended' && state.cause.kind === 'missed'),
  );
  const { state } = await alice.phase('ended');
  expect(state).toMatchObject({ cause: { name: 'DESTINATION_OUT_OF_ORDER', code: 27 } });
  await bob.ready();
  await talking(bob);
});

it('finds sockets half-dead either way or both, and rebuilds', async () => {
  const finds = async (user: string, direction: 'in' | 'out' | 'both'): Promise<void> => {
    const actor = await signIn(user);
    await talking(actor);
    const { clock, sockets } = actor.platform;
    stage.gateway.faults.halfDead({ user, direction });
    clock.hurry(6);
    await waitUntil('another socket is taken', () => sockets.length > 1 || null);
    clock.hurry(1);
    await rebuilt(actor);
    await actor.hearsMore(25);
  };
  await Promise.all([finds('alice', 'in'), finds('bob', 'out'), finds('carol', 'both')]);
});

it('refuses the leg of a call that was ended offline', async () => {
  const alice = await signIn('alice');
  await talking(alice);
  const leg = alice.call.legs.id;
  stage.gateway.faults.close({});
  alice.phone.hangUp(alice.call.id);
  await waitUntil('the gateway knows of the end', () =>
    stage.gateway.calls().find(({ callId }) => callId === leg)?.endedBy === 'client' ? true : null,
  );
  expect(alice.platform.fakes.openMicrophones).toEqual([]);
  expect(alice.platform.peers).toHaveLength(1);
});

it('gives way when it is taken over, and takes over again on a word', async () => {
  const alice = await signIn('alice');
  await talking(alice);
  stage.gateway.faults.punt({});
  await alice.until('it is taken over', ({ lines }) => lines[0]?.session.phase === 'stopped');
  const [line] = alice.phone.snapshot().lines;
  if (!line) throw new Error('there is no line');
  alice.phone.takeOver(line.id);
  await rebuilt(alice);
  await alice.hearsMore();
});

it('comes back to its call after its document died', async () => {
  const first = await signIn('alice');
  await talking(first);
  const { id } = first.call;
  await waitUntil('it was kept', () =>
    first.resume[0]?.calls.some(({ answeredAt }) => answeredAt !== null) ? true : null,
  );
  first.platform.die();
  const second = await signIn('alice', first.resume);
  await second.phase('active');
  await second.hearsMore();
  expect(second.call).toMatchObject({ id, muted: true });
});

it('finds a new route by updateMedia while the line lives', async () => {
  const alice = await signIn('alice');
  await talking(alice);
  stage.gateway.faults.stopMedia({ until: 'restarted' });
  await alice.until('the sound is lost', ({ calls }) => calls.at(-1)?.sound === 'stalled');
  await alice.until('the sound is back', ({ calls }) => calls.at(-1)?.sound === 'flowing');
  expect(alice.platform.sockets).toHaveLength(1);
});
