/** Deletes what was kept of people and calls: recents with their notes and transcripts, messages, and contacts. Accounts and settings stay. */

import { deleteContact, listContacts } from './contacts';
import { clearHistory } from './history';
import { unreadMessages } from './memory';
import { clearMessages } from './messages';

export async function deleteEverything(): Promise<void> {
  await clearHistory();
  await clearMessages();
  await unreadMessages.setValue(0);
  for (const contact of await listContacts()) await deleteContact(contact.id);
}
