/** Three people at three browsers: calls passed on, put together, waiting and swapped, and who hears whom each time. */

import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { DIALECTS, signsIn } from './harness/dialects';
import { Theatre } from './harness/theatre';

/** What each of them says all the time, in Hz. */
const [ALICE, BOB, CAROL] = [700, 1_500, 2_300];

/** How the two others are called on Alice's screen: Telnyx tells nothing of them, a FreeSWITCH says who is there. */
const NAMES = {
  telnyx: { bob: 'bob', carol: 'carol', dialled: '203' },
  verto: { bob: 'Bob', carol: 'Carol', dialled: 'Carol' },
} as const;

let theatre: Theatre;
let alice: Actor;
let bob: Actor;
let carol: Actor;
/** Alice does everything here; she alone looks at her phone. */
let popup: Page;

beforeAll(async () => {
  theatre = await Theatre.open();
  [alice, bob, carol] = await Promise.all([
    theatre.actor('alice', { speaks: ALICE }),
    theatre.actor('bob', { speaks: BOB }),
    theatre.actor('carol', { speaks: CAROL }),
  ]);
});
afterAll(() => theatre.close());
afterEach(async () => {
  await Promise.all([alice, bob, carol].map((actor) => actor.endCalls()));
});

describe.each(DIALECTS)('over %s', (dialect) => {
  const names = NAMES[dialect];
  beforeAll(async () => {
    await Promise.all([alice, bob, carol].map((actor) => signsIn(actor, theatre, dialect)));
    popup = await alice.popup();
  });
  afterAll(() => popup.close());

  it('asks first, then connects the two others and leaves them talking', async () => {
    await alice.isCalledBy(bob, popup);
    await passOn('Ask first', 'Ask them 203');
    await carol.answers();
    await Promise.all([alice.hears(CAROL), carol.hears(ALICE), bob.hearsMusic()]);

    await press(`Connect ${names.bob} and ${names.dialled}`);
    await popup.getByText(`${names.bob} and ${names.dialled} are connected. You left the call.`).first().waitFor();
    expect(await alice.outcomes()).toEqual(['transferred', 'transferred']);
    await popup.getByText('Call passed on', { exact: true }).waitFor();
    await popup.getByText('They are talking to each other. You left the call.', { exact: true }).waitFor();
    await Promise.all([bob.hears(CAROL), carol.hears(BOB)]);
    // Whom one talks to now is told on the card.
    await isShown(bob, 'Carol', carol.account.number);
    await isShown(carol, 'Bob', bob.account.number);
    await alice.dismissAll();
    await areListed(passedOn(names.dialled, 'outgoing'), passedOn(names.bob, 'incoming'));
  });

  it('sends a call on at once, to whom the caller then rings', async () => {
    await alice.isCalledBy(bob, popup);
    await passOn('Send now', 'Send 203');
    expect(await carol.call('ringing')).toMatchObject({ direction: 'in', who: { name: 'Bob' } });
    expect(await alice.outcomes()).toEqual(['transferred']);
    await popup.getByText('Call passed on', { exact: true }).waitFor();

    await carol.answers();
    await Promise.all([bob.hears(CAROL), carol.hears(BOB)]);
    await alice.dismissAll();
    await areListed(passedOn(names.bob, 'incoming'));
  });

  it('lets a second call wait, answers it, swaps, and goes back to the one that is left', async () => {
    await alice.isCalledBy(bob, popup);
    await carol.ask('dial', { to: alice.account.extension });
    await alice.call('ringing');
    // Waiting disturbs nobody: the first call goes on as it was.
    await Promise.all([alice.hears(BOB), bob.hears(ALICE)]);
    await popup
      .locator('.app:not([data-deaf])')
      .getByRole('button', { name: `Hold ${names.bob} and answer` })
      .click();
    await Promise.all([alice.hears(CAROL), carol.hears(ALICE), bob.hearsMusic()]);

    await press(`Swap, talk to ${names.bob}`);
    await Promise.all([alice.hears(BOB), bob.hears(ALICE), carol.hearsMusic()]);
    await press(`Swap, talk to ${names.carol}`);
    await Promise.all([alice.hears(CAROL), carol.hears(ALICE), bob.hearsMusic()]);

    await press(`End ${names.carol}`);
    await carol.call('ended');
    await press('Resume');
    await Promise.all([alice.hears(BOB), bob.hears(ALICE)]);
  });

  it('puts three into one talk, where each hears the two others, until one goes', async () => {
    await alice.isCalledBy(bob, popup);
    await press('Add call');
    await popup.getByRole('combobox', { name: 'Name or number' }).fill('203');
    await popup.getByRole('combobox', { name: 'Name or number' }).press('Enter');
    await carol.answers();
    await alice.hears(CAROL);

    await press('Merge');
    await Promise.all([
      alice.hearsTogether(BOB, CAROL),
      bob.hearsTogether(ALICE, CAROL),
      carol.hearsTogether(ALICE, BOB),
    ]);
    await press('Mute');
    await Promise.all([bob.hearsTogether(CAROL), carol.hearsTogether(BOB), alice.hearsTogether(BOB, CAROL)]);
    await press('Unmute');
    await bob.hearsTogether(ALICE, CAROL);

    // Who lost her document comes back muted, and joins the two others again.
    await alice.stage.engine.destroy();
    await Promise.all([bob.hearsTogether(CAROL), carol.hearsTogether(BOB)]);
    await press('Unmute');
    await Promise.all([bob.hearsTogether(ALICE, CAROL), carol.hearsTogether(ALICE, BOB)]);

    await press(`End ${names.dialled}`);
    await carol.call('ended');
    await Promise.all([alice.hearsTogether(BOB), bob.hearsTogether(ALICE)]);
  });

  it('meets in a room of the server’s, where each hears the two others, and the rest once one is held', async () => {
    for (const actor of [alice, bob, carol]) await actor.ask('dial', { to: '18' });
    await Promise.all([
      hearsInTheRoom(alice, [BOB, CAROL], [ALICE]),
      hearsInTheRoom(bob, [ALICE, CAROL], [BOB]),
      hearsInTheRoom(carol, [ALICE, BOB], [CAROL]),
    ]);
    await press('Hold');
    await Promise.all([
      hearsInTheRoom(bob, [CAROL], [ALICE, BOB]),
      hearsInTheRoom(carol, [BOB], [ALICE, CAROL]),
      alice.hearsNothing(),
    ]);
  });
});

