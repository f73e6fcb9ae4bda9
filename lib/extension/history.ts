/** Finished calls with their notes, newest first; made so that thousands of them cost nothing to open. */

import { personOf } from './contacts';
import { olderThan, type StoredCall, withDatabase, withEach } from './database';
import { type HistoryEntry, isMissed } from './history-entry';
import { isFound, NOTHING_SOUGHT, type Sought } from './sought';

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** Pass as `before` for the next page; null at the end. */
  readonly next: number | null;
}
export interface HistoryQuery {
  /** Only calls that started before this moment, epoch milliseconds. */
  readonly before?: number;
  readonly limit?: number;
  readonly filter?: 'all' | 'missed' | 'noted';
  /** In name, number or note. */
  readonly search?: Sought;
  /** Nobody waits for the answer any more; what comes then is not all. */
  readonly signal?: AbortSignal;
}

const PAGE = 50;

/** Keeps a finished call, with the note that was written while it lived. Twice the same id is once. */
export function addCall(entry: HistoryEntry): Promise<void> {
  return withDatabase(async (db) => {
    const change = db.transaction(['calls', 'notes'], 'readwrite');
    const [known, note] = await Promise.all([
      change.objectStore('calls').get(entry.id),
      change.objectStore('notes').get(entry.id),
    ]);
    const person = personOf(entry.number ?? entry.name ?? '');
    const spoken = entry.transcript.length === 0 ? {} : { spokenAt: entry.startedAt };
    await change.objectStore('calls').put({ ...entry, person, ...spoken, note: note ?? known?.note ?? entry.note });
    await change.objectStore('notes').delete(entry.id);
    await change.done;
  });
}

/** The note of a call, alive or finished; each call of it replaces the text. */
export function saveNote(call: string, text: string): Promise<void> {
  return withDatabase(async (db) => {
    const change = db.transaction(['calls', 'notes'], 'readwrite');
    const known = await change.objectStore('calls').get(call);
    if (known === undefined) await change.objectStore('notes').put(text, call);
    else await change.objectStore('calls').put({ ...known, note: text });
    await change.done;
  });
}

export function readNote(call: string): Promise<string> {
  return withDatabase(async (db) => (await db.get('calls', call))?.note ?? (await db.get('notes', call)) ?? '');
}

export function getCall(id: string): Promise<HistoryEntry | null> {
  return withDatabase(async (db) => strip(await db.get('calls', id)));
}

/** One page, newest first. */
export function listCalls(query: HistoryQuery = {}): Promise<HistoryPage> {
  const { before, limit = PAGE, signal } = query;
  const range = before === undefined ? null : IDBKeyRange.upperBound(before, true);
  const matches = matcher(query);
  return withDatabase(async (db) => {
    const entries: HistoryEntry[] = [];
    let cursor = await db.transaction('calls').store.index('startedAt').openCursor(range, 'prev');
    while (cursor !== null && signal?.aborted !== true) {
      const entry = strip(cursor.value);
      if (entry !== null && matches(entry)) {
        // One entry more than asked tells that there is another page.
        if (entries.length === limit) return { entries, next: entries.at(-1)?.startedAt ?? null };
        entries.push(entry);
      }
      cursor = await cursor.continue();
    }
    return { entries, next: null };
  });
}

/** The calls with one party, under any of its numbers and their spellings, newest first. */
export function callsWith(numbers: readonly string[], limit = PAGE): Promise<readonly HistoryEntry[]> {
  const persons = new Set(numbers.map(personOf));
  return withDatabase(async (db) => {
    const found: HistoryEntry[] = [];
    for (const person of persons) {
      const range = IDBKeyRange.bound([person, 0], [person, Infinity]);
      let cursor = await db.transaction('calls').store.index('person').openCursor(range, 'prev');
      for (let left = limit; cursor !== null && left > 0; left -= 1) {
        const entry = strip(cursor.value);
        if (entry !== null) found.push(entry);
        cursor = await cursor.continue();
      }
    }
    return found.sort((one, other) => other.startedAt - one.startedAt).slice(0, limit);
  });
}

/** The number to redial: of the last outgoing call; null where there is none. */
export async function lastDialled(): Promise<string | null> {
  const { entries } = await listCalls({ limit: 200 });
  return entries.find((entry) => entry.direction === 'out')?.number ?? null;
}

export function deleteCall(id: string): Promise<void> {
  return withDatabase((db) => db.delete('calls', id));
}

export function clearHistory(): Promise<void> {
  return withDatabase(async (db) => {
    const change = db.transaction(['calls', 'notes'], 'readwrite');
    await Promise.all([change.objectStore('calls').clear(), change.objectStore('notes').clear()]);
    await change.done;
  });
}

/** Deletes what is older than `days`; 0 keeps everything. Returns how many went. */
export function forgetOldCalls(days: number, now: number): Promise<number> {
  if (days <= 0) return Promise.resolve(0);
  return withDatabase(async (db) => {
    const change = db.transaction('calls', 'readwrite');
    const old = change.store.index('startedAt').openCursor(olderThan(days, now));
    const gone = await withEach(old, (cursor) => cursor.delete());
    await change.done;
    return gone;
  });
}

/** Takes what was said out of the calls that are older than `days`, which stay; 0 keeps everything. Returns how many it was. */
export function forgetOldTranscripts(days: number, now: number): Promise<number> {
  if (days <= 0) return Promise.resolve(0);
  return withDatabase(async (db) => {
    const change = db.transaction('calls', 'readwrite');
    const old = change.store.index('spokenAt').openCursor(olderThan(days, now));
    const gone = await withEach(old, (cursor) => cursor.update(withoutTranscript(cursor.value)));
    await change.done;
    return gone;
  });
}

/** The call as it is kept once its words are too old; pure. */
export function withoutTranscript({ spokenAt: _spokenAt, ...call }: StoredCall): StoredCall {
  return { ...call, transcript: [] };
}

function matcher({ filter = 'all', search = NOTHING_SOUGHT }: HistoryQuery): (entry: HistoryEntry) => boolean {
  return (entry) => {
    if (filter === 'missed' && !isMissed(entry)) return false;
    if (filter === 'noted' && entry.note === '') return false;
    return isFound({ name: entry.name, number: entry.number, text: entry.note }, search);
  };
}

function strip(stored: StoredCall | undefined): HistoryEntry | null {
  if (stored === undefined) return null;
  const { person: _person, spokenAt: _spokenAt, ...entry } = stored;
  return entry;
}
