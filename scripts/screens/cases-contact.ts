/** One person: their numbers and calls, and the form in which they are written down. */

import type { Page } from 'playwright';
import type { Contact } from '../../lib/extension/contacts';
import { press, tab } from './acts';
import type { Case } from './case';
import { CONTACTS, HISTORY } from './data';
import { idle } from './situations';

const person =
  (name: string, ...buttons: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await tab('Recents')(page);
    await page.getByText(name).first().click();
    await press(...buttons)(page);
  };

const several: readonly Contact[] = CONTACTS.map((contact) =>
  contact.name === 'Dana Whitfield'
    ? {
        ...contact,
        numbers: [...contact.numbers, '442079460018', '204'],
        labels: { [contact.numbers[0] ?? '']: 'mobile', '442079460018': 'work', '204': 'home' },
      }
    : contact,
);

export const CONTACT: readonly Case[] = [
  { name: '07-contact', snapshot: idle, people: { history: HISTORY }, act: person('Dana Whitfield') },
  {
    name: '07-contact-new',
    snapshot: idle,
    people: { history: HISTORY },
    act: person('(718) 555-0164', 'Save contact'),
  },
  {
    name: '07-contact-several',
    snapshot: idle,
    people: { history: HISTORY, contacts: several },
    act: person('Dana Whitfield'),
  },
  {
    name: '07-contact-edit',
    snapshot: idle,
    people: { history: HISTORY, contacts: several },
    act: person('Dana Whitfield', 'Edit contact'),
  },
  {
    name: '07-contact-wrong',
    snapshot: idle,
    people: { history: HISTORY, contacts: several },
    act: async (page) => {
      await person('Dana Whitfield', 'Edit contact')(page);
      await page.getByRole('textbox', { name: 'Number 2' }).fill('+44 20 7946 00');
      await page.getByRole('textbox', { name: 'Name' }).fill('');
      await press('Save contact')(page);
    },
  },
  {
    name: '07-contact-full',
    snapshot: idle,
    people: { history: HISTORY, full: true },
    act: async (page) => {
      await person('(718) 555-0164', 'Save contact')(page);
      await page.getByRole('textbox', { name: 'Name' }).fill('Sam Ortega');
      await press('Save contact')(page);
    },
  },
  {
    name: '07-contact-deleted',
    snapshot: idle,
    people: { history: HISTORY },
    act: person('Dana Whitfield', 'Edit contact', 'Delete contact'),
  },
];
