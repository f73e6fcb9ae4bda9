/** A call that is left in a parking place of the server's, and fetched: here, or from another phone. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LineId } from '../../lib/phone/model/ids';
import { gatewayStage, type Actor, type GatewayStage } from '../fakes/gateway-stage';

let stage: GatewayStage;
let alice: Actor;
let bob: Actor;
let carol: Actor;

beforeAll(async () => {
  stage = await gatewayStage();
  alice = await stage.vertoActor('alice').ready();
  bob = await stage.vertoActor('bob').ready();
  carol = await stage.actor('carol').ready();
});
afterAll(() => stage.close());

const waiting = (actor: Actor) => actor.phone.snapshot().parked?.map(({ place, who }) => [place, who.number]);
const nextPlace = (actor: Actor) => actor.phone.snapshot().lines[0]?.parkAt;

async function talksTo(from: Actor, to: Actor, number: string): Promise<void> {
  from.phone.dial({ to: number });
  await to.phase('ringing');
  await to.phone.answer(to.call.id);
  await Promise.all([from.phase('active'), to.phase('active')]);
}

it('waits there, is told to the person, and is fetched by dialling the place', async () => {
  await talksTo(bob, alice, '201');
  expect(nextPlace(alice)).toBe('6001');
  await alice.phone.park(alice.call.id);
  const { state } = await alice.phase('ended');
  expect(state).toMatchObject({ cause: { kind: 'parked', place: '6001' } });
  expect(alice.ended.at(-1)).toMatchObject({ direction: 'in', cause: { kind: 'parked', place: '6001' } });
  expect(waiting(alice)).toEqual([['6001', '+14155550202']]);
  expect(nextPlace(alice)).toBe('6002');
  expect(bob.call.state.phase).toBe('active');

  alice.phone.dial({ to: '6001' });
  expect(alice.call.who.name).toBe('Bob');
  await alice.phase('active');
  await alice.until('nobody waits', ({ parked }) => parked?.length === 0);
  expect(nextPlace(alice)).toBe('6001');
  await Promise.all([alice.hearsMore(), bob.hearsMore()]);
  alice.phone.hangUp(alice.call.id);
  await bob.phase('ended');
});

it('is fetched from another phone, and taken off the list by hand', async () => {
  await talksTo(alice, carol, '203');
  await alice.until('it knows whom it called', ({ calls }) => calls.at(-1)?.who.name === 'Carol');
  await alice.phone.hold(alice.call.id, true);
  await alice.phone.park(alice.call.id);
  await alice.phase('ended');
  expect(waiting(alice)).toEqual([['6001', '+14155550203']]);
  bob.phone.dial({ to: '6001' });
  await bob.phase('active');
  await Promise.all([bob.hearsMore(), carol.hearsMore()]);
  expect(waiting(alice)).toEqual([['6001', '+14155550203']]);
  alice.phone.forgetParked('alice' as LineId, '6001');
  expect(waiting(alice)).toEqual([]);
  bob.phone.hangUp(bob.call.id);
  await carol.phase('ended');
});

it('goes on where no place is named, or none is free', async () => {
  carol.phone.dial({ to: '1' });
  await carol.phase('active');
  expect(nextPlace(carol)).toBeUndefined();
  await expect(carol.phone.park(carol.call.id)).rejects.toMatchObject({ reason: 'unsupported' });
  expect(carol.call.state.phase).toBe('active');
  carol.phone.hangUp(carol.call.id);

  for (const place of ['6001', '6002']) {
    alice.phone.dial({ to: '1' });
    await alice.phase('active');
    await alice.phone.park(alice.call.id);
    expect((await alice.phase('ended')).state).toMatchObject({ cause: { place } });
  }
  expect(nextPlace(alice)).toBeNull();
  alice.phone.dial({ to: '1' });
  await alice.phase('active');
  await expect(alice.phone.park(alice.call.id)).rejects.toMatchObject({ reason: 'unsupported' });
  expect(alice.call.state.phase).toBe('active');
});
