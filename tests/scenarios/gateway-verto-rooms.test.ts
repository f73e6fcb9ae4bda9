/** Two phones in one conference room of the gateway's: they hear each other, see who is there, and write. */

import { afterAll, beforeAll, it } from 'vitest';
import { gatewayStage, type Actor, type GatewayStage } from '../fakes/gateway-stage';

let stage: GatewayStage;
let alice: Actor;
let bob: Actor;

beforeAll(async () => {
  stage = await gatewayStage();
  alice = await stage.vertoActor('alice').ready();
  bob = await stage.vertoActor('bob').ready();
});
afterAll(() => stage.close());

const members = (actor: Actor): (string | null)[] => actor.calls.at(-1)?.room?.members.map(({ name }) => name) ?? [];
const said = (actor: Actor): string[] => actor.call.transcript.map(({ who, text }) => `${who}: ${text}`);
const sees = (actor: Actor, ...names: string[]) =>
  actor.until(`the room has ${names.join(' and ')}`, () => members(actor).join() === names.join());

it('meets, is listed, writes, comes back after a drop, and leaves', { timeout: 30_000 }, async () => {
  alice.phone.dial({ to: '18' });
  await sees(alice, 'Alice');
  bob.phone.dial({ to: '18' });
  await Promise.all([sees(alice, 'Alice', 'Bob'), sees(bob, 'Alice', 'Bob')]);
  await Promise.all([alice.hearsMore(), bob.hearsMore()]);

  await bob.phone.type(bob.call.id, 'Good morning');
  await alice.until('it is written', () => said(alice).join() === 'other: Good morning');
  await bob.until('once', () => said(bob).join() === 'person: Good morning');

  stage.gateway.faults.close({ user: 'alice' });
  await alice.until(
    'it is back',
    ({ calls }) => calls.at(-1)?.signalling === 'up' && alice.platform.peers.length === 2,
  );
  await alice.hearsMore();

  bob.phone.hangUp(bob.call.id);
  await sees(alice, 'Alice');
  alice.phone.hangUp(alice.call.id);
  await alice.phase('ended');
});

it('writes to the other end of a call, and to the echo', { timeout: 20_000 }, async () => {
  alice.phone.dial({ to: '202' });
  await bob.phase('ringing');
  await bob.phone.answer(bob.call.id);
  await Promise.all([alice.phase('active'), bob.phase('active')]);
  await alice.phone.type(alice.call.id, 'Am I early?');
  await bob.until('it is written', () => said(bob).join() === 'other: Am I early?');
  alice.phone.hangUp(alice.call.id);
  await bob.phase('ended');

  alice.phone.dial({ to: '1' });
  await alice.phase('active');
  await alice.phone.type(alice.call.id, 'hello');
  await alice.until('it comes back', () => said(alice).includes('other: hello'));
});