/** What a server mixes has gaps where the machine is busy, and their clicks are no voice: it matters who is there and who is not. */
async function hearsInTheRoom(actor: Actor, wanted: readonly number[], others: readonly number[]): Promise<void> {
  await until(`${actor.account.user} hears ${wanted.join(' and ')} Hz`, async () => {
    const { tones } = await actor.stage.engine.hear();
    const near = (hz: number): boolean => tones.some((tone) => Math.abs(tone - hz) < 12);
    return wanted.every(near) && !others.some(near);
  });
}

/** Who talks to `actor`, as the server tells it after the sound was joined. */
async function isShown(actor: Actor, name: string, number: string): Promise<void> {
  await until(`${actor.account.user} sees ${name}`, async () => {
    const { who } = await actor.call('active');
    return who.name === name && who.number === number;
  });
}

/** A row of Recents. */
function passedOn(name: string, direction: 'incoming' | 'outgoing'): RegExp {
  return new RegExp(`^${name}, ${direction}, \\d+ (?:seconds?|minutes?)[^,]*, passed on, `, 'u');
}

/** The newest rows of Alice's Recents, once the calls that just ended are among them. */
async function areListed(...newest: readonly RegExp[]): Promise<void> {
  await until(`Recents begin with ${newest.join(' and ')}`, async () => {
    const rows = await alice.recents(popup);
    return newest.every((row, index) => row.test(rows[index] ?? ''));
  });
}

function press(name: string | RegExp): Promise<void> {
  return popup.getByRole('button', { name, exact: true }).click();
}

/** By the sheet of the call: how, and the button beside the typed number. */
async function passOn(how: 'Ask first' | 'Send now', button: string): Promise<void> {
  await press('Transfer');
  await popup.getByRole('searchbox', { name: 'Name, number or extension' }).fill('203');
  await popup.getByRole('radio', { name: how }).click();
  await press(button);
}
