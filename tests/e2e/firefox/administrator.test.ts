/**
 * What an administrator sets in Firefox, from a manifest of managed storage to the wire: an account, locks, a default. And what
 * Firefox asks and does by itself about an option: the leave for downloads, and the last word as it quits.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../../gateway/gateway';
import { gatewayLine } from '../../../lib/extension/preset';
import { signIns } from '../harness/sign-ins';
import { FirefoxActor } from './actor';
import { patiently } from './patience';

let gateway: Gateway;
let alice: FirefoxActor;
let page: string;

beforeAll(async () => {
  gateway = await startGateway();
  const password = gateway.accounts.find(({ user }) => user === 'alice')?.password ?? '';
  const { line, secret } = gatewayLine(gateway.port, 'alice', password);
  const { id, name, login, options } = line;
  const settings = {
    lines: [{ id, name, login, options }],
    secrets: { [id]: secret },
    options: { earlySdpAnswer: true, hangupOnBeforeUnload: true },
  };
  const defaults = { options: { pushWhenActive: true } };
  alice = await FirefoxActor.open(gateway, { managed: { settings, defaults } });
  page = await alice.windows.openPage('options.html#advanced');
});
afterAll(async () => {
  await alice.close();
  await gateway.close();
});

const signedIn = (times: number, wanted: object) =>
  patiently(`the sign-in that is number ${String(times)}`, () => {
    const said = signIns(gateway);
    if (said.length < times) return false;
    expect(said.at(-1)).toMatchObject(wanted);
    return true;
  });

const says = (option: string, words: string) =>
  patiently(`the row of ${option} says “${words}”`, async () => {
    const text = String(await inRow(option, 'return row.innerText;'));
    if (!text.includes(words)) throw new Error(text);
    return true;
  });

/** Runs the script with the row of that option. */
const inRow = (option: string, script: string): Promise<unknown> =>
  alice.windows.run(
    page,
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
  await alice.firefox.switchTo(page);
  await alice.firefox.clickAt(x, y);
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
  await alice.windows.presses(page, 'Reset: Ring my mobile phones too');
  await signedIn(3, { userVariables: { push_when_active: true } });
  await patiently('the switch is on', async () => (await isOn('pushWhenActive')) === 'true');
});

it('asks for the leave to use downloads as debug data are wanted, and takes a no', async () => {
  const granted = () =>
    alice.windows.atDesk(`return page.browser.permissions.contains(page.JSON.parse('{"permissions":["downloads"]}'));`);
  for (const answer of ['deny', 'allow'] as const) {
    await pressesSwitch('debug');
    await alice.furniture.answerPermission(answer);
    await patiently('the switch is on', async () => (await isOn('debug')) === 'true');
    await patiently(`the leave is as answered: ${answer}`, async () => (await granted()) === (answer === 'allow'));
    await pressesSwitch('debug');
    await patiently('the switch is off', async () => (await isOn('debug')) === 'false');
  }
});

it('tells the server of the end as Firefox quits in a call, where that is wanted', async () => {
  await alice.grant();
  const { legs } = await alice.talksTo('2');
  await alice.close();
  await patiently('the gateway hears it', () =>
    gateway.frames().some(({ direction, frame }) => {
      const said = direction === 'in' ? JSON.stringify(frame) : '';
      return said.includes('telnyx_rtc.bye') && said.includes(legs.id);
    }),
  );
});
