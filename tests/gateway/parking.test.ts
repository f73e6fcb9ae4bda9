/** Parking places, as FreeSWITCH's dialplan has them: left by a transfer, fetched by dialling, from any device. */

import { expect, it } from 'vitest';
import { dial, dialog, invite, pickUp, type Call, type Client } from './client';
import { eventually, hears } from './eventually';
import { useStage } from './stage';

const stage = useStage();
const PLACE = '6001';
const park = (client: Client, call: Call, place = PLACE) =>
  client.ask('modify', { action: 'transfer', destination: place, ...dialog(call.callId) });
const waits = (place: string) =>
  eventually(`somebody waits at ${place}`, () => stage.gateway.bots().some(({ number }) => number === place));

async function callBob(alice: Client, bob: Client): Promise<{ readonly atAlice: Call; readonly atBob: Call }> {
  const asked = dial(alice, 'bob');
  const atBob = await pickUp(bob, 1300);
  return { atAlice: await asked, atBob };
}

it('keeps whoever is left there until somebody dials the place, from another device', async () => {
  const alice = await stage.signInVerto('alice');
  const bob = await stage.signInVerto('bob');
  const call = await dial(alice, '16');
  await hears(call.phone.ear, 600);
  expect(await park(alice, call)).toMatchObject({ message: 'CALL TRANSFERRED' });
  expect(await alice.next('bye')).toMatchObject({ callID: call.callId, cause: 'NORMAL_CLEARING' });
  await waits(PLACE);
  const fetched = await dial(bob, PLACE);
  await hears(fetched.phone.ear, 600);
  await eventually('Bob sees whom he has', () => bob.all('display').length > 0);
  expect(await bob.next('display')).toMatchObject({ callID: fetched.callId, display_name: 'Customer' });
  expect(stage.gateway.bots().some(({ number }) => number === PLACE)).toBe(false);
});

it('tells a person who was parked whom they are with now', async () => {
  const alice = await stage.signInVerto('alice');
  const bob = await stage.signIn('bob');
  const carol = await stage.signInVerto('carol');
  const { atAlice, atBob } = await callBob(alice, bob);
  await park(alice, atAlice);
  await waits(PLACE);
  const fetched = await dial(carol, PLACE, 1700);
  await hears(atBob.phone.ear, 1700);
  await hears(fetched.phone.ear, 1300);
  expect(await bob.next('display')).toMatchObject({ callID: atBob.callId, display_name: 'Carol' });
});

it('frees the place of one who gave up', async () => {
  const alice = await stage.signInVerto('alice');
  const bob = await stage.signInVerto('bob');
  const first = await callBob(alice, bob);
  await park(alice, first.atAlice);
  await waits(PLACE);
  await bob.ask('bye', { cause: 'NORMAL_CLEARING', causeCode: 16, ...dialog(first.atBob.callId) });
  await eventually('the place is free', () => stage.gateway.bots().every(({ number }) => number !== PLACE));
  // Now it takes in whoever dials it.
  const waiting = await dial(alice, PLACE);
  await waits(PLACE);
  expect(stage.call(waiting.callId).phase).toBe('answered');
});

it('is a number like any other for a line of the other dialect', async () => {
  const telnyx = await stage.signIn('carol');
  await invite(telnyx, PLACE);
  expect(await telnyx.next('bye')).toMatchObject({ cause: 'UNALLOCATED_NUMBER' });
});
