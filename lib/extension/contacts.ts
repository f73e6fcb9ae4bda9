/** People whom the person saved, found by name or by any of their numbers. */

import { type Contact, withDatabase } from './database';

export type { Contact };
/** Somebody who may become a contact: from a file, numbers as written there. */
export type Person = Omit<Contact, 'id'>;

/** One spelling for one party: the digits of a number, the lower-cased text of anything else (a SIP address). */
export function personOf(number: string): string {
  const digits = number.replace(/\D/g, '');
  return /[a-z@]/i.test(number) || digits === '' ? number.trim().toLowerCase() : digits;
}

/** A kept number as it is dialled and shown: from eight digits on they are of international length. */
export function dialledForm(kept: string): string {
  return /^\d{8,}$/.test(kept) ? `+${kept}` : kept;
}

export interface Brought {
  readonly added: number;
  /** Known already, by name and a number in common: theirs was added to. */
  readonly merged: number;
}

/** People of a file, all or none of them. Who has the same name and a number in common is one person. */
export function bringContacts(people: readonly Person[], newId: () => string): Promise<Brought> {
  return withDatabase(async (db) => {
    const change = db.transaction('contacts', 'readwrite');
    let merged = 0;
    for (const person of people) {
      const numbers = person.numbers.map(personOf);
      const known = await sameAs(change.store.index('numbers'), person.name, numbers);
      merged += known === null ? 0 : 1;
      await change.store.put(
        known === null
          ? { ...person, numbers, id: newId() }
          : {
              ...known,
              company: known.company || person.company,
              note: known.note || person.note,
              numbers: [...new Set([...known.numbers, ...numbers])],
            },
      );
    }
    await change.done;
    return { added: people.length - merged, merged };
  });
}

interface ByNumber {
  getAll(number: string): Promise<Contact[]>;
}

async function sameAs(index: ByNumber, name: string, numbers: readonly string[]): Promise<Contact | null> {
  for (const number of numbers) {
    const same = (await index.getAll(number)).find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (same !== undefined) return same;
  }
  return null;
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
