/** Real sockets cut under real packets: what the phone does, measured at the gateway as well as here. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { gatewayStage, waitUntil, type Actor, type GatewayStage } from '../fakes/gateway-stage';

let stage: GatewayStage;

beforeEach(async () => {
  stage = await gatewayStage();
});
afterEach(async () => {
  await stage.close();
});

async function talking(actor: Actor, to = '2'): Promise<void> {
  actor.phone.dial({ to });
  await actor.phase('active');
  await actor.hearsMore();
}

const returns = (actor: Actor): { kept: number; rebuilt: number } | undefined =>
  stage.gateway.calls().find(({ callId }) => callId === actor.call.legs.id)?.audio.returns;

/** Call it at once after the fault: the first new socket may be there within a millisecond, too soon for a look at the loss. */
async function backUp(actor: Actor): Promise<void> {
  const { sockets } = actor.platform;
  const before = sockets.length;
  await actor.until(
    'the line is back',
    ({ calls, lines }) =>
      sockets.length > before &&
      lines[0]?.session.phase === 'ready' &&
      calls.every(({ signalling }) => signalling === 'up'),
  );
}

const isWell = ({ calls }: PhoneSnapshot): boolean => {
  const call = calls.at(-1);
  return call?.state.phase === 'active' && call.sound === 'flowing' && call.signalling === 'up';
};

it.each([[undefined], [1000], [1001], [1011], [4014]])('keeps the peer through a close with %s', async (code) => {
  const alice = await stage.actor('alice', { keepConnectionAliveOnSocketClose: true }).ready();
  await talking(alice);
  stage.gateway.faults.close(code === undefined ? {} : { code });
  await backUp(alice);
  await waitUntil('the gateway saw the kept peer', () => (returns(alice)?.kept === 1 ? true : null));
  await alice.hearsMore(25);
  await alice.until('all is well', isWell);
  expect(alice.platform.peers).toHaveLength(1);
});

it('rebuilds with the option off, and hears on both peers until the new one flows', async () => {
  const alice = await stage.actor('alice').ready();
  await talking(alice);
  stage.gateway.faults.close({});
  await backUp(alice);
  await waitUntil('the gateway saw a new peer', () => (returns(alice)?.rebuilt === 1 ? true : null));
  await waitUntil('the new peer flows', () => ((alice.platform.peers[1]?.packetsReceived ?? 0) > 25 ? true : null));
  await alice.until('all is well', isWell);
  expect(alice.platform.peers).toHaveLength(2);
  expect(alice.platform.fakes.microphones).toHaveLength(1);
});

it('rebuilds where the server comes back with new ICE credentials', async () => {
  const alice = await stage.actor('alice', { keepConnectionAliveOnSocketClose: true }).ready();
  await talking(alice);
  stage.gateway.faults.attach({ credentials: 'new' });
  stage.gateway.faults.close({});
  await backUp(alice);
  await waitUntil('the gateway saw a new peer', () => (returns(alice)?.rebuilt === 1 ? true : null));
  await alice.hearsMore(25);
  await alice.until('all is well', isWell);
});

it('finds sockets half-dead either way or both, and the calls go on', async () => {
  const finds = async (user: string, direction: 'in' | 'out' | 'both'): Promise<void> => {
    const actor = await stage.actor(user, { keepConnectionAliveOnSocketClose: true }).ready();
    await talking(actor);
    const { clock, sockets } = actor.platform;
    stage.gateway.faults.halfDead({ user, direction });
    // How many seconds that takes is told in keep-alive.test.ts, whose time is nobody else's.
    clock.hurry(6);
    await waitUntil('another socket is taken', () => sockets.length > 1 || null);
    clock.hurry(1);
    await actor.hearsMore(25);
    await actor.until('all is well', isWell);
    await actor.ready();
  };
  await Promise.all([finds('alice', 'in'), finds('bob', 'out'), finds('carol', 'both')]);
});

it('comes back held, and resumes', async () => {
  const alice = await stage.actor('alice').ready();
  await talking(alice);
  const { id } = alice.call;
  await alice.phone.hold(id, true);
  stage.gateway.faults.close({});
  await backUp(alice);
  await alice.until('the call is active', ({ calls }) => calls.at(-1)?.state.phase === 'active');
  expect(alice.call.state).toMatchObject({ held: true });
  await waitUntil('the gateway saw a new peer', () => (returns(alice)?.rebuilt === 1 ? true : null));
  expect(stage.gateway.calls()[0]).toMatchObject({ held: true });
  await alice.phone.hold(id, false);
  await alice.hearsMore();
});

it('refuses the leg of a call that was ended offline', async () => {
  const alice = await stage.actor('alice').ready();
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

it('tells a call lost that the server forgot', async () => {
  const alice = await stage.actor('alice', { keepConnectionAliveOnSocketClose: true }).ready();
  await talking(alice);
  stage.gateway.faults.restart();
  const { state } = await alice.phase('ended');
  expect(state).toMatchObject({ cause: { kind: 'lost' } });
  await alice.ready();
});

it('gives way to another sign-in and takes over again on a word', async () => {
  const alice = await stage.actor('alice', { keepConnectionAliveOnSocketClose: true }).ready();
  await talking(alice);
  stage.gateway.faults.punt({});
  await alice.until('it is taken over', ({ lines }) => lines[0]?.session.phase === 'stopped');
  await alice.hearsMore();
  expect(alice.call).toMatchObject({ state: { phase: 'active' }, signalling: 'lost' });
  const [line] = alice.phone.snapshot().lines;
  if (!line) throw new Error('there is no line');
  alice.phone.takeOver(line.id);
  await alice.ready();
  await alice.hearsMore();
  await alice.until('all is well', isWell);
});

it('comes back to its call after its document died', async () => {
  const first = await stage.actor('alice').ready();
  await talking(first);
  const { id } = first.call;
  await waitUntil('it was kept', () =>
    first.resume[0]?.calls.some(({ answeredAt }) => answeredAt !== null) ? true : null,
  );
  first.platform.die();

  const second = await stage.actor('alice', {}, first.resume).ready();
  await second.phase('active');
  await second.hearsMore();
  expect(second.call).toMatchObject({ id, muted: true, who: { number: '2' } });
});

it('takes back two calls at once', async () => {
  const alice = await stage.actor('alice').ready();
  await talking(alice, '2');
  await talking(alice, '10');
  stage.gateway.faults.close({});
  await backUp(alice);
  await alice.until(
    'both are active',
    ({ calls }) => calls.length === 2 && calls.every(({ state }) => state.phase === 'active'),
  );
  await alice.hearsMore();
  expect(alice.calls.map(({ state }) => state.phase === 'active' && state.held)).toEqual([true, false]);
});

it('finds a new route while the line lives, where the media path died', async () => {
  const alice = await stage.actor('alice').ready();
  await talking(alice);
  stage.gateway.faults.stopMedia({ until: 'restarted' });
  await alice.until('the sound is lost', ({ calls }) => calls.at(-1)?.sound === 'stalled');
  await alice.until('the sound is back', isWell);
  expect(alice.platform.sockets).toHaveLength(1);
});
