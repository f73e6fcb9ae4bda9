/** Names for numbers: a contact is the same person however a server spells the number. */

import './words-here';
import { beforeAll, describe, expect, it } from 'vitest';
import { People } from '../../../components/people.svelte';
import { Names } from '../../../components/popup/names.svelte';
import { Preferences } from '../../../components/preferences.svelte';
import { openBook } from '../../../components/popup/book.svelte';
import { until } from '../../../scripts/stage/until';
import { people as source, preferences } from '../../../scripts/screens/doubles';
import type { Contact } from '../../../lib/extension/contacts';
import type { MessageEntry } from '../../../lib/extension/message-entry';
import type { LineId } from '../../../lib/phone/model/ids';
import { NOW } from '../extension/snapshots';

const maya: Contact = { id: 'maya', name: 'Maya', company: '', numbers: ['49301234567', '204'], note: '' };
const message = (id: string, number: string): MessageEntry => ({
  id,
  line: 'line-1' as LineId,
  lineName: 'Office',
  direction: 'in',
  name: null,
  number,
  text: id,
  at: NOW,
  unread: false,
});

async function opened(country: string, messages: readonly MessageEntry[] = []): Promise<People> {
  const double = source({ history: [], contacts: [maya], messages });
  const people = new People({ ...double, conversations: () => Promise.resolve(messages) }, () => country);
  people.start();
  await until('the contacts are read', () => people.contacts.length > 0);
  return people;
}

beforeAll(openBook);

describe('People', () => {
  it.each(['+49 30 1234567', '49301234567', '0049301234567', '030 1234567', '0301234567', '204'])(
    'names whoever calls as %s',
    async (number) => {
      expect((await opened('DE')).known({ name: null, number })).toEqual({ name: 'Maya', number });
    },
  );

  it('names nobody by a number of another country', async () => {
    const people = await opened('US');
    expect(people.contactOf('0301234567')).toBeNull();
    expect(people.contactOf('2040')).toBeNull();
    expect(people.contactOf('')).toBeNull();
  });

  it('asks the store for a number as it was told, and as it may have been told', async () => {
    const people = await opened('DE');
    expect(people.spellings('+49301234567')).toEqual(expect.arrayContaining(['+49301234567', '0301234567']));
    expect(people.spellings('0301234567')).toEqual(expect.arrayContaining(['0301234567', '+49301234567']));
    expect(people.spellings('')).toContain('');
  });

  it('has one conversation with a person, whichever number they wrote from', async () => {
    const messages = [
      message('newest', '0301234567'),
      message('other', '0401234567'),
      message('from the desk', '204'),
      message('oldest', '+49301234567'),
      message('other, before', '+49401234567'),
    ];
    expect((await opened('DE', messages)).conversations.map(({ id }) => id)).toEqual(['newest', 'other']);
  });
});

describe('a number beside a name', () => {
  it('is called an extension where only the server at hand knows it', async () => {
    const names = new Names(await opened('US'), new Preferences(preferences({})));
    const numbers = ['204', '20', '100200', '2', '911', '+12065550119', '2065550119', '*97', 'dana@pbx.example', ''];
    expect(numbers.filter((number) => names.isExtension(number))).toEqual(['204', '20', '100200']);
  });
});
