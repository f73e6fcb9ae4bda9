/** Without a microphone nobody is called by accident: the phone says what is missing and where to mend it. */

import { afterEach, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import { Theatre } from './harness/theatre';

let theatre: Theatre;
afterEach(() => theatre.close());

it('names a refused microphone, rings nobody, and calls once it is allowed', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice', { permission: 'ask' });
  await alice.stage.answerPermission('microphone', 'denied');
  await alice.line('ready');
  await until('the phone knows', async () => (await alice.snapshot()).microphone.state === 'denied');

  await alice.askBackground('dial', { to: '2' });
  const { state } = await alice.call('ended');
  expect(state.cause).toMatchObject({ kind: 'failed', error: { reason: 'microphone-denied' } });
  expect(theatre.gateway.calls()).toEqual([]);
  const popup = await alice.popup();
  await popup.getByText('cannot use your microphone').first().waitFor();
  await popup.getByRole('button', { name: 'Allow microphone' }).first().waitFor();

  await alice.stage.answerPermission('microphone', 'granted');
  await alice.askBackground('dial', { to: '2' });
  await alice.call('active');
  expect(await alice.hears(440)).toBeCloseTo(440, -1);
});

it('asks for a microphone that was never asked for in the welcome page, and dials what waited', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice', { permission: 'ask' });
  await alice.line('ready');
  await expect(alice.askBackground('dial', { to: '2' })).rejects.toThrow('microphone-prompt');
  expect(theatre.gateway.calls()).toEqual([]);
  const { context, id } = alice.stage;
  const welcome = await until('the welcome page opens', () =>
    context.pages().find((page) => page.url().startsWith(`chrome-extension://${id}/welcome.html`)),
  );
  const allow = welcome.getByRole('button', { name: /Allow/ });
  await allow.waitFor();
  // As the page does when it opens, and after it: so it has seen by now that it must ask.
  await welcome.evaluate(async () => {
    await navigator.permissions.query({ name: 'microphone' });
    await navigator.mediaDevices.enumerateDevices();
  });
  await alice.stage.answerPermission('microphone', 'granted');
  await allow.click();
  await alice.call('active');
  expect(await alice.hears(440)).toBeCloseTo(440, -1);
});
