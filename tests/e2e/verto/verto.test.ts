/** What only a FreeSWITCH line does in the built extension, and a line of each kind at once. */

import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startGateway } from '../../../gateway/gateway';
import type { LineId } from '../../../lib/phone/model/ids';
import { until } from '../../../scripts/stage/until';
import type { Actor } from '../harness/actor';
import { signsIn, storageIn } from '../harness/dialects';
import { Theatre } from '../harness/theatre';
import { openUntrusted } from './untrusted';

let theatre: Theatre;
let alice: Actor;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice', { speaks: 1_000, account: false });
  await signsIn(alice, theatre, 'verto');
});
afterEach(() => alice.endCalls());
afterAll(() => theatre.close());

it('rings, is answered, and both are heard', async () => {
  const [callId = ''] = theatre.gateway.call('alice', '2');
  const { id } = await alice.call('ringing');
  await alice.ask('answer', id);
  await alice.call('active');
  expect(await alice.hears(440)).toBeCloseTo(440, -1);
  await until('the bot hears 1 kHz', () => {
    const hz = theatre.gateway.heard(callId)?.hertz ?? 0;
    return Math.abs(hz - 1_000) < 20;
  });
});

it('loses its socket, and has its call rebuilt with the voice in it', async () => {
  const id = await alice.ask('dial', { to: '2' });
  const { legs } = await alice.call('active');
  await alice.hears(440);
  theatre.gateway.faults.close({});
  await until(
    'the gateway saw a new peer',
    () => theatre.gateway.calls().find(({ callId }) => callId === legs.id)?.audio.returns.rebuilt === 1,
  );
  await alice.line('ready');
  expect(await alice.hears(440)).toBeCloseTo(440, -1);
  const whole = await until('both strands are whole', async () => {
    const call = await alice.call('active');
    return call.signalling === 'up' && call.sound === 'flowing' && call;
  });
  expect(whole).toMatchObject({ id, legs: { id: legs.id } });
});

it('shows who is in the room, and writes there', async () => {
  await alice.ask('dial', { to: '18' });
  await alice.call('active');
  const popup = await alice.popup();
  await popup.getByRole('button', { name: '1 in the room' }).click();
  const sheet = popup.getByRole('dialog');
  await sheet.getByText('Alice', { exact: false }).first().waitFor();
  await sheet.getByRole('button', { name: 'Close' }).click();

  await popup.getByRole('button', { name: 'Messages' }).click();
  await popup.getByRole('textbox', { name: 'Write a message' }).fill('Good morning');
  await popup.keyboard.press('Enter');
  await sheet.getByText('Good morning').first().waitFor();
  const { transcript } = await until('it was said in the call', async () => {
    const call = await alice.call('active');
    return call.transcript.length > 0 && call;
  });
  expect(transcript).toMatchObject([{ who: 'person', text: 'Good morning', typed: true }]);
  await popup.close();
});

it('leaves a call in a parking place, and has it back from the dial page', async () => {
  const { lines, secrets } = storageIn('verto', theatre.gateway.port, alice.account);
  const parking = lines.map((line) => ({ ...line, verto: line.verto && { ...line.verto, park: '6001-6002' } }));
  await alice.stage.store({ lines: parking, secrets });
  await until('the line knows its parking places', async () => {
    const [line] = (await alice.snapshot()).lines;
    return line?.parkAt === '6001' && line.session.phase === 'ready';
  });
  const parked = await alice.ask('dial', { to: '2' });
  await alice.call('active');
  const popup = await alice.popup();
  await popup.getByRole('button', { name: 'Transfer' }).click();
  await popup.getByRole('button', { name: 'Park at 6001' }).click();
  await popup.getByText('Parked at 6001').first().waitFor();
  await popup.getByRole('button', { name: 'Done' }).click();
  const list = popup.getByRole('list', { name: 'Parked calls' });
  await list.getByRole('button', { name: /^Pick up / }).click();
  const back = await alice.call('active');
  expect(back.id).not.toBe(parked);
  expect(await alice.hears(440)).toBeCloseTo(440, -1);
  await until('nobody waits', async () => (await alice.snapshot()).parked?.length === 0);
  await popup.close();
});

