/**
 * What the browser says that an administrator set. Chromium says it three to eight seconds after its own start and not before,
 * so nobody waits for it who was not managed when it was said the last time.
 */

import { storage, type WxtStorageItem } from 'wxt/utils/storage';

/** What is locked, and what is only proposed. */
const KEYS = ['settings', 'defaults'] as const;
type Key = (typeof KEYS)[number];

const define = (key: string): WxtStorageItem<boolean, Record<string, unknown>> =>
  storage.defineItem<boolean>(`local:${key}`, { fallback: false });

/** Whether the browser had nothing of it the last time that it answered. */
const wasAbsent = { settings: define('unmanagedSettings'), defaults: define('unmanagedDefaults') };

/** What it answered in the life of this document. */
const isAbsent = new Map<Key, boolean>();

/** Null where there is nothing; and where there was nothing, until the browser answers. What comes then is told as a change. */
export async function managed(key: Key): Promise<unknown> {
  const asked = managedForSure(key);
  const hasten = !isAbsent.has(key) && (await wasAbsent[key].getValue().catch(() => false));
  return hasten && !isAbsent.has(key) ? null : asked;
}

/** The browser's own answer, however long it takes; null where there is nothing. */
export async function managedForSure(key: Key): Promise<unknown> {
  // Firefox rejects where no policy is installed.
  const found = (await storage.getItem<unknown>(`managed:${key}`).catch(() => null)) ?? null;
  const absent = found === null;
  if (isAbsent.get(key) !== absent) {
    isAbsent.set(key, absent);
    void remember(key, absent);
  }
  return found;
}

/** Calls `listener` when an administrator changes something, or turns out to be there; returns the stop. */
export function watchManaged(listener: () => void): () => void {
  const stops = KEYS.flatMap((key) => [
    storage.watch(`managed:${key}`, () => listener()),
    wasAbsent[key].watch((absent) => {
      if (!absent) listener();
    }),
  ]);
  return () => {
    for (const stop of stops) stop();
  };
}

async function remember(key: Key, absent: boolean): Promise<void> {
  try {
    if ((await wasAbsent[key].getValue()) !== absent) await wasAbsent[key].setValue(absent);
  } catch {
    // Storage that takes nothing: the next start waits for the browser's answer.
  }
}
