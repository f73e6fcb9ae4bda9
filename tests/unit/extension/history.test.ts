/** Finished calls, their notes and the people in them. */

import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { contactOf, deleteContact, listContacts, personOf, saveContact } from '../../../lib/extension/contacts';
import { closeDatabase, withDatabase } from '../../../lib/extension/database';
import {
  addCall,
  callsWith,
  clearHistory,
  deleteCall,
  forgetOldCalls,
  forgetOldTranscripts,
  getCall,
  lastDialled,
  listCalls,
  readNote,
  saveNote,
  withoutTranscript,
} from '../../../lib/extension/history';
import { entryOf, transcriptDays, type HistoryEntry } from '../../../lib/extension/history-entry';
import type { CallId } from '../../../lib/phone/model/ids';
import { spellingsOf } from '../../../lib/numbers/party';
import { finishedCall } from './finished-call';
import { NOW } from './snapshots';

const DAY = 86_400_000;

const entry = (id: string, parts: Partial<HistoryEntry> = {}): HistoryEntry => ({
  ...entryOf(finishedCall(id), 'Sales line'),
  ...parts,
});

const SAID = { id: '1', who: 'assistant', text: 'Hello', final: true, typed: false, at: NOW } as const;

beforeEach(async () => {
  await closeDatabase();
  await deleteDB('holdfast');
});

describe('a transcript', () => {
  it('is kept for its days and not longer than its call', () => {
    const days = (historyDays: number, own: number, keepHistory = true) =>
      transcriptDays({ keepHistory, historyDays, transcriptDays: own });
    expect([days(90, 30), days(7, 30), days(0, 30), days(90, 0), days(0, 0)]).toEqual([30, 7, 30, 90, 0]);
    expect(days(90, 30, false)).toBeNull();
  });
  it('goes, and leaves the call as it was', () => {
    const call = { ...entry('c', { note: 'booked' }), person: '204' };
    expect(withoutTranscript({ ...call, transcript: [SAID], spokenAt: NOW })).toEqual({ ...call, transcript: [] });
  });
});

describe('entryOf', () => {
  it('keeps of a transcript what was really said', () => {
    const call = finishedCall('c', { transcript: [SAID, { ...SAID, id: '2', final: false }] });
    expect(entryOf(call, 'Sales line')).toMatchObject({ lineName: 'Sales line', transcript: [SAID], note: '' });
  });
});

