/** Setting up as a person does it: microphone, account, test call, settings; on the built extension, at a real gateway. */

import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { readByAxe } from '../../scripts/stage/axe';
import { until } from '../../scripts/stage/until';
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
  const stored = () => options.evaluate(async () => (await chrome.storage.local.get('options'))['options']);
  await until('the server is stored', async () => JSON.stringify(await stored())?.includes(String(port)) ?? false);
  return options;
}

/** What axe says against the page, in light and in dark. */
async function faults(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await readByAxe(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  return found;
}

it('leads from nothing to a heard echo: server, microphone, a refused password, the right one, a test call', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice', { permission: 'ask', account: false, speaks: 1_000 });
  const { port } = theatre.gateway;
  await (await setServer(alice, port)).close();

  const page = await alice.stage.page('welcome.html');
  await heading(page, 'Calls that hold');
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Set up' }).click();

  await heading(page, 'May we use your microphone?');
  expect(await faults(page)).toEqual([]);
  await alice.stage.answerPermission('microphone', 'granted');
  await page.getByRole('button', { name: 'Allow microphone' }).click();

  await heading(page, 'Which phone line?');
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Enter the password.').waitFor();
  await page.getByRole('textbox', { name: 'Username' }).fill(alice.account.user);
  const password = page.getByRole('textbox', { name: 'Password' });
  await password.fill('not-the-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('The username or password was refused.').waitFor();
  expect(await password.getAttribute('aria-invalid')).toBe('true');
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
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'End test' }).click();

  await heading(page, 'You are ready');
  await until('the test call is over', async () => (await alice.snapshot()).calls.length === 0);
  expect(await faults(page)).toEqual([]);
});

it('notices by itself that a blocked microphone was allowed', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice', { permission: 'ask', account: false });
  await alice.stage.answerPermission('microphone', 'denied');
  const page = await alice.stage.page('welcome.html');
  await page.getByRole('button', { name: 'Set up' }).click();
  await heading(page, 'The microphone is blocked');
  await page.getByText('Turn on Microphone.').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Check again' }).click();
  // While that check may still be going on: what changes meanwhile is not lost.
  await alice.stage.answerPermission('microphone', 'granted');
  await heading(page, 'Which phone line?');
});

it('keeps an option, says what is wrong with one, and goes back to the default', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice');
  await alice.line('ready');
  const page = await alice.stage.page('options.html#advanced');
  await heading(page, 'Advanced');

  const muted = page.getByRole('switch', { name: 'Start calls muted' });
  expect(await muted.getAttribute('aria-checked')).toBe('false');
  await muted.click();
  await page.getByRole('button', { name: 'Reset: Start calls muted' }).waitFor();

  const tries = page.getByRole('textbox', { name: 'Give up reconnecting after' });
  await tries.fill('many');
  await tries.blur();
  await page.getByText('Give a whole number from 0 to 1000.').waitFor();
  await tries.fill('0');
  await tries.blur();
  await page.getByText('Give a whole number').waitFor({ state: 'detached' });

  await page.getByRole('switch', { name: 'Always use a relay' }).click();
  await page.getByText('needs a TURN server here').first().waitFor();
  expect(await page.getByRole('switch', { name: 'Always use a relay' }).getAttribute('aria-checked')).toBe('false');
  // The engine took the new options, and did not lose its line over them.
  await alice.line('ready');

  await page.reload();
  await heading(page, 'Advanced');
  expect(await page.getByRole('switch', { name: 'Start calls muted' }).getAttribute('aria-checked')).toBe('true');
  expect(await page.getByRole('textbox', { name: 'Give up reconnecting after' }).inputValue()).toBe('0');
  await page.getByRole('button', { name: 'Reset: Start calls muted' }).click();
  await page.getByRole('button', { name: 'Reset: Start calls muted' }).waitFor({ state: 'detached' });
  expect(await page.getByRole('switch', { name: 'Start calls muted' }).getAttribute('aria-checked')).toBe('false');
});

it('finds settings on every page by their words and by the names of options', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice');
  const page = await alice.stage.page('options.html');
  await heading(page, 'Account');
  await page.keyboard.press('/');
  await page.keyboard.type('iceServers');
  await page.getByText('STUN and TURN servers', { exact: true }).waitFor();
  expect(await page.getByRole('switch').count()).toBe(0);
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('theme');
  await page.getByRole('radiogroup', { name: 'Theme' }).waitFor();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await until('the page turns dark', () => page.evaluate(() => document.documentElement.style.colorScheme === 'dark'));
  expect(await faults(page)).toEqual([]);
  await search.fill('no such thing');
  await page.getByText('Nothing found.').waitFor();
  await search.press('Escape');
  await heading(page, 'Account');
});

it('never shows a stored password, keeps it when nothing is typed, and puts back what worked when a new one is refused', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice');
  await alice.line('ready');
  const page = await alice.stage.page('options.html#account');
  const form = page.getByRole('form', { name: 'alice' });
  await form.waitFor();
  expect(await page.content()).not.toContain(alice.account.password);
  const password = form.getByRole('textbox', { name: 'Password' });
  expect(await password.inputValue()).toBe('');

  await password.fill('wrong');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('The username or password was refused.').waitFor();
  await until('only the old account is left', async () => (await alice.snapshot()).lines.length === 1);
  await alice.line('ready');

  await password.fill('');
  await form.getByRole('textbox', { name: 'Caller ID name' }).fill('Northgate');
  await form.getByRole('button', { name: 'Save' }).click();
  await until('the account is replaced', () =>
    page.evaluate(async () => {
      const { lines } = await chrome.storage.local.get('lines');
      return Array.isArray(lines) && lines.length === 1 && JSON.stringify(lines).includes('Northgate');
    }),
  );
  await alice.line('ready');
});

it('is clean for axe on every page of the settings, in both themes', async () => {
  theatre = await Theatre.open();
  const iceServers = [{ urls: 'turn:turn.example', username: 'u', credential: 'c' }, { urls: 'stun:stun.example' }];
  const alice = await theatre.actor('alice', { settings: { options: { iceServers } } });
  for (const name of ['account', 'audio', 'click', 'calls', 'shortcuts', 'advanced']) {
    const page = await alice.stage.page(`options.html#${name}`);
    await page.locator('.setting-row').first().waitFor();
    expect({ name, faults: await faults(page) }).toEqual({ name, faults: [] });
    await page.close();
  }
});
