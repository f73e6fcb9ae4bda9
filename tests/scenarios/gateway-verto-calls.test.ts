/** FreeSWITCH's dialect over real sockets and real packets, against the gateway's own reading of it. */

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

const gatewayCall = (actor: Actor) => stage.gateway.calls().find(({ callId }) => callId === actor.call.legs.id);

async function talk(from: Actor, to: Actor, number: string): Promise<void> {
  from.phone.dial({ to: number });
  await to.phase('ringing');
  await to.phone.answer(to.call.id);
  await Promise.all([from.phase('active'), to.phase('active')]);
  await Promise.all([from.hearsMore(), to.hearsMore()]);
}

it('calls the echo, hears it, holds, presses keys and hangs up', async () => {
  expect(stage.gateway.sessions().map(({ dialect }) => dialect)).toEqual(['verto', 'verto', 'telnyx']);
  const id = alice.phone.dial({ to: '1' });
  await alice.phase('active');
  await alice.hearsMore();
  await alice.phone.hold(id, true);
  expect(gatewayCall(alice)).toMatchObject({ held: true });
  await alice.phone.hold(id, false);
  expect(gatewayCall(alice)).toMatchObject({ held: false });
  alice.phone.sendDigits(id, '12#');
  await alice.until('the digits are sent', ({ calls }) => calls.at(-1)?.digitsSent === '12#');
  expect(gatewayCall(alice)?.digits.join('')).toBe('12#');
  alice.phone.hangUp(id);
  await waitUntil('the gateway knows', () => (gatewayCall(alice)?.endedBy === 'client' ? true : null));
});

it.each([
  ['3', 'busy', 17],
  ['12', 'declined-there', 21],
  ['13', 'no-such-number', 1],
])('ends a call to %s as %s by a late bye', async (to, kind, code) => {
  alice.phone.dial({ to });
  const { state } = await alice.phase('ended');
  expect(state).toMatchObject({ cause: { kind, code, sipCode: null } });
});

it('hears early media before the answer', async () => {
  const patient = await gatewayStage({ timing: { slowRingMs: 60_000 } });
  try {
    const dave = await patient.vertoActor('dave').ready();
    dave.phone.dial({ to: '7' });
    await dave.until('early media', ({ calls }) => {
      const state = calls.at(-1)?.state;
      return state?.phase === 'ringing' && state.earlyMedia;
    });
    await dave.hearsMore();
  } finally {
    await patient.close();
  }
});

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

it('declines, and gives up, and each is told what it was', async () => {
  alice.phone.dial({ to: '202' });
  await bob.phase('ringing');
  bob.phone.decline(bob.call.id);
  expect((await alice.phase('ended')).state).toMatchObject({ cause: { kind: 'declined-there', code: 21 } });
  const id = alice.phone.dial({ to: '202' });
  await bob.phase('ringing');
  alice.phone.hangUp(id);
  expect((await bob.phase('ended')).state).toMatchObject({ cause: { kind: 'missed', code: 487 } });
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

it('passes a call on, blind', async () => {
  await talk(alice, bob, '202');
  await alice.phone.transfer(alice.call.id, '2');
  expect((await alice.phase('ended')).state).toMatchObject({ cause: { kind: 'transferred' } });
  await bob.hearsMore(25);
  bob.phone.hangUp(bob.call.id);
  await bob.phase('ended');
});

it('connects the two others and leaves', async () => {
  const first = alice.phone.dial({ to: '16' });
  await alice.phase('active');
  const second = alice.phone.dial({ to: '17' });
  await alice.until('the first is held', ({ calls }) =>
    calls.some(({ id, heldSince, state }) => id === first && heldSince !== null && state.phase === 'active'),
  );
  await alice.phase('active');
  await alice.phone.connect(first, second);
  await alice.until('both ended', ({ calls }) =>
    [first, second].every((id) => calls.find((call) => call.id === id)?.state.phase === 'ended'),
  );
  expect(alice.ended.slice(-2).map(({ cause }) => cause.kind)).toEqual(['transferred', 'transferred']);
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

it('is refused with the wrong password', async () => {
  const mallory = stage.vertoActor('alice', { password: 'wrong' });
  const { lines } = await mallory.until('stopped', (snapshot) => snapshot.lines[0]?.session.phase === 'stopped');
  expect(lines[0]?.session).toMatchObject({ because: { reason: 'login-refused' } });
  mallory.phone.close();
});
