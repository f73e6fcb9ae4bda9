/** Setting up as a person does it: microphone, account, test call; on the built extension, at a real gateway. */

import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import { faultsInBothThemes } from './harness/faults';
import { Theatre } from './harness/theatre';
import type { Actor } from './harness/actor';

let theatre: Theatre;
afterEach(() => theatre.close());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

/** Points the extension at the gateway through the settings page, as someone with a server of their own does. */
async function setServer(alice: Actor, port: number): Promise<Page> {
  const options = await alice.stage.page('options.html#advanced');
  const host = options.getByRole('textbox', { name: 'Host or IP address' });
  await host.fill('127.0.0.1');
  const field = options.getByRole('textbox', { name: 'Port', exact: true });
  await field.fill(String(port));
  await field.blur();
  const stored = () => options.evaluate(async () => JSON.stringify(await chrome.storage.local.get('options')));
  await until('the server is stored', async () => {
    const text = await stored();
    return text.includes('"rtcIp":"127.0.0.1"') && text.includes(`"rtcPort":${String(port)}`);
  });
  return options;
}

it('leads from nothing to a heard echo: server, microphone, a refused password, the right one, a test call', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice', { permission: 'ask', account: false, speaks: 1_000 });
  const { port } = theatre.gateway;
  await (await setServer(alice, port)).close();

  const page = await alice.stage.page('welcome.html');
  await heading(page, 'Calls that hold');
  expect(await faultsInBothThemes(page)).toEqual([]);
  await page.getByRole('button', { name: 'Set up' }).click();

  await heading(page, 'May we use your microphone?');
  expect(await faultsInBothThemes(page)).toEqual([]);
  await alice.stage.answerPermission('microphone', 'granted');
  await page.getByRole('button', { name: 'Allow microphone' }).click();

  await heading(page, 'Which phone line?');
  expect(await faultsInBothThemes(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Enter the password.').waitFor();
  await page.getByRole('textbox', { name: 'Username' }).fill(alice.account.user);
  const password = page.getByRole('textbox', { name: 'Password' });
  await password.fill('not-the-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('The username or password was refused.').waitFor();
  await page.locator('input[type="password"][aria-invalid="true"]').waitFor();
  await until('the refused account is not kept', async () => (await alice.snapshot()).lines.length === 0);

  await password.fill(alice.account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await heading(page, 'Say something');
  await alice.line('ready');

  await page.getByRole('button', { name: 'Start test call' }).click();
  await alice.call('active');
  await page.getByText('Your echo came back').waitFor();
  await page.getByText(/Connected in [\d,]+ ms/u).waitFor();
  await page.getByText(/We hear you/u).waitFor();
  expect(await faultsInBothThemes(page)).toEqual([]);
  await page.getByRole('button', { name: 'End test' }).click();

  await heading(page, 'You are ready');
  await until('the test call is over', async () => (await alice.snapshot()).calls.length === 0);
  expect(await faultsInBothThemes(page)).toEqual([]);
});

it('notices by itself that a blocked microphone was allowed', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice', { permission: 'ask', account: false });
  await alice.stage.answerPermission('microphone', 'denied');
  const page = await alice.stage.page('welcome.html');
  await page.getByRole('button', { name: 'Set up' }).click();
  await heading(page, 'The microphone is blocked');
  await page.getByText('Turn on Microphone.').waitFor();
  expect(await faultsInBothThemes(page)).toEqual([]);
  await page.getByRole('button', { name: 'Check again' }).click();
  // While that check may still be going on: what changes meanwhile is not lost.
  await alice.stage.answerPermission('microphone', 'granted');
  await heading(page, 'Which phone line?');
});
