/** Deletes what was kept of people and calls: recents with their notes and transcripts, messages, and contacts. Accounts and settings stay. */

import { deleteContact, listContacts } from './contacts';
import { clearHistory } from './history';
import { messageFrom, unreadMessages } from './memory';
import { clearMessages } from './messages';

export async function deleteEverything(): Promise<void> {
  await clearHistory();
  await clearMessages();
  await unreadMessages.setValue(0);
  await messageFrom.setValue(null);
  for (const contact of await listContacts()) await deleteContact(contact.id);
}
