/** What an administrator sets in Chromium, from the browser's policies to the wire: an account, a lock, a default. */

import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gatewayLine } from '../../lib/extension/preset';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { signIns } from './harness/sign-ins';
import { Theatre } from './harness/theatre';

let theatre: Theatre;
let alice: Actor;
let page: Page;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice', { account: false });
  const { line, secret } = gatewayLine(theatre.gateway.port, 'alice', alice.account.password);
  const { id, name, login, options } = line;
  await alice.stage.administer({
    settings: {
      lines: [{ id, name, login, options }],
      secrets: { [id]: secret },
      options: { earlySdpAnswer: true },
    },
    defaults: { options: { pushWhenActive: true } },
  });
  await alice.line('ready');
  page = await alice.stage.page('options.html#advanced');
});
afterAll(() => theatre.close());

const row = (option: string) => page.locator('.setting-row', { has: page.getByText(option, { exact: true }) });
const own = () => page.evaluate(async () => (await chrome.storage.local.get('options'))['options']);
const signedIn = (times: number, wanted: object) =>
  until(`the sign-in that is number ${String(times)}`, () => {
    const said = signIns(theatre.gateway);
    if (said.length < times) return false;
    expect(said.at(-1)).toMatchObject(wanted);
    return true;
  });

it('signs in with the account it was handed, by the options that are locked and proposed', () => {
  expect(signIns(theatre.gateway)).toMatchObject([
    { login: 'alice', loginParams: { early_sdp_answer: true }, userVariables: { push_when_active: true } },
  ]);
});

it('says who locked an option, and lets nobody change it', async () => {
  const locked = row('earlySdpAnswer');
  await locked.getByText('Set by your administrator.').waitFor();
  // In its middle, though nobody could press it.
  await locked.getByRole('switch', { checked: true, disabled: true }).click({ force: true });
  // The next row takes its press, so this one had its time.
  await row('pushWhenActive').getByRole('switch').click();
  await signedIn(2, { loginParams: { early_sdp_answer: true }, userVariables: { push_when_active: false } });
  expect(await own()).toEqual({});
});

it('goes back to the administrator’s default, which the row names', async () => {
  const proposed = row('pushWhenActive');
  await proposed.getByText('Your administrator’s default: On').waitFor();
  await proposed.getByRole('button', { name: 'Reset' }).click();
  await signedIn(3, { userVariables: { push_when_active: true } });
  expect(await own()).toEqual({ pushWhenActive: true });
});

it('asks for the secret alone where an account comes without one, and keeps it through later policies', async () => {
  const { line } = gatewayLine(theatre.gateway.port, 'alice', '');
  const { id, name, login, options } = line;
  const account = { id, name, login, options };
  await alice.stage.administer({ settings: { lines: [account] } });
  await until('nothing signs in', async () => (await alice.snapshot()).lines.length === 0);
  const accounts = await alice.stage.page('options.html#account');
  await accounts.getByText('Only this is yours to give: Password.').waitFor();
  expect(await accounts.getByRole('textbox', { name: 'Username' }).getAttribute('readonly')).toBe('');
  await accounts.getByRole('textbox', { name: 'Password' }).fill(alice.account.password);
  await accounts.getByRole('button', { name: 'Save' }).click();
  await accounts.getByPlaceholder('Kept. Type to replace it.').waitFor();
  const ready = (named: string) =>
    until(`the account ${named} is ready`, async () => {
      const { lines } = await alice.snapshot();
      return lines.length === 1 && lines[0]?.id === id && lines[0].name === named && lines[0].session.phase === 'ready';
    });
  await ready(name);
  await alice.stage.administer({ settings: { lines: [{ ...account, name: 'Reception' }] } });
  await ready('Reception');
  await accounts.close();
});

it('follows at once what the administrator takes back', async () => {
  await alice.stage.administer({});
  await until('nothing of theirs is left', async () => {
    const { lines } = await alice.snapshot();
    return lines.length === 0 && JSON.stringify(await own()) === '{}';
  });
  await row('earlySdpAnswer').getByText('Default: Off').waitFor();
  await row('earlySdpAnswer').getByRole('switch', { checked: false }).waitFor();
});
