/** Calls that come in while no page of the phone is open: notification, badge, missed, do not disturb, answered by itself. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { DIALECTS, storageIn, type DialectName } from './harness/dialects';
import { Theatre } from './harness/theatre';
import { Toolbar } from './harness/toolbar';

const TONE = { number: '2', name: 'Tone', hz: 440 } as const;

let theatre: Theatre;
let alice: Actor;
let toolbar: Toolbar;
/** Over which dialect Alice is called. */
let speaks: DialectName = 'telnyx';
/** How often the settings were changed. */
let changes = 0;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice', { speaks: 1_000 });
  toolbar = new Toolbar(alice.stage);
  await toolbar.says(/^Holdfast: alice ready$/u);
});
// None is left for the next play, however this one ended.
afterEach(async () => {
  for (const { callId, phase } of theatre.gateway.calls())
    if (phase !== 'ended') theatre.gateway.faults.hangUp({ callId });
  await toolbar.says(/ready$|missed call/u);
});
afterAll(() => theatre.close());

/** A bot calls Alice; the gateway's id of that call. */
function ring(): string {
  const [id] = theatre.gateway.call('alice', TONE.number);
  if (id === undefined) throw new Error('nobody was there to be called');
  return id;
}

/** Waits until a call rings and is shown, in the toolbar as well; the id of its notification, which is the call's. */
async function shown(): Promise<string> {
  const id = await until('a notification shows the call that rings', async () => {
    const ringing = (await calls()).find(({ state }) => state.phase === 'ringing');
    return ringing !== undefined && (await toolbar.notifications()).includes(ringing.id) ? ringing.id : null;
  });
  await toolbar.says(/is calling$/u);
  return id;
}

/**
 * Stores how calls are taken, with nothing missed, and returns once the engine knows and can be called. The button tells
 * nothing of that, since it is painted for other reasons as well: so the line gets another name, and the engine says it.
 */
async function taken(how: object): Promise<void> {
  changes += 1;
  const name = `alice ${String(changes)}`;
  const { lines, secrets } = storageIn(speaks, theatre.gateway.port, alice.account);
  await alice.stage.store({ calls: how, missed: 0, lines: lines.map((line) => ({ ...line, name })), secrets });
  await until('the engine knows how calls are taken', async () =>
    (await alice.kept())?.lines.some((line) => line.name === name && line.session.phase === 'ready'),
  );
  await until('no line but that can be called', () => {
    return theatre.gateway.sessions().filter(({ online }) => online).length === 1;
  });
}

/** How the call ended at the gateway. */
function ended(id: string): Promise<string> {
  return until('the call is over', () => theatre.gateway.calls().find((call) => call.callId === id)?.cause);
}

