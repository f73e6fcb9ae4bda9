/** Messages outside of calls: kept and counted until they are read, told where nobody looks, and forgotten in time. */

import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser, own, sendAs } from './browser';
import { until } from '../../../scripts/stage/until';
import { clearWhenRead, forgetMessages, keepMessage, writeMessage } from '../../../entrypoints/background/messages';
import { press } from '../../../entrypoints/background/presses';
import { engineReaders } from '../../../lib/extension/arguments';
import { listContacts, saveContact } from '../../../lib/extension/contacts';
import type { EngineApi } from '../../../lib/extension/contract';
import { closeDatabase } from '../../../lib/extension/database';
import { deleteEverything } from '../../../lib/extension/delete-everything';
import { takeHandedOver } from '../../../lib/extension/hand-over';
import { addCall, listCalls } from '../../../lib/extension/history';
import { entryOf } from '../../../lib/extension/history-entry';
import { lastSnapshot, missedCalls, parkedCalls, unreadMessages } from '../../../lib/extension/memory';
import { conversations, messagesWith } from '../../../lib/extension/messages';
import { peopleLink } from '../../../lib/extension/people-link';
import { type Remote, serve } from '../../../lib/extension/rpc';
import { settings } from '../../../lib/extension/settings';
import { DEFAULTS } from '../../../lib/extension/stored';
import { PhoneError } from '../../../lib/phone/model/errors';
import type { CallId, LineId } from '../../../lib/phone/model/ids';
import type { WrittenMessage } from '../../../lib/phone/model/message';
import { finishedCall } from './finished-call';
import { engineOf } from './services';
import { active, call, ended, NOW, snapshot } from './snapshots';

const DAY = 86_400_000;
const LINE = 'office' as LineId;
const message = (id: string, number: string | null, text: string, at = NOW): WrittenMessage => ({
  id,
  line: LINE,
  from: { name: null, number },
  text,
  at,
});
let inFront: boolean;

let told: unknown[];
const { create } = fakeBrowser.notifications;
const shown = async (): Promise<number> => Object.keys(await fakeBrowser.notifications.getAll()).length;

beforeEach(async () => {
  fakeBrowser.reset();
  await closeDatabase();
  await deleteDB('holdfast');
  inFront = false;
  told = [];
  fakeBrowser.notifications.create = async (...given: unknown[]) => {
    told.push(given[1]);
    return create('message', { type: 'basic', iconUrl: '', title: '', message: '' });
  };
  vi.stubGlobal('chrome', {
    runtime: { ContextType: {}, getContexts: () => Promise.resolve(inFront ? [{}] : []) },
  });
  fakeBrowser.i18n.getUILanguage = () => 'en-US';
  fakeBrowser.i18n.getMessage = (key: string, filled?: string | (string | number)[]) =>
    [key, ...[filled ?? []].flat()].join(' ');
});

describe('a message that comes', () => {
  it('is kept with its sender, counted and told, until it is read', async () => {
    await saveContact({ id: 'jo', name: 'Jo Tanaka', company: '', numbers: ['204'], note: '' });
    clearWhenRead(() => undefined);
    await keepMessage(message('a', '204', 'Are you in?'));
    expect(told).toMatchObject([{ title: 'notify_message Jo Tanaka', message: 'Are you in?' }]);
    await keepMessage(message('b', '1009', 'Hello', NOW + 1));
    expect(told.slice(1)).toMatchObject([{ title: 'notify_message 1009', message: 'Hello' }]);
    expect(await unreadMessages.getValue()).toBe(2);
    expect((await conversations()).map(({ id, name, unread }) => [id, name, unread])).toEqual([
      ['b', null, true],
      ['a', 'Jo Tanaka', true],
    ]);
    await peopleLink.readMessages(['204']);
    expect(await unreadMessages.getValue()).toBe(1);
    expect(await shown()).toBe(1);
    await peopleLink.readMessages(['1009']);
    expect(await unreadMessages.getValue()).toBe(0);
    await until('the notice is taken back', async () => (await shown()) === 0);
    expect((await messagesWith(['204'])).map(({ text, unread }) => [text, unread])).toEqual([['Are you in?', false]]);
  });

  it('is of the person who has the number, though the server tells it nationally', async () => {
    await settings.country.setValue('DE');
    await saveContact({ id: 'maya', name: 'Maya', company: '', numbers: ['+49301234567'], note: '' });
    await keepMessage(message('a', '0301234567', 'Guten Tag'));
    expect(told).toMatchObject([{ title: 'notify_message Maya' }]);
    expect(await conversations()).toMatchObject([{ name: 'Maya', number: '0301234567' }]);
  });

  it('says nothing to one who looks, or wants quiet, and hides names where that is wished', async () => {
    inFront = true;
    await keepMessage(message('a', '204', 'one'));
    inFront = false;
    told = [];
    fakeBrowser.notifications.create = async (...given: unknown[]) => {
      told.push(given[1]);
      return create('message', { type: 'basic', iconUrl: '', title: '', message: '' });
    };
    await settings.calls.setValue({ ...DEFAULTS.calls, doNotDisturbUntil: -1 });
    await keepMessage(message('b', '204', 'two'));
    await settings.calls.setValue({ ...DEFAULTS.calls, notifications: false });
    await keepMessage(message('c', '204', 'three'));
    expect(told).toEqual([]);
    await settings.calls.setValue(DEFAULTS.calls);
    await settings.appearance.setValue({ ...DEFAULTS.appearance, hideNames: true });
    await keepMessage(message('d', '204', 'four'));
    expect(told).toMatchObject([{ title: 'notify_message_hidden', message: '' }]);
    expect(await unreadMessages.getValue()).toBe(4);
  });

  it('is told to one who looks at a call, where it is not shown', async () => {
    inFront = true;
    await lastSnapshot.setValue(snapshot({ calls: [call(active)] }));
    await keepMessage(message('a', '204', 'Are you in?'));
    expect(told).toMatchObject([{ title: 'notify_message 204', message: 'Are you in?' }]);
    await lastSnapshot.setValue(snapshot({ calls: [call(ended('hung-up-here'))] }));
    await keepMessage(message('b', '204', 'And now?'));
    expect(told).toHaveLength(1);
  });

  it('opens the conversation with its writer when its notification is pressed', async () => {
    let opened = 0;
    Object.assign(fakeBrowser.action, { openPopup: async () => void (opened += 1) });
    const pressed = (): Promise<void> => press('open', 'message', {} as Parameters<typeof press>[2]);
    await saveContact({ id: 'jo', name: 'Jo Tanaka', company: '', numbers: ['204'], note: '' });
    await keepMessage(message('a', '1009', 'Hello'));
    await keepMessage(message('b', '204', 'Are you in?'));
    await pressed();
    expect(opened).toBe(1);
    expect(await shown()).toBe(0);
    expect(await takeHandedOver()).toEqual({ person: { number: '204', name: 'Jo Tanaka' } });
    await keepMessage(message('c', null, 'Who am I?'));
    await pressed();
    expect(opened).toBe(2);
    expect(await takeHandedOver()).toBeNull();
  });

  it('is forgotten with the calls of its time, and after a day where calls are not kept', async () => {
    await settings.calls.setValue({ ...DEFAULTS.calls, historyDays: 30 });
    await keepMessage(message('old', '204', 'old', NOW - 31 * DAY));
    await keepMessage(message('young', '204', 'young', NOW - 2 * DAY));
    await keepMessage(message('new', '204', 'new'));
    expect((await messagesWith(['204'])).map(({ id }) => id)).toEqual(['young', 'new']);
    await settings.calls.setValue({ ...DEFAULTS.calls, keepHistory: false });
    await forgetMessages(NOW);
    expect((await messagesWith(['204'])).map(({ id }) => id)).toEqual(['new']);
    expect(await unreadMessages.getValue()).toBe(1);
  });
});

