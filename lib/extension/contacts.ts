/** People whom the person saved, found by name or by any of their numbers. */

import { type Contact, NUMBER_LABELS, type NumberLabel, type NumberLabels, withDatabase } from './database';

export { NUMBER_LABELS };
export type { Contact, NumberLabel, NumberLabels };
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

/** What this number of theirs is; null where nobody said. */
export function labelOf(contact: Contact, number: string): NumberLabel | null {
  return contact.labels?.[personOf(number)] ?? null;
}

/** The labels under other spellings of their numbers; of a number that is null nothing is left. */
export function relabelled(
  labels: NumberLabels | undefined,
  spell: (number: string) => string | null,
): { readonly labels?: NumberLabels } {
  const entries = Object.entries(labels ?? {}).flatMap(([number, label]) => {
    const spelled = spell(number);
    return spelled === null ? [] : [[spelled, label] as const];
  });
  return entries.length === 0 ? {} : { labels: Object.fromEntries(entries) };
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
      const { numbers, labels } = kept(person);
      const known = await sameAs(change.store.index('numbers'), person.name, numbers);
      merged += known === null ? 0 : 1;
      await change.store.put(
        known === null
          ? { ...person, ...kept(person), id: newId() }
          : {
              ...known,
              company: known.company || person.company,
              note: known.note || person.note,
              numbers: [...new Set([...known.numbers, ...numbers])],
              ...(labels === undefined ? {} : { labels: { ...labels, ...known.labels } }),
            },
      );
    }
    await change.done;
    return { added: people.length - merged, merged };
  });
}

/** As it is kept: each number once, in the one spelling of its party. */
function kept({ numbers, labels }: Person): Pick<Contact, 'numbers' | 'labels'> {
  return { numbers: [...new Set(numbers.map(personOf))], ...relabelled(labels, personOf) };
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
    await db.put('contacts', { ...contact, ...kept(contact) });
  });
}

export function deleteContact(id: string): Promise<void> {
  return withDatabase((db) => db.delete('contacts', id));
}

/** By name. */
export function listContacts(): Promise<readonly Contact[]> {
  return withDatabase(async (db) => (await db.getAll('contacts')).sort((a, b) => a.name.localeCompare(b.name)));
}

/** Who has one of these numbers, the first of them first; null: nobody. */
export function contactOf(numbers: readonly string[]): Promise<Contact | null> {
  return withDatabase(async (db) => {
    for (const person of new Set(numbers.map(personOf))) {
      const contact = await db.getFromIndex('contacts', 'numbers', person);
      if (contact !== undefined) return contact;
    }
    return null;
  });
}
