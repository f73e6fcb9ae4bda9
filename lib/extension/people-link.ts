/** What a page of ours wires its mirror of people and past calls to. */

import { type Contact, deleteContact, listContacts, saveContact } from './contacts';
import { onContactsChanged, tellContactsChanged } from './contacts-changed';
import { addCall, callsWith, deleteCall, listCalls, readNote, saveNote } from './history';
import { lastKept, missedCalls, unreadMessages } from './memory';
import { conversations, countUnread, messagesWith, readMessages } from './messages';

export const peopleLink = {
  listCalls,
  callsWith,
  readNote,
  saveNote,
  deleteCall,
  addCall,
  onKept(listener: () => void) {
    const stops = [lastKept.watch(() => listener()), onContactsChanged(listener)];
    return () => stops.forEach((stop) => stop());
  },
  listContacts,
  async saveContact(contact: Contact): Promise<void> {
    await saveContact(contact);
    await tellContactsChanged();
  },
  async deleteContact(id: string): Promise<void> {
    await deleteContact(id);
    await tellContactsChanged();
  },
  conversations,
  messagesWith,
  async readMessages(numbers: readonly string[]): Promise<void> {
    await readMessages(numbers);
    await unreadMessages.setValue(await countUnread());
  },
  unread: () => unreadMessages.getValue(),
  onUnread: (listener: (count: number) => void) => unreadMessages.watch((count) => listener(count)),
  missed: () => missedCalls.getValue(),
  seen: () => missedCalls.setValue(0),
  onMissed: (listener: (count: number) => void) => missedCalls.watch((count) => listener(count)),
};
