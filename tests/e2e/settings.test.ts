/** The settings as a person uses them, on the built extension with one account at a real gateway. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { gatewayLine } from '../../lib/extension/preset';
import { until } from '../../scripts/stage/until';
import { toneWav } from '../conformance/wav';
import { JABRA_LIKE } from '../fakes/headset';
import { TurnServer } from '../faults/turn';
import type { Actor } from './harness/actor';
import { faultsInBothThemes } from './harness/faults';
import { signIns } from './harness/sign-ins';
import { Theatre } from './harness/theatre';

let theatre: Theatre;
let alice: Actor;
beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice');
});
afterAll(() => theatre.close());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

it('keeps an option, says what is wrong with one, and goes back to the default', async () => {
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
  // Stored, not only typed.
  await page.getByRole('button', { name: 'Reset: Give up reconnecting after' }).waitFor();

  await page.getByRole('switch', { name: 'Always use a relay' }).click();
  await page.getByText('needs a TURN server here').first().waitFor();
  expect(await page.getByRole('switch', { name: 'Always use a relay' }).getAttribute('aria-checked')).toBe('false');
  // The engine took the new options, and did not lose its line over them.
  await until('it signed in anew', () => signIns(theatre.gateway).length > 1);
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
  const page = await alice.stage.page('options.html');
  await heading(page, 'Account');
  await page.keyboard.press('/');
  await page.keyboard.type('iceServers');
  await page.getByText('STUN and TURN servers', { exact: true }).waitFor();
  await until('no switch is found', async () => (await page.getByRole('switch').count()) === 0);
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('theme');
  await page.getByRole('radiogroup', { name: 'Theme' }).waitFor();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await until('the page turns dark', () => page.evaluate(() => document.documentElement.style.colorScheme === 'dark'));
  expect(await faultsInBothThemes(page)).toEqual([]);
  await search.fill('no such thing');
  await page.getByText('Nothing found.').waitFor();
  await search.press('Escape');
  await heading(page, 'Account');
});

it('never shows a stored password, keeps it when nothing is typed, and puts back what worked when a new one is refused', async () => {
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

it('sends with every call what is typed for the account, faults told beside their field', async () => {
  await alice.line('ready');
  const signedIn = signIns(theatre.gateway).length;
  const page = await alice.stage.page('options.html#advanced');
  await heading(page, 'Advanced');
  await page.getByRole('button', { name: 'Add header' }).click();
  const header = page.getByRole('group', { name: 'Header 1' });
  const name = header.getByRole('textbox', { name: 'Name' });
  await name.fill('Desk');
  await name.blur();
  await header.getByText('Begin with X-').waitFor();
  expect(await name.getAttribute('aria-invalid')).toBe('true');
  await name.fill('X-Desk');
  await header.getByRole('textbox', { name: 'Value' }).fill('front');
  await header.getByRole('textbox', { name: 'Value' }).blur();
  await header.getByText('Begin with X-').waitFor({ state: 'detached' });
  const state = page.getByRole('textbox', { name: 'State for your application' });
  await state.fill('{"t":1}');
  await state.blur();
  // By the keyboard alone, and the focus goes along with what moves.
  const up = page.getByRole('button', { name: 'Move PCMU up' });
  await up.focus();
  await page.keyboard.press('Enter');
  await page.getByText('PCMU is number 2 of 4 now.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('PCMU is number 1 of 4 now.').waitFor();
  const taken = ['"name":"X-Desk"', '"codecs":["audio/PCMU"', '"clientState":"(hidden)"'];
  await until('the engine has taken all of it', async () => {
    const report = JSON.stringify(await alice.ask('report'));
    return taken.every((part) => report.includes(part));
  });
  expect(signIns(theatre.gateway)).toHaveLength(signedIn);

  await alice.ask('dial', { to: '2' });
  await alice.call('active');
  const invite = JSON.stringify(
    theatre.gateway.frames().findLast(({ frame }) => JSON.stringify(frame).includes('"telnyx_rtc.invite"')),
  );
  expect(invite).toContain('"custom_headers":[{"name":"X-Desk","value":"front"}]');
  expect(invite).toContain('"clientState":"eyJ0IjoxfQ=="');
  expect(invite).toMatch(/m=audio \d+ \S+ 0 /);
  await alice.endCalls();

  for (const row of ['Headers', 'State for your application', 'Sound formats']) {
    await page.getByRole('button', { name: `Reset: ${row}` }).click();
    await page.getByRole('button', { name: `Reset: ${row}` }).waitFor({ state: 'detached' });
  }
  await page.getByText('No headers are sent.').waitFor();
  expect(await state.inputValue()).toBe('');
  await page.close();
});

it('takes a new token while a call goes on', async () => {
  const { gateway } = theatre;
  const { line } = gatewayLine(gateway.port, 'alice', '');
  const before = alice.preset(gateway.port);
  await alice.stage.store({
    lines: [{ ...line, login: '' }],
    secrets: { [line.id]: { token: gateway.mintToken('alice', 3_600_000) } },
  });
  await until('it signed in with the token', () => JSON.stringify(signIns(gateway).at(-1)).includes('"login_token"'));
  await alice.line('ready');
  await alice.ask('dial', { to: '2' });
  await alice.call('active');
  const sockets = gateway.frames().filter(({ direction }) => direction === 'open').length;
  const page = await alice.stage.page('options.html#account');
  const renewed = gateway.mintToken('alice', 7_200_000);
  await page.getByText('Finish the call first.').waitFor();
  await page.getByRole('textbox', { name: 'Token', exact: true }).fill(renewed);
  await page.getByText('The call goes on: only the token changes.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The new token was handed in.').waitFor();
  await until('the server has it', () => JSON.stringify(signIns(gateway).at(-1)).includes(renewed));
  expect(gateway.frames().filter(({ direction }) => direction === 'open')).toHaveLength(sockets);
  await alice.call('active');
  await alice.hears(440);
  await page.close();
  await alice.endCalls();
  await alice.stage.store(before);
  await until('the password is back', () => JSON.stringify(signIns(gateway).at(-1)).includes('"passwd"'));
  await alice.line('ready');
});

it('asks the servers of one’s own whether they answer, how fast, and whether they take the secret', async () => {
  const turn = await TurnServer.start();
  onTestFinished(() => turn.kill());
  const silent = createSocket('udp4').bind(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => new Promise((resolve) => void silent.close(() => resolve())));
  const asked = once(silent, 'message');
  const [server] = turn.iceServers;
  const page = await alice.stage.page('options.html#advanced');
  await heading(page, 'Advanced');
  await page.getByRole('radio', { name: 'My own' }).click();
  for (const [index, secret] of [server?.credential ?? '', 'wrong'].entries()) {
    await page.getByRole('button', { name: 'Add server' }).click();
    const row = page.getByRole('group', { name: `Server ${index + 1}`, exact: true });
    await row.getByRole('textbox', { name: 'Address' }).fill(server?.urls ?? '');
    await row.getByRole('textbox', { name: 'Username' }).fill(server?.username ?? '');
    await row.getByLabel('Secret').fill(secret);
  }
  await page.getByRole('button', { name: 'Test all' }).click();
  const [good, bad] = [page.getByRole('group', { name: 'Server 1' }), page.getByRole('group', { name: 'Server 2' })];
  await good.getByText(/^Reachable, \d+ ms$/).waitFor();
  await bad.getByText('The server does not accept this username and secret.').waitFor();

  await page.clock.install();
  await page.getByRole('button', { name: 'Add server' }).click();
  const third = page.getByRole('group', { name: 'Server 3' });
  const { port } = silent.address();
  await third.getByRole('textbox', { name: 'Address' }).fill(`stun:127.0.0.1:${String(port)}`);
  await third.getByRole('button', { name: 'Test server 3' }).click();
  await asked;
  await third.getByText('Testing').waitFor();
  await page.clock.fastForward(8000);
  await third.getByText(`No reply on port ${String(port)}.`).waitFor();
  await page.close();
});

it('takes a sound from the disk, and nothing that is none', async () => {
  const page = await alice.stage.page('options.html#advanced');
  await heading(page, 'Advanced');
  const picker = page.getByLabel('Choose a file for Ringtone');
  await picker.setInputFiles({ name: 'bell.ogg', mimeType: 'audio/ogg', buffer: Buffer.from('OggS') });
  await page.getByText('Choose a wav or mp3 file.').waitFor();
  const bell = toneWav(660, 1);
  await picker.setInputFiles({ name: 'bell.wav', mimeType: 'audio/wav', buffer: bell });
  await page.getByText('Your file').waitFor();
  await page.getByText('Choose a wav or mp3 file.').waitFor({ state: 'detached' });
  await until('it is kept in the settings', () =>
    page.evaluate(async (file) => {
      const { options } = await chrome.storage.local.get('options');
      return JSON.stringify(options).includes(`"ringtoneFile":"data:audio/wav;base64,${file}"`);
    }, bell.toString('base64')),
  );
  await page.getByRole('button', { name: 'Reset: Ringtone' }).click();
  await page.getByText(/^Harbour bell\s*Built in$/).waitFor();
  await page.close();
});

it('is clean for axe on every page of the settings, in both themes', async () => {
  const iceServers = [{ urls: 'turn:turn.example', username: 'u', credential: 'c' }, { urls: 'stun:stun.example' }];
  await alice.stage.store({ options: { iceServers } });
  for (const name of ['account', 'audio', 'click', 'calls', 'shortcuts', 'advanced']) {
    const page = await alice.stage.page(`options.html#${name}`);
    await page.locator('.setting-row').first().waitFor();
    expect({ name, faults: await faultsInBothThemes(page) }).toEqual({ name, faults: [] });
    await page.close();
  }
});

it('lets the browser ask for a headset, tries it, and lights and hears it in a call', async () => {
  await alice.line('ready');
  const { engine } = alice.stage;
  expect(await engine.evaluate('navigator.hid.getDevices().then((devices) => devices.length)')).toBe(0);
  const page = await alice.stage.page('options.html#audio');
  await heading(page, 'Audio');
  // The real call first: not refused, as it is without a person's gesture.
  await page.evaluate(`{
    const ask = HID.prototype.requestDevice;
    HID.prototype.requestDevice = function (options) {
      window.asked = { options, inGesture: navigator.userActivation.isActive, refused: null };
      const answer = ask.call(this, options);
      answer.catch((thrown) => (window.asked.refused = thrown.name));
      return answer;
    };
  }`);
  const choose = page.getByRole('button', { name: 'Choose a headset' });
  await choose.click();
  expect(await until('the browser is asked', () => page.evaluate('window.asked'))).toEqual({
    options: { filters: [{ usagePage: 0x0b }] },
    inGesture: true,
    refused: null,
  });

  // No machine of ours has a headset, so that from here on one stands behind the browser's door.
  await engine.evaluate(playHeadset(JSON.stringify(JABRA_LIKE)));
  await page.evaluate('HID.prototype.requestDevice = () => Promise.resolve([{}])');
  const says = (report: readonly number[]) => engine.evaluate(`headset.says(${JSON.stringify(report)})`);
  const told = (lamps: number) =>
    until(`the headset is told ${String(lamps)}`, async () => {
      const last = await engine.evaluate<number[] | null>('headset.sent.at(-1) ?? null');
      return last?.[1] === lamps;
    });
  const letGo = () => until('the headset is let go', () => engine.evaluate<boolean>('!headset.opened'));
  await choose.click();
  await page.getByText('Its buttons: answer or hang up, mute, hold and decline.').waitFor();
  await told(OFF_HOOK);
  await says([2, HOOK | MUTE, 0]);
  await page.getByText('Heard: mute.').waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await letGo();

  await alice.dismissAll();
  await alice.ask('dial', { to: '1' });
  await told(OFF_HOOK);
  await alice.call('active');
  await says([2, HOOK, 0]);
  await says([2, HOOK | MUTE, 0]);
  await told(OFF_HOOK | MUTED);
  expect((await alice.call('active')).muted).toBe(true);
  await says([2, 0, 0]);
  expect(await alice.outcomes()).toEqual(['hung-up-here']);
  await letGo();
  expect(await engine.evaluate('headset.sent.at(-1)')).toEqual([2, 0, 0]);
  await alice.dismissAll();
});

const [OFF_HOOK, MUTED] = [1, 2];
const [HOOK, MUTE] = [1, 4];

/** A headset as WebHID shows one, in the engine's own document. */
const playHeadset = (collections: string): string => `{
  const headset = Object.assign(new EventTarget(), {
    vendorId: 1, productId: 2, productName: 'Evolve', opened: false, collections: ${collections}, sent: [],
    open: async () => void (headset.opened = true),
    close: async () => void (headset.opened = false),
    sendReport: async (id, data) => void headset.sent.push([id, ...data]),
    says([reportId, ...bytes]) {
      const data = new DataView(Uint8Array.from(bytes).buffer);
      headset.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data }));
    },
  });
  globalThis.headset = headset;
  HID.prototype.getDevices = () => Promise.resolve([headset]);
}`;
