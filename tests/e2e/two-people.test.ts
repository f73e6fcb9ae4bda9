/** A call between two browsers: it rings, is answered in the popup, and both hear one another. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { DIALECTS, signsIn } from './harness/dialects';
import { Theatre } from './harness/theatre';

let theatre: Theatre;
let alice: Actor;
let bob: Actor;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice', { speaks: 700 });
  bob = await theatre.actor('bob', { speaks: 1_500 });
});
afterAll(() => theatre.close());
afterEach(async () => {
  await Promise.all([alice, bob].map((actor) => actor.endCalls()));
});

describe.each(DIALECTS)('over %s', (dialect) => {
  beforeAll(async () => {
    await Promise.all([alice, bob].map((actor) => signsIn(actor, theatre, dialect)));
  });

  it('rings, is answered in the popup, carries each voice to the other, and ends for both', async () => {
    await bob.ask('dial', { to: alice.account.extension });
    const ringing = await alice.call('ringing');
    expect(ringing).toMatchObject({ direction: 'in', who: { name: 'bob' } });

    const popup = await alice.popup();
    await popup.getByText('bob').first().waitFor();
    await alice.presses(popup, 'Answer');

    await alice.call('active');
    await bob.call('active');
    expect(await alice.hears(1_500)).toBeCloseTo(1_500, -1);
    expect(await bob.hears(700)).toBeCloseTo(700, -1);

    await popup.getByRole('button', { name: /^End/ }).click();
    expect((await alice.call('ended')).state.cause.kind).toBe('hung-up-here');
    expect((await bob.call('ended')).state.cause.kind).toBe('hung-up-there');
    await popup.close();
  });

  // Telnyx's clients decline with USER_BUSY, so that no server tries the next of its targets; FreeSWITCH's say what it is.
  it('ends the call of a caller who is declined', async () => {
    await bob.ask('dial', { to: alice.account.extension });
    await alice.call('ringing');
    const popup = await alice.popup();
    await alice.presses(popup, 'Decline');
    const refusal = dialect === 'telnyx' ? 'busy' : 'declined-there';
    expect((await bob.call('ended')).state.cause.kind).toBe(refusal);
    expect((await alice.call('ended')).state.cause.kind).toBe('declined-here');
    await popup.close();
  });

  it('is silent at the far side while muted, and only then', async () => {
    await alice.ask('dial', { to: bob.account.extension });
    const incoming = await bob.call('ringing');
    await bob.ask('answer', incoming.id);
    await alice.call('active');
    await bob.hears(700);

    const popup = await alice.popup();
    await popup.getByRole('button', { name: 'Mute' }).click();
    await bob.hearsNothing();
    const [leg] = theatre.gateway.calls().filter(({ user, phase }) => user === 'alice' && phase !== 'ended');
    await until('the gateway hears silence from Alice', () => theatre.gateway.heard(leg?.callId ?? '')?.silent);
    expect(await bob.stage.engine.packetsPerSecond()).toBeGreaterThan(0);

    await popup.getByRole('button', { name: 'Unmute' }).click();
    await bob.hears(700);
    await popup.close();
  });
});
