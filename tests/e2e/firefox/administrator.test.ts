/** What an administrator sets in Firefox, from a manifest of managed storage to the wire: an account, a lock, a default. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../../gateway/gateway';
import { gatewayLine } from '../../../lib/extension/preset';
import { ensureFirefox } from '../../../scripts/install/firefox.mjs';
import { until } from '../../../scripts/stage/until';
import { builtFor } from '../harness/build';
import { signIns } from '../harness/sign-ins';
import { Firefox } from './firefox';

/** Firefox starts a process a page, on a machine that may be busy. */
const PATIENCE_MS = 20_000;

let gateway: Gateway;
let firefox: Firefox;

beforeAll(async () => {
  const binary = await ensureFirefox();
  if (binary === null) throw new Error('there is no Firefox, and none could be installed');
  gateway = await startGateway();
  const password = gateway.accounts.find(({ user }) => user === 'alice')?.password ?? '';
  const { line, secret } = gatewayLine(gateway.port, 'alice', password);
  const { id, name, login, options } = line;
  const settings = {
    lines: [{ id, name, login, options }],
    secrets: { [id]: secret },
    options: { earlySdpAnswer: true },
  };
  const defaults = { options: { pushWhenActive: true } };
  firefox = await Firefox.launch({ binary, extension: await builtFor('firefox'), managed: { settings, defaults } });
  await firefox.goTo(firefox.page('options.html#advanced'));
});
afterAll(async () => {
  await firefox.close();
  await gateway.close();
});

const signedIn = (times: number, wanted: object) =>
  until(
    `the sign-in that is number ${String(times)}`,
    () => {
      const said = signIns(gateway);
      if (said.length < times) return false;
      expect(said.at(-1)).toMatchObject(wanted);
      return true;
    },
    PATIENCE_MS,
  );

const says = (option: string, words: string) =>
  until(
    `the row of ${option} says “${words}”`,
    async () => {
      const text = String(await inRow(option, 'return row.innerText;'));
      if (!text.includes(words)) throw new Error(text);
      return true;
    },
    PATIENCE_MS,
  );

/** Runs the script with the row of that option. */
const inRow = (option: string, script: string): Promise<unknown> =>
  firefox.inPage(
    `const row = [...document.querySelectorAll('.setting-row')]
      .find((one) => one.querySelector('code')?.textContent === args[0]);
    if (row === undefined) return '';
    ${script}`,
    option,
  );

/** A trusted press in the middle of the row's switch, whether it takes it or not. */
async function pressesSwitch(option: string): Promise<void> {
  const at = await inRow(
    option,
    `const control = row.querySelector('[role=switch]');
    control.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = control.getBoundingClientRect();
    return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };`,
  );
  const { x, y } = at as { readonly x: number; readonly y: number };
  await firefox.clickAt(x, y);
}

const isOn = (option: string) => inRow(option, `return row.querySelector('[role=switch]').ariaChecked;`);

it('signs in with the account it was handed, by the options that are locked and proposed', () =>
  signedIn(1, { login: 'alice', loginParams: { early_sdp_answer: true }, userVariables: { push_when_active: true } }));

it('says who locked an option, and lets nobody change it', async () => {
  await says('earlySdpAnswer', 'Set by your administrator.');
  await pressesSwitch('earlySdpAnswer');
  // The next press is taken, so this one had its time.
  await pressesSwitch('pushWhenActive');
  await signedIn(2, { loginParams: { early_sdp_answer: true }, userVariables: { push_when_active: false } });
  expect(await isOn('earlySdpAnswer')).toBe('true');
});

it('goes back to the administrator’s default, which the row names', async () => {
  await says('pushWhenActive', 'Your administrator’s default: On');
  await firefox.press('Reset: Ring my mobile phones too');
  await signedIn(3, { userVariables: { push_when_active: true } });
  await until('the switch is on', async () => (await isOn('pushWhenActive')) === 'true', PATIENCE_MS);
});
