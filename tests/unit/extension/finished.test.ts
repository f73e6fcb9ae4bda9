/** What is kept of a call that is over: in Recents where the person keeps them, for the days they chose, and among the missed. */

import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { keepFinished } from '../../../entrypoints/background/finished';
import { closeDatabase } from '../../../lib/extension/database';
import { listCalls } from '../../../lib/extension/history';
import { lastKept, missedCalls } from '../../../lib/extension/memory';
import { settings } from '../../../lib/extension/settings';
import { DEFAULTS } from '../../../lib/extension/stored';
import type { EndCause } from '../../../lib/phone/model/call-state';
import type { FinishedCall } from '../../../lib/phone/model/finished-call';
import { finishedCall } from './finished-call';
import { NOW } from './snapshots';

const DAY = 86_400_000;

const over = (id: string, at: number, kind: EndCause['kind'] = 'hung-up-there'): FinishedCall =>
  finishedCall(id, {
    direction: 'in',
    startedAt: at - 60_000,
    answeredAt: null,
    endedAt: at,
    cause: { kind, code: null, name: null, sipCode: null, sipReason: null, error: null },
  });
const kept = async (): Promise<string[]> => (await listCalls()).entries.map(({ id, outcome }) => `${id} ${outcome}`);

beforeEach(async () => {
  fakeBrowser.reset();
  await closeDatabase();
  await deleteDB('holdfast');
});

it('forgets what is older than the days that were chosen, in a browser that is never closed', async () => {
  await settings.calls.setValue({ ...DEFAULTS.calls, historyDays: 30 });
  await keepFinished(over('old', NOW - 31 * DAY));
  await keepFinished(over('young', NOW - 29 * DAY));
  await keepFinished(over('new', NOW));
  expect(await kept()).toEqual(['new hung-up-there', 'young hung-up-there']);
});

it('takes the words out of old conversations, in a browser that is never closed', async () => {
  await settings.calls.setValue({ ...DEFAULTS.calls, transcriptDays: 7 });
  const transcript = [{ id: '1', who: 'assistant', text: 'Hello', final: true, typed: false, at: NOW }] as const;
  await keepFinished({ ...over('old', NOW - 8 * DAY), transcript });
  await keepFinished({ ...over('new', NOW), transcript });
  const { entries } = await listCalls();
  expect(entries.map(({ id, transcript: words }) => `${id} ${words.length}`)).toEqual(['new 1', 'old 0']);
});

it('keeps for ever where no number of days was chosen, and nothing where Recents are off', async () => {
  await settings.calls.setValue({ ...DEFAULTS.calls, historyDays: 0 });
  await keepFinished(over('old', NOW - 5000 * DAY));
  await keepFinished(over('new', NOW));
  await settings.calls.setValue({ ...DEFAULTS.calls, historyDays: 0, keepHistory: false });
  await keepFinished(over('unkept', NOW));
  expect(await kept()).toEqual(['new hung-up-there', 'old hung-up-there']);
});

it('tells of a call once it is in the list, and of none that is not kept', async () => {
  const told = new Promise((resolve) => {
    lastKept.watch((id) => void kept().then((list) => resolve({ id, list })));
  });
  await settings.calls.setValue({ ...DEFAULTS.calls, historyDays: 0, keepHistory: false });
  await keepFinished(over('unkept', NOW - 1000));
  await settings.calls.setValue({ ...DEFAULTS.calls, historyDays: 0 });
  await keepFinished(over('new', NOW));
  expect(await told).toEqual({ id: 'new', list: ['new hung-up-there'] });
});

it('counts a missed call, and lists one from a blocked number without counting it', async () => {
  await keepFinished(over('missed', NOW - 1000, 'missed'));
  await keepFinished(over('blocked', NOW, 'blocked'));
  expect(await missedCalls.getValue()).toBe(1);
  expect(await kept()).toEqual(['blocked blocked', 'missed missed']);
});