describe('history', () => {
  it('gives the newest first, page by page', async () => {
    for (let index = 0; index < 5; index += 1) await addCall(entry(`c${index}`, { startedAt: NOW + index }));
    const first = await listCalls({ limit: 2 });
    expect(first.entries.map(({ id }) => id)).toEqual(['c4', 'c3']);
    const second = await listCalls({ limit: 2, before: first.next ?? 0 });
    expect(second.entries.map(({ id }) => id)).toEqual(['c2', 'c1']);
    const last = await listCalls({ limit: 2, before: second.next ?? 0 });
    expect(last).toMatchObject({ entries: [{ id: 'c0' }], next: null });
  });

  it('keeps a call once, however often it is told, with the note it already has', async () => {
    await addCall(entry('c'));
    await saveNote('c', 'wants a quote');
    await addCall(entry('c', { outcome: 'lost' }));
    expect((await listCalls()).entries).toMatchObject([{ id: 'c', outcome: 'lost', note: 'wants a quote' }]);
  });

  it('takes over the note that was written during the call', async () => {
    await saveNote('c', 'first');
    await saveNote('c', 'second');
    expect(await readNote('c')).toBe('second');
    await addCall(entry('c'));
    expect(await getCall('c')).toMatchObject({ note: 'second' });
    expect(await readNote('c')).toBe('second');
  });

  it('filters missed calls and calls with notes', async () => {
    await addCall(entry('missed', { direction: 'in', outcome: 'missed' }));
    await addCall(entry('noted'));
    await saveNote('noted', 'x');
    expect((await listCalls({ filter: 'missed' })).entries.map(({ id }) => id)).toEqual(['missed']);
    expect((await listCalls({ filter: 'noted' })).entries.map(({ id }) => id)).toEqual(['noted']);
  });

  it('finds the calls with one person under every spelling of the number', async () => {
    await addCall(entry('a', { number: '+44 20 7946 0018', startedAt: NOW }));
    await addCall(entry('b', { number: '+442079460018', startedAt: NOW + 1 }));
    await addCall(entry('c', { number: '+13125550142' }));
    await addCall(entry('national', { number: '020 7946 0018', startedAt: NOW + 2 }));
    expect((await callsWith(['+44 (20) 7946-0018'])).map(({ id }) => id)).toEqual(['b', 'a']);
    const spellings = spellingsOf('+442079460018', 'GB');
    expect((await callsWith(spellings)).map(({ id }) => id)).toEqual(['national', 'b', 'a']);
    expect((await callsWith(spellings, 2)).map(({ id }) => id)).toEqual(['national', 'b']);
  });

  it('knows the last number that was dialled', async () => {
    expect(await lastDialled()).toBeNull();
    await addCall(entry('out', { number: '204' }));
    await addCall(entry('in', { direction: 'in', number: '999', startedAt: NOW + 1 }));
    expect(await lastDialled()).toBe('204');
  });

  it('forgets one, the old, and all', async () => {
    await addCall(entry('old', { startedAt: NOW - 91 * DAY }));
    await addCall(entry('new', { startedAt: NOW - DAY }));
    expect(await forgetOldCalls(0, NOW)).toBe(0);
    expect(await forgetOldCalls(90, NOW)).toBe(1);
    expect(await getCall('old')).toBeNull();
    await deleteCall('new');
    expect(await getCall('new')).toBeNull();
    await addCall(entry('last'));
    await clearHistory();
    expect((await listCalls()).entries).toEqual([]);
  });

  it('takes the words out of old conversations, which stay', async () => {
    const talk = (id: string, days: number) => entry(id, { startedAt: NOW - days * DAY, transcript: [SAID] });
    for (const one of [talk('older', 60), talk('old', 31), talk('young', 29)]) await addCall(one);
    await addCall(entry('mute', { startedAt: NOW - 61 * DAY }));
    await saveNote('old', 'booked');
    const words = async () => (await listCalls()).entries.map(({ id, transcript }) => [id, transcript.length]);
    expect(await forgetOldTranscripts(0, NOW)).toBe(0);
    expect(await forgetOldTranscripts(30, NOW)).toBe(2);
    expect(await forgetOldTranscripts(30, NOW)).toBe(0);
    expect(await words()).toEqual([
      ['young', 1],
      ['old', 0],
      ['older', 0],
      ['mute', 0],
    ]);
    expect(await getCall('old')).toEqual({ ...talk('old', 31), transcript: [], note: 'booked' });
    await saveNote('young', 'call back');
    expect(await forgetOldTranscripts(7, NOW)).toBe(1);
  });

  it('finds the words in what earlier versions kept', async () => {
    const before = await openDB('holdfast', 2, {
      upgrade(db) {
        const calls = db.createObjectStore('calls', { keyPath: 'id' });
        calls.createIndex('startedAt', 'startedAt');
        calls.createIndex('person', ['person', 'startedAt']);
        db.createObjectStore('notes');
        db.createObjectStore('contacts', { keyPath: 'id' }).createIndex('numbers', 'numbers', { multiEntry: true });
        const messages = db.createObjectStore('messages', { keyPath: 'id' });
        for (const index of ['at', 'unread']) messages.createIndex(index, index);
        messages.createIndex('person', ['person', 'at']);
      },
    });
    const kept = (id: string, days: number) =>
      before.put('calls', { ...entry(id, { startedAt: NOW - days * DAY, transcript: [SAID] }), person: '204' });
    await Promise.all([kept('old', 31), kept('young', 29)]);
    before.close();
    expect(await forgetOldTranscripts(30, NOW)).toBe(1);
    expect([await getCall('old'), await getCall('young')]).toMatchObject([{ transcript: [] }, { transcript: [SAID] }]);
  });

  it('says by name that the storage failed', async () => {
    const broken = withDatabase(() => Promise.reject(new DOMException('full', 'QuotaExceededError')));
    await expect(broken).rejects.toMatchObject({ reason: 'storage-failed' });
  });

  it('finds its first page among 10,000 calls', async () => {
    await withDatabase(async (db) => {
      const change = db.transaction('calls', 'readwrite');
      for (let index = 0; index < 10_000; index += 1) {
        void change.store.put({ ...entry('x'), id: `c${index}` as CallId, startedAt: NOW + index, person: '1' });
      }
      await change.done;
    });
    const { entries } = await listCalls({ limit: 30 });
    expect(entries.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, back) => `c${9999 - back}`));
  });
});

describe('contacts', () => {
  it('are found by any of their numbers, in any spelling', async () => {
    const dana = { id: '1', name: 'Dana', company: '', numbers: ['+44 20 7946 0018', 'dana@pbx.example'], note: '' };
    await saveContact(dana);
    await saveContact({ ...dana, id: '2', name: 'Ana', numbers: [] });
    expect(await contactOf(['02079460018', '+442079460018'])).toMatchObject({ name: 'Dana' });
    expect(await contactOf(['Dana@PBX.example'])).toMatchObject({ name: 'Dana' });
    expect(await contactOf(['1'])).toBeNull();
    expect((await listContacts()).map(({ name }) => name)).toEqual(['Ana', 'Dana']);
    await deleteContact('1');
    expect(await contactOf(['+442079460018'])).toBeNull();
  });

  it.each([
    ['+1 (312) 555-0142', '13125550142'],
    ['*97', '97'],
    ['Alice@Example.com', 'alice@example.com'],
    ['', ''],
  ])('spells %s as %s', (number, person) => {
    expect(personOf(number)).toBe(person);
  });
});
