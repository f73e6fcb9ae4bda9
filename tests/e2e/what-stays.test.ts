/** What a person set, said and did is kept: through a change of microphone, after the call, and after the browser's end. */

import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { LineId } from '../../lib/phone/model/ids';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { storageIn } from './harness/dialects';
import { SoundCheck } from './harness/sound-check';
import { Theatre } from './harness/theatre';

/** Chromium's second made-up microphone; like the others it plays Alice's recording. */
const OTHER = 'Fake Audio Input 2';
const ASSISTANT = 'assistant-harbour';
const GREETING = 'Hello, this is the test assistant. What can I do for you?';

let theatre: Theatre;
let alice: Actor;
let popup: Page;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice', {
    speaks: 1_000,
    settings: { options: { rtcIp: '127.0.0.1', rtcPort: theatre.gateway.port } },
  });
  await alice.line('ready');
  popup = await alice.popup();
});
afterEach(() => alice.endCalls());
afterAll(() => theatre.close());

it('changes the microphone in a call, and who was muted stays muted', async () => {
  await alice.ask('dial', { to: '2' });
  const { legs } = await alice.call('active');
  const heard = () => theatre.gateway.heard(legs.id);
  await until('Alice is heard', () => Math.abs((heard()?.hertz ?? 0) - 1_000) < 12);
  await press('Mute');
  await until('Alice is not heard', () => heard()?.silent);

  await press('Audio');
  await popup.getByRole('radio', { name: OTHER }).check();
  await until('the other microphone is sent', async () => (await alice.stage.engine.microphones()).includes(OTHER));
  await popup.keyboard.press('Escape');
  expect((await alice.call('active')).muted).toBe(true);
  const before = heard()?.packets ?? 0;
  await until('packets go on', () => (heard()?.packets ?? 0) > before + 25);
  expect(heard()?.silent).toBe(true);
  await alice.hears(440);

  await press('Unmute');
  await until('Alice is heard by the other one', () => Math.abs((heard()?.hertz ?? 0) - 1_000) < 12);
  await popup.getByRole('textbox', { name: 'Notes for this call' }).fill('Ask for the harbour plan.');
  await popup.getByText('Saved').waitFor();
  await press(/^End/u);
  await press('Done');
});

it('tries microphone and speaker in the settings, and holds no microphone afterwards', async () => {
  const settings = await alice.stage.page('options.html#audio');
  const check = await SoundCheck.in(settings);
  // So that five seconds of recording need not be waited for.
  await settings.clock.install();
  const button = (name: string): Locator => settings.getByRole('button', { name, exact: true });

  await button('Listen').click();
  const level = async (): Promise<number> => Number(await settings.getByRole('meter').getAttribute('aria-valuenow'));
  await until('the meter is in its good zone', async () => (await level()) > 9);
  await settings.getByText('Good level. You are easy to hear.').waitFor();
  await button('Stop').click();
  await until('the meter rests', async () => (await level()) === 0);
  await until('the microphone is closed', async () => (await check.microphones()).open === 0);
  expect(await check.microphones()).toEqual({ opened: 1, open: 0 });

  const speaker = settings.getByRole('combobox', { name: 'Speaker' });
  await speaker.selectOption({ label: 'Fake Audio Output 2' });
  await button('Test the speaker').click();
  await until('the chime is heard', () => check.heard(523, 659, 784));
  expect(await check.sink()).toBe(await speaker.inputValue());

  await button('Record 5 s and play back').click();
  await settings.getByText('Recording. Say something.').waitFor();
  await until(
    'a second is recorded',
    async () => (await check.microphones()).open === 1 && (await check.openFor()) > 1,
  );
  await settings.clock.runFor(5_000);
  await until('Alice hears herself', () => check.heard(1_000));
  await until('the microphone is closed again', async () => (await check.microphones()).open === 0);
  expect(await check.microphones()).toEqual({ opened: 2, open: 0 });
  expect(await check.sink()).toBe(await speaker.inputValue());
  await settings.close();
});

it('keeps what an assistant and I said with the call', async () => {
  await popup.getByRole('navigation').getByRole('button', { name: 'Assistant' }).click();
  await popup.getByRole('textbox', { name: 'Assistant ID' }).fill(ASSISTANT);
  await press('Add assistant');
  await press(`Talk to ${ASSISTANT}`);
  const log = popup.getByRole('log');
  await log.getByText(GREETING).waitFor();
  const line = popup.getByRole('textbox', { name: `Type to ${ASSISTANT}` });
  await line.fill('Good morning');
  await line.press('Enter');
  await log.getByText('You wrote: Good morning').waitFor();
  const live = (): Promise<string | null> => log.getAttribute('aria-live');
  await until('the screen reader is silent, since the voice speaks', async () => (await live()) === 'off');
  await press('Audio');
  const aloud = popup.getByRole('switch', { name: 'Read lines aloud' });
  // By itself it is on while no sound comes; it is switched on once it is off.
  await until('it reads, as the person wants', async () => {
    if ((await aloud.getAttribute('aria-checked')) === 'false') await aloud.click();
    const { readAloud } = await popup.evaluate(() => chrome.storage.local.get('readAloud'));
    return readAloud === true && (await live()) === 'polite';
  });
  await popup.keyboard.press('Escape');

  const picker = popup.locator('input[type=file]');
  await picker.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') });
  await popup.getByRole('alert').filter({ hasText: 'no picture that can be sent' }).waitFor();
  await paste(line, '/icon/128.png');
  await line.fill('Is that your sign?');
  await popup.getByRole('button', { name: 'Remove the picture' }).waitFor();
  await line.press('Enter');
  await log.getByText('I see a picture of 128 by 128 pixels. You wrote: Is that your sign?').waitFor();
  await log.getByRole('img', { name: 'Picture' }).waitFor();

  await line.fill('weather, please');
  await line.press('Enter');
  await log.getByText('get_weather').waitFor();
  const { id } = await alice.call('active');
  await alice.ask('hangUp', id);
  await alice.call('ended');
  await alice.ask('dismiss', id);
  await readTranscript();
  await popup.getByRole('navigation').getByRole('button', { name: 'Keypad' }).click();
});

