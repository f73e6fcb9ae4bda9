/** Deletes what was kept of people and calls: recents with their notes and transcripts, and contacts. Accounts and settings stay. */

import { deleteContact, listContacts } from './contacts';
import { clearHistory } from './history';

export async function deleteEverything(): Promise<void> {
  await clearHistory();
  for (const contact of await listContacts()) await deleteContact(contact.id);
}
