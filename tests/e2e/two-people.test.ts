/** A call between two browsers: it rings, is answered in the popup, and both hear one another. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { Theatre } from './harness/theatre';

let theatre: Theatre;
let alice: Actor;
let bob: Actor;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice', { speaks: 700 });
  bob = await theatre.actor('bob', { speaks: 1_500 });
  await alice.line('ready');
  await bob.line('ready');
});
afterAll(() => theatre.close());

it('rings, is answered in the popup, carries each voice to the other, and ends for both', async () => {
  await bob.ask('dial', { to: alice.account.extension });
  const ringing = await alice.call('ringing');
  expect(ringing).toMatchObject({ direction: 'in', who: { name: 'Bob' } });

  const popup = await alice.popup();
  await popup.getByText('Bob').first().waitFor();
  await popup.getByRole('button', { name: /^Answer/ }).click();

  await alice.call('active');
  await bob.call('active');
  expect(await alice.hears(1_500)).toBeCloseTo(1_500, -1);
  expect(await bob.hears(700)).toBeCloseTo(700, -1);

  await popup.getByRole('button', { name: /^End/ }).click();
  expect((await alice.call('ended')).state.cause.kind).toBe('hung-up-here');
  expect((await bob.call('ended')).state.cause.kind).toBe('hung-up-there');
  await popup.close();
});

it('tells the caller that the call was declined', async () => {
  await bob.ask('dial', { to: alice.account.extension });
  await alice.call('ringing');
  const popup = await alice.popup();
  await popup.getByRole('button', { name: /^Decline/ }).click();
  expect((await bob.call('ended')).state.cause.kind).toBe('declined-there');
  await popup.close();
});

it('is silent at the far side while muted, and only then', async () => {
  await alice.ask('dial', { to: bob.account.extension });
  const incoming = await bob.call('ringing');
  await bob.ask('answer', incoming.id);
  const call = await alice.call('active');
  await bob.hears(700);

  const popup = await alice.popup();
  await popup.getByRole('button', { name: 'Mute' }).click();
  await bob.hearsNothing();
  const [leg] = theatre.gateway.calls().filter(({ user, phase }) => user === 'alice' && phase !== 'ended');
  await until('the gateway hears silence from Alice', () => theatre.gateway.heard(leg?.callId ?? '')?.silent);
  expect(await bob.packetsInASecond()).toBeGreaterThan(0);

  await popup.getByRole('button', { name: 'Unmute' }).click();
  await bob.hears(700);
  await alice.ask('hangUp', call.id);
  await bob.call('ended');
  await popup.close();
});