it('is signed in to a line of each kind: hold on one, transfer on the other, and the history tells which', async () => {
  const { port } = theatre.gateway;
  const [telnyx, own] = [storageIn('telnyx', port, alice.account), storageIn('verto', port, alice.account)];
  const named = [
    ...telnyx.lines.map((line) => ({ ...line, name: 'Sales line' })),
    ...own.lines.map((line) => ({ ...line, name: 'Office' })),
  ];
  await alice.stage.store({ lines: named, secrets: { ...telnyx.secrets, ...own.secrets } });
  const lines = await until('both lines are ready', async () => {
    const { lines: all } = await alice.snapshot();
    return all.length === 2 && all.every(({ session }) => session.phase === 'ready') ? all : null;
  });
  const line = (kind: 'telnyx' | 'verto'): LineId => {
    const found = lines.find((one) => one.kind === kind);
    if (!found) throw new Error(`there is no ${kind} line`);
    return found.id;
  };

  const first = await alice.ask('dial', { to: '2', line: line('telnyx') });
  await alice.call('active');
  await alice.hears(440);
  const second = await alice.ask('dial', { to: '1', line: line('verto') });
  await alice.call('active');
  expect(await alice.hears(1_000)).toBeCloseTo(1_000, -1);
  const states = async () => (await alice.snapshot()).calls.map(({ id, state }) => ({ id, state }));
  // The hold is another line's business than the second call: either may be done first.
  await until('the first call is held', async () =>
    (await states()).some(({ id, state }) => id === first && state.phase === 'active' && state.held),
  );
  expect(await states()).toMatchObject([{ id: first }, { id: second, state: { phase: 'active', held: false } }]);
  const answered = theatre.gateway.calls().filter(({ phase }) => phase === 'answered');
  expect(answered.map(({ callee, held }) => [callee.number, held])).toEqual([
    ['2', true],
    ['1', false],
  ]);

  await alice.ask('transfer', second, '10');
  await until('the FreeSWITCH call is passed on', async () =>
    (await states()).some(
      ({ id, state }) => id === second && state.phase === 'ended' && state.cause.kind === 'transferred',
    ),
  );
  await alice.ask('hold', first, false);
  expect(await alice.hears(440)).toBeCloseTo(440, -1);
  await alice.ask('hangUp', first);
  await until('all is over', async () => (await states()).every(({ state }) => state.phase === 'ended'));

  await alice.dismissAll();
  const popup = await alice.popup();
  const rows = await until('both are in Recents', async () => {
    const labels = await alice.recents(popup);
    return ['passed on', 'Sales line'].every((words) => labels.some((label) => label.includes(words))) && labels;
  });
  expect(rows.find((label) => label.includes('passed on'))).toContain('Office');
  expect(rows.filter((label) => label.includes('Sales line'))).toHaveLength(1);
  await popup.close();
});

it('is set up in the account form, which names what is wrong: nobody there, certificate, no Verto, extension, password', async () => {
  const own = await startGateway({ dialect: 'verto' });
  onTestFinished(() => own.close());
  const untrusted = await openUntrusted();
  onTestFinished(() => untrusted.close());
  const gone = await startGateway();
  await gone.close();
  const page = await alice.stage.page('options.html#account');
  const before = (await alice.snapshot()).lines.length;
  await page.getByRole('button', { name: 'Add account' }).click();
  await page.getByRole('radio', { name: 'FreeSWITCH', exact: true }).click();
  const type = (field: string, text: string): Promise<void> =>
    page.getByRole('textbox', { name: field, exact: true }).fill(text);
  const save = (): Promise<void> => page.getByRole('button', { name: 'Save' }).click();

  await type('Server', '127.0.0.1');
  await type('Port', String(gone.port));
  await type('Extension', 'nobody');
  await type('Password', 'wrong');
  await save();
  await page.getByText(`Nothing answers at 127.0.0.1:${String(gone.port)}.`).waitFor();
  await page.getByRole('button', { name: 'Open it in a tab' }).waitFor();

  // A browser tells nobody why: the button leads to where the certificate can be seen.
  await type('Port', String(untrusted.port));
  await save();
  await page.getByText(`open https://127.0.0.1:${String(untrusted.port)}`).waitFor();
  expect(untrusted.greeted()).toBeGreaterThan(0);

  await page.getByText('Plain (ws)').click();
  await type('Port', String(own.port));
  own.faults.refuse({ method: 'login', code: -32_601, message: 'Invalid Method, Missing Method or Permission Denied' });
  await save();
  await page.getByText(`Something answers at 127.0.0.1:${String(own.port)}, but it does not speak Verto.`).waitFor();
  await save();
  await page.getByText('The server does not know this extension.').waitFor();
  await type('Extension', alice.account.user);
  await save();
  await page.getByText('The username or password was refused.').waitFor();
  await type('Password', alice.account.password);
  await page.getByRole('switch', { name: 'Also try a call' }).click();
  await save();
  await until('the new line is ready', async () => {
    const { lines } = await alice.snapshot();
    return lines.length === before + 1 && lines.at(-1)?.session.phase === 'ready';
  });
  expect(own.sessions()).toMatchObject([{ user: 'alice', dialect: 'verto' }]);

  const tries = (): Promise<void> => page.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('The call to 9196 works: connected with opus').waitFor();
  own.faults.lack('codec');
  await tries();
  await page.getByText('no codec in common with the server').waitFor();
  own.faults.lack('ice');
  await tries();
  await page.getByText('the server answers a call without ICE').waitFor();
  own.faults.lack(null);
  await type('Extension to try', '13');
  await tries();
  await page.getByText('there is no extension 13').waitFor();
  await until('every trial is over', () => own.calls().every(({ phase }) => phase === 'ended'));
  expect(own.calls()).toHaveLength(4);
  await until('no peer is left', async () => (await alice.stage.engine.counters()).peers === 0);
  expect((await alice.snapshot()).calls).toEqual([]);
  await page.close();
});
