/** What is sought in Recents: found by any word, by a contact's name, and by a number however it is spelled. */

import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { People } from '../../../components/people.svelte';
import { openBook } from '../../../components/popup/book.svelte';
import type { Contact } from '../../../lib/extension/contacts';
import { closeDatabase, withDatabase } from '../../../lib/extension/database';
import { addCall, listCalls, saveNote } from '../../../lib/extension/history';
import type { HistoryEntry } from '../../../lib/extension/history-entry';
import { peopleLink } from '../../../lib/extension/people-link';
import type { CallId, LineId } from '../../../lib/phone/model/ids';
import { until } from '../../../scripts/stage/until';
import { NOW } from './snapshots';

const entry = (id: string, parts: Partial<HistoryEntry>): HistoryEntry => ({
  id: id as CallId,
  line: 'line-1' as LineId,
  lineName: 'Sales line',
  direction: 'out',
  name: null,
  number: null,
  ours: null,
  startedAt: NOW - 1,
  answeredAt: null,
  endedAt: NOW,
  outcome: 'no-answer',
  drops: 0,
  quality: null,
  from: null,
  transcript: [],
  note: '',
  ...parts,
});

/** Who was called is 'a', whatever else there is. */
const withNumber = (number: string): Promise<void> => addCall(entry('a', { number }));

async function find(typed: string, country = 'GB', contacts: readonly Contact[] = []): Promise<string[]> {
  const people = new People({ ...peopleLink, listContacts: () => Promise.resolve(contacts) }, () => country);
  people.refresh();
  await until('the contacts are read', () => people.contacts.length === contacts.length);
  return (await listCalls({ search: people.sought(typed) })).entries.map(({ id }) => id);
}

beforeAll(() => openBook());
beforeEach(async () => {
  fakeBrowser.reset();
  await closeDatabase();
  await deleteDB('holdfast');
  await addCall(entry('a', { name: 'Dana Whitfield', number: '+442079460018' }));
  await addCall(entry('b', { name: 'Marcus', number: '+13125550142', startedAt: NOW }));
  await saveNote('b', 'Quote for Dana, order 7946');
});

it('finds by names, numbers and notes; all words must fit', async () => {
  expect(await find('dana')).toEqual(['b', 'a']);
  expect(await find('quote dana')).toEqual(['b']);
  expect(await find('7946')).toEqual(['b', 'a']);
  expect(await find('nobody')).toEqual([]);
  expect(await find('dana 020 7946')).toEqual(['a']);
  expect(await find('marcus 020 7946')).toEqual([]);
});

it.each([
  ['4420794', 'GB'],
  ['+44 20 7946 0018', 'US'],
  ['+44 (0)20 7946', 'GB'],
  ['020 7946 0018', 'GB'],
  ['(020) 79', 'GB'],
  ['0207', 'GB'],
  ['20 7946', 'GB'],
  ['0044 20 7946', 'GB'],
  ['011 44 207', 'US'],
  ['0011 44 207', 'AU'],
  ['٠٢٠٧٩٤٦', 'GB'],
])('finds by a number that is typed as %s in %s', async (typed, country) => {
  const told = ['+442079460018', '00442079460018', '011442079460018', '02079460018', '2079460018', '+44 20 7946 0018'];
  const here = country === 'GB' ? told : told.filter((number) => !/^0?207/.test(number));
  for (const number of here) {
    await withNumber(number);
    expect(await find(typed, country), number).toEqual(['a']);
  }
  expect(await find('0113', country)).toEqual([]);
});

it('finds by the name of a contact, whatever the server told', async () => {
  const maya = { id: 'm', name: 'María Ek', company: '', numbers: ['442079460018'], note: '' };
  for (const number of ['+442079460018', '02079460018']) {
    await withNumber(number);
    expect(await find('maria', 'GB', [maya]), number).toEqual(['a']);
  }
  expect(await find('maria quote', 'GB', [maya])).toEqual([]);
});

it('finds by an extension, which is no beginning of a number', async () => {
  await addCall(entry('ext', { name: null, number: '2079', startedAt: NOW + 1 }));
  expect(await find('2079')).toEqual(['ext', 'a']);
  expect(await find('02079')).toEqual(['a']);
});

it('looks through 10,000 calls in a moment', async () => {
  await withDatabase(async (db) => {
    const change = db.transaction('calls', 'readwrite');
    for (let index = 0; index < 10_000; index += 1) {
      const number = `+4420${String(10_000_000 + index)}`;
      void change.store.put({ ...entry(`c${String(index)}`, { number, startedAt: NOW + index }), person: number });
    }
    await change.done;
  });
  expect(await find('020 1000 4242')).toEqual(['c4242']);
});
