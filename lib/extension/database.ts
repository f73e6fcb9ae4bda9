/** The one IndexedDB of the extension: finished calls, notes of calls that still live, contacts, messages. */

import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB, type StoreNames } from 'idb';
import { PhoneError } from '../phone/model/errors';
import type { HistoryEntry } from './history-entry';
import type { MessageEntry } from './message-entry';

/** What is stored of a call: the entry, and beside it what it is found by. */
export interface StoredCall extends HistoryEntry {
  /** Digits of the number, or its lower-cased text; the same for every spelling of one party. */
  readonly person: string;
  /** When it started, where something was said in writing, so that an index holds those alone. */
  readonly spokenAt?: number;
}

/** `unread` is there until the message was read, so that an index holds those alone. */
export interface StoredMessage extends Omit<MessageEntry, 'unread'> {
  readonly person: string;
  readonly unread?: 1;
}

/** What a number of somebody's is: their mobile, their office. */
export const NUMBER_LABELS = ['mobile', 'work', 'home', 'main'] as const;
export type NumberLabel = (typeof NUMBER_LABELS)[number];
/** By the number, as it stands in `numbers`; of those that nobody labelled nothing is here. */
export type NumberLabels = Readonly<Partial<Record<string, NumberLabel>>>;

export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly company: string;
  /** As `personOf` in contacts.ts spells them. */
  readonly numbers: readonly string[];
  readonly labels?: NumberLabels;
  readonly note: string;
}

export interface Schema extends DBSchema {
  calls: { key: string; value: StoredCall; indexes: { startedAt: number; person: [string, number]; spokenAt: number } };
  notes: { key: string; value: string };
  contacts: { key: string; value: Contact; indexes: { numbers: string } };
  messages: { key: string; value: StoredMessage; indexes: { at: number; person: [string, number]; unread: number } };
}
export type Database = IDBPDatabase<Schema>;
type Upgraded = IDBPObjectStore<Schema, StoreNames<Schema>[], 'calls', 'versionchange'>;

const VERSION = 3;

let opening: Promise<Database> | null = null;

/** Opened once per context. Throws `storage-failed`. */
export function database(): Promise<Database> {
  opening ??= open().catch((cause: unknown) => {
    opening = null;
    throw new PhoneError('storage-failed', {}, { cause });
  });
  return opening;
}

/** Runs one piece of work on the database; whatever it throws becomes `storage-failed`. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await database();
  try {
    return await work(db);
  } catch (cause) {
    if (cause instanceof PhoneError) throw cause;
    throw new PhoneError('storage-failed', {}, { cause });
  }
}

const DAY_MS = 86_400_000;

/** What is older than so many days. */
export function olderThan(days: number, now: number): IDBKeyRange {
  return IDBKeyRange.upperBound(now - days * DAY_MS, true);
}

/** Does it with everything that the cursor comes to, one after the other; returns how many there were. */
export async function withEach<C extends { continue(): Promise<C | null> }>(
  first: Promise<C | null>,
  act: (cursor: C) => Promise<unknown>,
): Promise<number> {
  let count = 0;
  for (let cursor = await first; cursor !== null; cursor = await cursor.continue()) {
    await act(cursor);
    count += 1;
  }
  return count;
}

/** Closes it, for tests and before deleting everything. */
export async function closeDatabase(): Promise<void> {
  const db = await opening?.catch(() => null);
  opening = null;
  db?.close();
}

function open(): Promise<Database> {
  return openDB<Schema>('holdfast', VERSION, {
    upgrade(db, before, _now, change) {
      if (before < 1) makeFirst(db);
      if (before < 2) addMessages(db);
      // What fails in it aborts the upgrade, which the opening says.
      indexTranscripts(change.objectStore('calls')).catch(() => undefined);
    },
    // Another context wants to upgrade or delete: let it, and open again at the next need.
    blocking: () => void closeDatabase(),
    terminated: () => {
      opening = null;
    },
  });
}

/** Version 1. */
function makeFirst(db: Database): void {
  const calls = db.createObjectStore('calls', { keyPath: 'id' });
  calls.createIndex('startedAt', 'startedAt');
  calls.createIndex('person', ['person', 'startedAt']);
  db.createObjectStore('notes');
  db.createObjectStore('contacts', { keyPath: 'id' }).createIndex('numbers', 'numbers', { multiEntry: true });
}

/** Version 2. */
function addMessages(db: Database): void {
  const messages = db.createObjectStore('messages', { keyPath: 'id' });
  messages.createIndex('at', 'at');
  messages.createIndex('person', ['person', 'at']);
  messages.createIndex('unread', 'unread');
}

/** Version 3. */
async function indexTranscripts(calls: Upgraded): Promise<void> {
  calls.createIndex('spokenAt', 'spokenAt');
  await withEach(calls.openCursor(), async (cursor) => {
    const { transcript, startedAt } = cursor.value;
    if (Array.isArray(transcript) && transcript.length > 0)
      await cursor.update({ ...cursor.value, spokenAt: startedAt });
  });
}