it('has its history, its notes, its words, who is parked and its settings after the browser was ended in a call', async () => {
  const parked = await parkAt('6001');
  await alice.ask('dial', { to: '10' });
  const { legs } = await alice.call('active');
  await until('the call is kept', async () => {
    const worker = await alice.stage.worker();
    const kept = JSON.stringify(await worker.evaluate(() => chrome.storage.local.get('resume')));
    return kept.includes(legs.id) && !kept.includes('"answeredAt":null');
  });
  // The server will not wait for her.
  theatre.gateway.faults.setDetachMs(0);
  alice = await theatre.restart(alice, { speaks: 1_000 });
  await alice.line('ready');
  popup = await alice.popup();
  const rows = await until('the interrupted call is listed', async () => {
    const listed = await alice.recents(popup);
    return listed.length === 4 && listed;
  });
  expect(rows).toEqual([
    expect.stringMatching(/^10, outgoing, .*\blost\b/u),
    expect.stringMatching(/^2, outgoing, .*\bparked at 6001\b/u),
    expect.stringContaining(ASSISTANT),
    expect.stringMatching(/^2, outgoing, .*\bnote\b/u),
  ]);
  await readTranscript();
  await popup.getByRole('navigation').getByRole('button', { name: 'Keypad' }).click();
  await until('the line of the parking place is ready', async () =>
    (await alice.snapshot()).lines.some(({ id, session }) => id === parked && session.phase === 'ready'),
  );
  await popup.getByRole('list', { name: 'Parked calls' }).getByRole('button', { name: 'Pick up 2' }).click();
  await alice.call('active');
  await alice.hears(440);
  await until('nobody waits any more', async () => (await alice.snapshot()).parked?.length === 0);
  await until(`${OTHER} is chosen`, async () => {
    const { devices } = await alice.snapshot();
    return devices.microphones.find(({ id }) => id === devices.microphone)?.label === OTHER;
  });
});

/** Leaves a call in that place of a server of one's own, by a second line, whose id it returns; the browser has written it down. */
async function parkAt(place: string): Promise<LineId> {
  const own = storageIn('verto', theatre.gateway.port, alice.account);
  const office = own.lines.map((line) => ({ ...line, verto: line.verto && { ...line.verto, park: place } }));
  const worker = await alice.stage.worker();
  const before = await worker.evaluate(() => chrome.storage.local.get<{ lines: object[]; secrets: object }>());
  await alice.stage.store({ lines: [...before.lines, ...office], secrets: { ...before.secrets, ...own.secrets } });
  const line = await until('the other line knows its parking place', async () => {
    const { lines } = await alice.snapshot();
    return lines.find(({ parkAt: free, session }) => free === place && session.phase === 'ready')?.id;
  });
  const id = await alice.ask('dial', { to: '2', line });
  await alice.call('active');
  await alice.ask('park', id);
  expect((await alice.call('ended')).state.cause).toMatchObject({ kind: 'parked', place });
  await alice.dismissAll();
  await until('it is written down', async () => {
    const { parked } = await (await alice.stage.worker()).evaluate(() => chrome.storage.local.get('parked'));
    return JSON.stringify(parked ?? []).includes(place);
  });
  return line;
}

/** A picture of the extension's own, as if it had been copied somewhere. */
function paste(into: Locator, address: string): Promise<void> {
  return into.evaluate(async (field, from) => {
    const clipboardData = new DataTransfer();
    const picture = await (await fetch(from)).blob();
    clipboardData.items.add(new File([picture], 'picture.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, address);
}

function press(name: string | RegExp): Promise<void> {
  return popup.getByRole('button', { name, exact: true }).click();
}

/** Opens the earlier conversation and looks for what was said in it. */
async function readTranscript(): Promise<void> {
  await popup.getByRole('navigation').getByRole('button', { name: 'Assistant' }).click();
  await popup.getByRole('button', { name: /Good morning/u }).click();
  const log = popup.getByRole('log');
  for (const text of [GREETING, 'Good morning', 'You wrote: Good morning', 'weather, please'])
    await log.getByText(text, { exact: true }).waitFor();
  await log.getByRole('img', { name: 'Picture' }).waitFor();
  await press('Back');
}