describe.each(DIALECTS)('over %s', (dialect) => {
  beforeAll(async () => {
    speaks = dialect;
    await alice.leaveDesk();
    await taken({});
    await clearNotifications();
    await toolbar.says(/ready$/u);
  });

  it('is answered by the button of the notification, and the notification goes', async () => {
    const id = ring();
    const notice = await shown();
    expect(alice.stage.context.pages().filter((page) => page.url().startsWith('chrome-extension:'))).toEqual([]);

    await toolbar.press(notice, 0);
    await alice.hears(TONE.hz);
    await until('the caller hears Alice', () => Math.abs((theatre.gateway.heard(id)?.hertz ?? 0) - 1_000) < 12);
    await toolbar.says(/on a call with/u);
    expect(await toolbar.notifications()).toEqual([]);

    theatre.gateway.faults.hangUp({ callId: id });
    await toolbar.says(/ready$/u);
  });

  it('wakes the service worker that the browser stopped, and is answered though it was stopped once more', async () => {
    const first = await life();
    await alice.stage.killWorker();
    const id = ring();
    const notice = await shown();
    const second = await life();
    expect(second).not.toBe(first);

    // The press below comes to a worker that has shown nothing itself.
    await alice.stage.killWorker();
    await until('a third worker runs', async () => ![first, second].includes(await life()));
    expect(await toolbar.notifications()).toContain(notice);
    await toolbar.press(notice, 0);
    await alice.hears(TONE.hz);
    await toolbar.says(/on a call with/u);
    expect(await toolbar.notifications()).toEqual([]);
    theatre.gateway.faults.hangUp({ callId: id });
    await toolbar.says(/ready$/u);
  });

  it('is declined by its other button, and the caller is told', async () => {
    const id = ring();
    await toolbar.press(await shown(), 1);
    expect(await ended(id)).toBe(dialect === 'telnyx' ? 'USER_BUSY' : 'CALL_REJECTED');
    await toolbar.says(/ready$/u);
    expect(await toolbar.notifications()).toEqual([]);
    expect(await toolbar.badge()).toBe('');
  });

  it('is missed when the caller gives up: a new notification, a count on the badge, a row in Recents', async () => {
    for (const count of [1, 2]) {
      const id = ring();
      const notice = await shown();
      theatre.gateway.faults.hangUp({ callId: id, cause: 'ORIGINATOR_CANCEL' });
      await until('the badge counts', async () => (await toolbar.badge()) === String(count));
      // The same place: what rang is now what was missed.
      expect(await toolbar.notifications()).toContain(notice);
    }
    await toolbar.says(/2 missed calls/u);

    const popup = await alice.popup();
    // The card of the call before is still there; the tab leads away from it.
    const rows = async () => (await alice.recents(popup)).slice(0, 5);
    await expect
      .poll(rows, { timeout: 30_000 })
      .toEqual([
        expect.stringMatching(/^Tone, Missed, rang /u),
        expect.stringMatching(/^Tone, Missed, rang /u),
        expect.stringContaining('You declined'),
        expect.stringMatching(/^Tone, incoming, \d/u),
        expect.stringMatching(/^Tone, incoming, \d/u),
      ]);
    // Who looks has seen them.
    await until('the badge is empty', async () => (await toolbar.badge()) === '');
    await popup.close();
  });

  it('calls back from the notification of a missed call', async () => {
    const id = ring();
    const notice = await shown();
    theatre.gateway.faults.hangUp({ callId: id, cause: 'ORIGINATOR_CANCEL' });
    await until('the badge counts', async () => (await toolbar.badge()) === '1');
    await toolbar.press(notice, 0);
    await alice.hears(TONE.hz);
    expect(theatre.gateway.calls()[0]).toMatchObject({ direction: 'in', callee: { number: '+14155550102' } });
    await alice.endCalls();
    await alice.leaveDesk();
  });

  it('does not ring under do not disturb, and rings again when its time is over', async () => {
    const before = await toolbar.notifications();
    await taken({ doNotDisturbUntil: -1 });
    await toolbar.says(/do not disturb$/u);
    expect(await ended(ring())).toBe('USER_BUSY');
    await until('it is counted all the same', async () => (await toolbar.badge()) === '1');
    expect((await toolbar.notifications()).filter((id) => !before.includes(id))).toEqual([]);

    const hour = 60 * 60_000;
    await taken({ doNotDisturbUntil: Date.now() + hour });
    await toolbar.says(/do not disturb until/u);
    expect(await ended(ring())).toBe('USER_BUSY');
    await until('it is counted', async () => (await toolbar.badge()) === '1');
    const over = Date.now() + 200;
    await taken({ doNotDisturbUntil: over });
    await until('its time is over', () => Date.now() > over);
    const id = ring();
    await shown();
    theatre.gateway.faults.hangUp({ callId: id });
    await until('it is counted as missed', async () => (await toolbar.badge()) === '1');
  });

  it('answers by itself for who wants that, and for nobody else', async () => {
    await taken({ autoAnswerMs: 0 });
    const id = ring();
    await alice.hears(TONE.hz);
    await toolbar.says(/on a call with/u);
    theatre.gateway.faults.hangUp({ callId: id });
    await toolbar.says(/ready$/u);
  });

  it('opens a page of my own with the call: at the ring or at the answer, in or out, once', async () => {
    const crm = await theatre.site('<title>CRM</title>');
    const { context } = alice.stage;
    const popAddress = `${crm.url}find?number={number}&name={name}&call={call}`;
    const opened = (): readonly string[] =>
      context
        .pages()
        .map((page) => page.url())
        .filter((url) => url.startsWith(crm.url));
    const settle = async (id: string): Promise<void> => {
      theatre.gateway.faults.hangUp({ callId: id });
      await until('the call is over', async () => (await calls()).every(({ state }) => state.phase === 'ended'));
    };

    await taken({ popAddress, popWhen: 'ring', popFor: 'in' });
    const first = ring();
    const call = await shown();
    await until('the page opens while it rings', () => opened().length === 1);
    expect(Object.fromEntries(new URL(opened()[0] ?? '').searchParams)).toEqual({
      ...{ number: '+14155550102', name: TONE.name, call },
    });
    await toolbar.press(call, 0);
    await alice.hears(TONE.hz);
    await settle(first);
    expect(opened()).toHaveLength(1);

    await taken({ popAddress, popWhen: 'answer', popFor: 'out' });
    const unwanted = ring();
    await toolbar.press(await shown(), 0);
    await alice.hears(TONE.hz);
    await settle(unwanted);
    expect(opened()).toHaveLength(1);
    const out = await alice.ask('dial', { to: '10', name: 'Music & more' });
    await until('the page opens with the answer', () => opened().length === 2);
    const address = new URL(opened()[1] ?? '');
    expect(Object.fromEntries(address.searchParams)).toEqual({ number: '10', name: 'Music & more', call: out });
    await alice.endCalls();
  });
});

// The last: the popup that it opens stays, and who has one needs no notification.
it('opens the popup when it rings, for who wants that, and it is told that nobody asked for it', async () => {
  const { stage } = alice;
  const popups = async () =>
    (await stage.worker()).evaluate(() =>
      chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.POPUP] }),
    );
  const told = async () => (await stage.worker()).evaluate(() => chrome.storage.session.get(['raised', 'popupRaised']));
  expect(await popups()).toEqual([]);
  await taken({ popupAtRing: true });
  const id = ring();
  await until('the popup opens', async () => (await popups()).length === 1);
  const { raised } = await told();
  expect(raised).toHaveLength(1);
  await until('the popup took what it was told', async () => ((await told())['popupRaised'] ?? null) === null);
  theatre.gateway.faults.hangUp({ callId: id });
});

/** Whoever saw what was missed before swept it away. */
async function clearNotifications(): Promise<void> {
  const worker = await alice.stage.worker();
  await worker.evaluate(async () => {
    for (const id of Object.keys(await chrome.notifications.getAll())) await chrome.notifications.clear(id);
  });
  expect(await toolbar.notifications()).toEqual([]);
}

/** Another word for each life of the service worker. */
async function life(): Promise<string> {
  const worker = await alice.stage.worker();
  return worker.evaluate(() => {
    const own = globalThis as { life?: string };
    return (own.life ??= crypto.randomUUID());
  });
}

async function calls(): Promise<PhoneSnapshot['calls']> {
  return (await alice.kept())?.calls ?? [];
}
