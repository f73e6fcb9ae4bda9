/** What only calls over FreeSWITCH's dialect have, over real sockets and real packets; the rest is in `gateway-calls.test.ts`. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LineId } from '../../lib/phone/model/ids';
import { gatewayStage, waitUntil, type Actor, type GatewayStage } from '../fakes/gateway-stage';

let stage: GatewayStage;
let alice: Actor;
let bob: Actor;
/** On the other dialect, so that both meet in one call. */
let carol: Actor;

beforeAll(async () => {
  stage = await gatewayStage({ timing: { slowRingMs: 700 } });
  alice = await stage.vertoActor('alice', { trickleIce: true }).ready();
  bob = await stage.vertoActor('bob').ready();
  carol = await stage.actor('carol').ready();
});
afterAll(async () => {
  await stage.close();
});

async function talk(from: Actor, to: Actor, number: string): Promise<void> {
  from.phone.dial({ to: number });
  await to.phase('ringing');
  await to.phone.answer(to.call.id);
  await Promise.all([from.phase('active'), to.phase('active')]);
  await Promise.all([from.hearsMore(), to.hearsMore()]);
}

it('hears early media, then an answer without a description', async () => {
  const id = alice.phone.dial({ to: '7' });
  await alice.phase('active');
  await alice.hearsMore();
  alice.phone.hangUp(id);
  await alice.phase('ended');
});

it('calls another person, and the display tells each who is there', async () => {
  await talk(alice, bob, '202');
  expect(bob.call.who).toEqual({ name: 'Alice', number: '+14155550201' });
  await alice.until('the name is shown', ({ calls }) => calls.at(-1)?.who.name === 'Bob');
  bob.phone.hangUp(bob.call.id);
  expect((await alice.phase('ended')).state).toMatchObject({ cause: { kind: 'hung-up-there' } });
});

it('meets the other dialect in one call, both ways', async () => {
  await talk(alice, carol, '203');
  alice.phone.hangUp(alice.call.id);
  await carol.phase('ended');
  await talk(carol, bob, '202');
  bob.phone.hangUp(bob.call.id);
  await carol.phase('ended');
});

it('rings on two devices of one account, and the slower one has missed nothing', async () => {
  const desk = await stage.vertoActor('bob').ready();
  alice.phone.dial({ to: '202' });
  await Promise.all([bob.phase('ringing'), desk.phase('ringing')]);
  await bob.phone.answer(bob.call.id);
  expect((await desk.phase('ended')).state).toMatchObject({ cause: { kind: 'answered-elsewhere', code: 702 } });
  await alice.phase('active');
  alice.phone.hangUp(alice.call.id);
  await bob.phase('ended');
  desk.phone.close();
});

it.each([
  ['codec', { reason: 'negotiation', facts: { why: 'no codec in common' } }],
  ['ice', { reason: 'negotiation', facts: { why: 'no ice there' } }],
  ['certificate', { reason: 'negotiation', facts: { why: 'not encrypted' } }],
  [null, null],
] as const)('tries a call to the echo, and says what is missing: %s', async (lack, wanted) => {
  stage.gateway.faults.lack(lack);
  const known = stage.gateway.calls().length;
  const [{ id } = { id: '' as LineId }] = alice.phone.snapshot().lines;
  const trial = alice.phone.tryCall(id, '9196');
  if (wanted === null) expect(await trial).toMatchObject({ codec: 'PCMU' });
  else await expect(trial).rejects.toMatchObject(wanted);
  await waitUntil('the gateway has it ended', () =>
    stage.gateway.calls().length > known && stage.gateway.calls().every(({ phase }) => phase === 'ended') ? true : null,
  );
  expect(alice.calls.map(({ who }) => who.number)).not.toContain('9196');
});
