/** A call between two browsers: it rings, is answered in the popup, and both hear one another. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { DIALECTS, signsIn } from './harness/dialects';
import { Theatre } from './harness/theatre';
import { Toolbar } from './harness/toolbar';

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

// The last of the dialects above carries messages.
it('is written to from a person’s page and in a call: a notification tells, and leads to where one answers', async () => {
  const toolbar = new Toolbar(alice.stage);
  const theirs = await bob.popup();
  await theirs.getByRole('navigation').getByRole('button', { name: 'Recents' }).click();
  await theirs.getByRole('button', { name: /^201/u }).first().click();
  await theirs.getByRole('button', { name: 'Message 201' }).click();
  await theirs.getByRole('textbox', { name: 'Write to 201' }).fill('Are you in?');
  await theirs.keyboard.press('Enter');
  const conversation = await opensWith('message');
  await until('the conversation is shown', () => conversation("document.body.innerText.includes('Are you in?')"));
  await until('the field to answer in has the focus', () =>
    conversation("document.activeElement?.matches('textarea')"),
  );
  await conversation(`
    document.execCommand('insertText', false, 'I am.');
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  `);
  // It comes from her account, whose name is no number of hers.
  await theirs.getByRole('button', { name: 'Back' }).click();
  await theirs.getByText('I am.').waitFor();
  await until('the notification is gone', async () => !(await toolbar.notifications()).includes('message'));
  await conversation('window.close()');

  await bob.ask('dial', { to: alice.account.extension });
  await alice.answers();
  const { id } = await alice.call('active');
  await theirs.getByRole('button', { name: 'Messages' }).click();
  await theirs.getByRole('textbox', { name: 'Write a message' }).fill('Look at page two.');
  await theirs.keyboard.press('Enter');
  const inCall = await opensWith(`written ${id}`);
  const button = "[...document.querySelectorAll('button')].find((one) => one.textContent.includes('1 new message'))";
  await until('the call is shown, and that something was written', () => inCall(`${button} !== undefined`));
  await inCall(`${button}.click()`);
  await until('the words are shown', () => inCall("document.body.innerText.includes('Look at page two.')"));
  await until('the notification is gone', async () => !(await toolbar.notifications()).includes(`written ${id}`));
  await inCall('window.close()');
  await theirs.close();

  /** Once the notification of that id is there, a press on it opens the popup. */
  async function opensWith(notice: string): Promise<(expression: string) => Promise<unknown>> {
    await until('a notification tells of it', async () => (await toolbar.notifications()).includes(notice));
    const opened = await alice.stage.nextPopup();
    await toolbar.open(notice);
    return opened();
  }
});
