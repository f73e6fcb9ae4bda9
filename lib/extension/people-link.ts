/** What a page of ours wires its mirror of people and past calls to. */

import { deleteContact, listContacts, saveContact } from './contacts';
import { addCall, callsWith, deleteCall, listCalls, readNote, saveNote } from './history';
import { missedCalls } from './memory';

export const peopleLink = {
  listCalls,
  callsWith,
  readNote,
  saveNote,
  deleteCall,
  addCall,
  listContacts,
  saveContact,
  deleteContact,
  missed: () => missedCalls.getValue(),
  seen: () => missedCalls.setValue(0),
  onMissed: (listener: (count: number) => void) => missedCalls.watch((count) => listener(count)),
};
