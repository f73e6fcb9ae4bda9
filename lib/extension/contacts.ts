/** People whom the person saved, found by name or by any of their numbers. */

import { type Contact, withDatabase } from './database';

export type { Contact };

/** One spelling for one party: the digits of a number, the lower-cased text of anything else (a SIP address). */
export function personOf(number: string): string {
  const digits = number.replace(/\D/g, '');
  return /[a-z@]/i.test(number) || digits === '' ? number.trim().toLowerCase() : digits;
}

export function saveContact(contact: Contact): Promise<void> {
  return withDatabase(async (db) => {
    await db.put('contacts', { ...contact, numbers: contact.numbers.map(personOf) });
  });
}

export function deleteContact(id: string): Promise<void> {
  return withDatabase((db) => db.delete('contacts', id));
}

/** By name. */
export function listContacts(): Promise<readonly Contact[]> {
  return withDatabase(async (db) => (await db.getAll('contacts')).sort((a, b) => a.name.localeCompare(b.name)));
}

/** Null: nobody has this number. */
export function contactOf(number: string): Promise<Contact | null> {
  return withDatabase(async (db) => (await db.getFromIndex('contacts', 'numbers', personOf(number))) ?? null);
}
