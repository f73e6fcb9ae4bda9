/** Tells every part of the extension that contacts changed: whoever remembers names looks for them anew. */

import { storage } from 'wxt/utils/storage';

/** Another word after every change. */
const changed = storage.defineItem<string>('session:contacts', { fallback: '' });

/** Never rejects: a name is a courtesy, and the contact is kept all the same. */
export async function tellContactsChanged(): Promise<void> {
  await changed.setValue(crypto.randomUUID()).catch(() => undefined);
}

/** Returns the stop. */
export function onContactsChanged(listener: () => void): () => void {
  return changed.watch(() => listener());
}
