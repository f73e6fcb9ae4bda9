/** Two phones in one conference room of the gateway's: they hear each other, see who is there, and write. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LineId } from '../../lib/phone/model/ids';
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

it('meets, is listed, writes, comes back after a drop, and leaves', async () => {
  alice.phone.dial({ to: '18' });
  await sees(alice, 'Alice');
  bob.phone.dial({ to: '18' });
  await Promise.all([sees(alice, 'Alice', 'Bob'), sees(bob, 'Alice', 'Bob')]);
  await Promise.all([alice.hearsMore(), bob.hearsMore()]);

  await bob.phone.type(bob.call.id, 'Good morning');
  await alice.until('it is written', () => said(alice).join() === 'other: Good morning');
  // What one writes comes back from the room: had it been taken for another's, it would stand there before the answer.
  await alice.phone.type(alice.call.id, 'Hello Bob');
  await bob.until('it is answered', () => said(bob).includes('other: Hello Bob'));
  expect(said(bob)).toEqual(['person: Good morning', 'other: Hello Bob']);

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

it('writes to the other end of a call, and to the echo', async () => {
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
  alice.phone.hangUp(alice.call.id);
});

it('writes to somebody outside of any call, and back', async () => {
  await alice.phone.write('alice' as LineId, '202', 'Are you in?');
  await bob.until('it came', () => bob.messages.length === 1);
  const [message] = bob.messages;
  expect(message).toMatchObject({ line: 'bob', from: { name: 'Alice', number: 'alice' }, text: 'Are you in?' });
  await bob.phone.write('bob' as LineId, message?.from.number ?? '', 'I am');
  await alice.until('the answer came', () => alice.messages.length === 1);
  expect(alice.messages[0]).toMatchObject({ from: { name: 'Bob', number: 'bob' }, text: 'I am' });
});

it('keeps a message in the call with whoever wrote it', async () => {
  alice.phone.dial({ to: '202' });
  await bob.phase('ringing');
  await bob.phone.answer(bob.call.id);
  await Promise.all([alice.phase('active'), bob.phase('active')]);
  const before = bob.messages.length;
  await alice.phone.write('alice' as LineId, '202', 'One more thing');
  await bob.until('it is in the call', () => said(bob).join() === 'other: One more thing');
  expect(bob.messages).toHaveLength(before);
  alice.phone.hangUp(alice.call.id);
  await bob.phase('ended');
});

it('is told where the server takes no messages', async () => {
  const carol = await stage.actor('carol').ready();
  await expect(carol.phone.write('carol' as LineId, '202', 'Hello')).rejects.toMatchObject({ reason: 'unsupported' });
  await expect(alice.phone.write('nobody' as LineId, '202', 'Hello')).rejects.toMatchObject({ reason: 'no-account' });
});