it('is deleted with everything else: calls, contacts, who is parked, cards of calls that are over, secrets left over', async () => {
  const asked: unknown[] = [];
  serve('engine', engineReaders, () =>
    engineOf({ forgetParked: (...place) => void asked.push(place), dismiss: (card) => void asked.push(card) }),
  );
  sendAs(own);
  await addCall(entryOf(finishedCall('old', { line: LINE }), 'Office'));
  await keepMessage(message('a', '204', 'Are you in?'));
  await saveContact({ id: 'jo', name: 'Jo Tanaka', company: '', numbers: ['204'], note: '' });
  await missedCalls.setValue(2);
  await parkedCalls.setValue([{ line: LINE, place: '6001', who: { name: 'Dana', number: null }, at: NOW }]);
  const over = call(ended('hung-up-here'), { id: 'over' as CallId });
  await lastSnapshot.setValue(snapshot({ calls: [call(active), over] }));

  await settings.secrets.setValue({ gone: { password: 'typed' } });

  await deleteEverything();
  expect(await settings.secrets.getValue()).toEqual({});
  expect((await listCalls()).entries).toEqual([]);
  expect(await conversations()).toEqual([]);
  expect(await listContacts()).toEqual([]);
  expect([await unreadMessages.getValue(), await missedCalls.getValue()]).toEqual([0, 0]);
  expect(await parkedCalls.getValue()).toEqual([]);
  expect(asked).toEqual([[LINE, '6001'], 'over']);
});

describe('a message that is written', () => {
  const engine = (write: EngineApi['write']) => ({ write }) as unknown as Remote<EngineApi>;

  it('is kept once the server took it, beside what came', async () => {
    await keepMessage(message('a', '204', 'Are you in?', Date.now() - 1000));
    await writeMessage(
      engine(() => undefined),
      { line: LINE, to: '204', text: 'I am' },
    );
    expect((await messagesWith(['204'])).map(({ direction, text }) => [direction, text])).toEqual([
      ['in', 'Are you in?'],
      ['out', 'I am'],
    ]);
    expect((await conversations()).map(({ text }) => text)).toEqual(['I am']);
  });

  it('is kept nowhere where the server refused it, and says why', async () => {
    const refused = engine(() => {
      throw new PhoneError('refused');
    });
    await expect(writeMessage(refused, { line: LINE, to: '204', text: 'I am' })).rejects.toMatchObject({
      reason: 'refused',
    });
    expect(await messagesWith(['204'])).toEqual([]);
  });
});

it('finds its place beside the calls that an earlier version kept', async () => {
  const before = await openDB('holdfast', 1, {
    upgrade(db) {
      const calls = db.createObjectStore('calls', { keyPath: 'id' });
      calls.createIndex('startedAt', 'startedAt');
      calls.createIndex('person', ['person', 'startedAt']);
      db.createObjectStore('notes');
      db.createObjectStore('contacts', { keyPath: 'id' }).createIndex('numbers', 'numbers', { multiEntry: true });
    },
  });
  await before.put('calls', { id: 'call', startedAt: NOW, person: '204', number: '204', note: 'kept' });
  before.close();
  await keepMessage(message('a', '204', 'Are you in?'));
  expect((await listCalls()).entries).toMatchObject([{ id: 'call', note: 'kept' }]);
  expect(await messagesWith(['204'])).toHaveLength(1);
});
