/**
 * Deletes what was kept of people and calls: recents with their notes and transcripts, messages, contacts, and who is parked.
 * Accounts and settings stay; secrets of accounts that are gone do not.
 */

import { deleteContact, listContacts } from './contacts';
import { tellContactsChanged } from './contacts-changed';
import { clearHistory } from './history';
import { forgetLeftOver } from './lines';
import { lastSnapshot, messageFrom, missedCalls, parkedCalls, unreadMessages } from './memory';
import { clearMessages } from './messages';
import { remote } from './rpc';

export async function deleteEverything(): Promise<void> {
  await clearHistory();
  await clearMessages();
  await unreadMessages.setValue(0);
  await missedCalls.setValue(0);
  await messageFrom.setValue(null);
  for (const contact of await listContacts()) await deleteContact(contact.id);
  await tellContactsChanged();
  await forgetInEngine();
  await parkedCalls.setValue([]);
  // The last: the browser may take seconds to say which accounts an administrator set.
  await forgetLeftOver();
}

/** What the engine still holds of them: who is parked, and the cards of calls that are over. */
async function forgetInEngine(): Promise<void> {
  const engine = remote('engine');
  for (const { line, place } of await parkedCalls.getValue())
    await engine.forgetParked(line, place).catch(ifThereIsNone);
  for (const { id, state } of (await lastSnapshot.getValue())?.calls ?? [])
    if (state.phase === 'ended') await engine.dismiss(id).catch(ifThereIsNone);
}

function ifThereIsNone(): void {
  // No engine holds nothing.
}
