/** Text messages outside of calls, kept like calls: by person, with what nobody has read yet. */

import { personOf } from './contacts';
import { olderThan, type StoredMessage, withDatabase, withEach } from './database';
import type { MessageEntry } from './message-entry';

const MOST_WITH = 200;
const MOST_CONVERSATIONS = 20;
/** How far back conversations are looked for: enough for any list that is read, and never slow. */
const MOST_LOOKED_AT = 1000;

/** Twice the same id is once. */
export function addMessage({ unread, ...entry }: MessageEntry): Promise<void> {
  return withDatabase(async (db) => {
    await db.put('messages', { ...entry, person: personOf(entry.number), ...(unread ? { unread: 1 } : {}) });
  });
}

/** The newest messages with one party, the oldest of them first. */
export function messagesWith(numbers: readonly string[]): Promise<readonly MessageEntry[]> {
  const persons = new Set(numbers.map(personOf));
  return withDatabase(async (db) => {
    const found: MessageEntry[] = [];
    for (const person of persons) {
      const range = IDBKeyRange.bound([person, 0], [person, Infinity]);
      let cursor = await db.transaction('messages').store.index('person').openCursor(range, 'prev');
      for (let left = MOST_WITH; cursor !== null && left > 0; left -= 1) {
        found.push(entryOf(cursor.value));
        cursor = await cursor.continue();
      }
    }
    return found.sort((a, b) => a.at - b.at).slice(-MOST_WITH);
  });
}

/** The newest message with each party, newest first. */
export function conversations(): Promise<readonly MessageEntry[]> {
  return withDatabase(async (db) => {
    const newest = new Map<string, MessageEntry>();
    let cursor = await db.transaction('messages').store.index('at').openCursor(null, 'prev');
    for (let left = MOST_LOOKED_AT; cursor !== null && left > 0; left -= 1) {
      const { person } = cursor.value;
      if (!newest.has(person)) newest.set(person, entryOf(cursor.value));
      if (newest.size === MOST_CONVERSATIONS) break;
      cursor = await cursor.continue();
    }
    return [...newest.values()];
  });
}

export function countUnread(): Promise<number> {
  return withDatabase((db) => db.countFromIndex('messages', 'unread'));
}

/** Everything that this party wrote was seen. */
export function readMessages(numbers: readonly string[]): Promise<void> {
  const persons = new Set(numbers.map(personOf));
  return withDatabase(async (db) => {
    const change = db.transaction('messages', 'readwrite');
    await withEach(change.store.index('unread').openCursor(), async (cursor) => {
      const { unread: _unread, ...read } = cursor.value;
      if (persons.has(read.person)) await cursor.update(read);
    });
    await change.done;
  });
}

/** Deletes what is older than `days`; 0 keeps everything. */
export function forgetOldMessages(days: number, now: number): Promise<void> {
  if (days <= 0) return Promise.resolve();
  return withDatabase(async (db) => {
    const change = db.transaction('messages', 'readwrite');
    await withEach(change.store.index('at').openCursor(olderThan(days, now)), (cursor) => cursor.delete());
    await change.done;
  });
}

export function clearMessages(): Promise<void> {
  return withDatabase((db) => db.clear('messages'));
}

function entryOf({ person: _person, unread, ...entry }: StoredMessage): MessageEntry {
  return { ...entry, unread: unread === 1 };
}
