/** Whom the person knows: contacts by their numbers, as a server of the person's country tells them. */

import { browser } from 'wxt/browser';
import { contactOf, type Contact } from '../../lib/extension/contacts';
import { onContactsChanged } from '../../lib/extension/contacts-changed';
import { defaultCountry } from '../../lib/extension/country';
import { readSettings, watchSettings } from '../../lib/extension/settings';
import { partyOf } from '../../lib/numbers/party';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';

const MOST_REMEMBERED = 100;

/** What was looked up already, so that a snapshot costs no reading; null as long as no change would be heard of. */
let remembered: { country: Promise<string> | null; readonly contacts: Map<string, Promise<Contact | null>> } | null =
  null;

/** From now on each number is looked up once, and anew after a change. Must be called on the first tick. Returns the stop. */
export function rememberKnown(): () => void {
  const forget = (): void => {
    remembered = { country: null, contacts: new Map() };
  };
  forget();
  const stops = [watchSettings(forget), onContactsChanged(forget)];
  return () => {
    stops.forEach((stop) => stop());
    remembered = null;
  };
}

/** Null: nobody, or a store that cannot be read; a name is a courtesy, and nothing waits for it. */
export function contactWith(number: string): Promise<Contact | null> {
  const memory = remembered;
  if (memory === null) return readContact(number, readCountry()).catch(() => null);
  const known = memory.contacts.get(number);
  if (known !== undefined) return known;
  if (memory.contacts.size >= MOST_REMEMBERED) memory.contacts.clear();
  memory.country ??= readCountry();
  const found = readContact(number, memory.country).catch(() => {
    // A store that could not be read may be readable the next time.
    memory.contacts.delete(number);
    memory.country = null;
    return null;
  });
  memory.contacts.set(number, found);
  return found;
}

/** Every party under the name that the person gave it. */
export async function withNames(snapshot: PhoneSnapshot): Promise<PhoneSnapshot> {
  const calls = await Promise.all(
    snapshot.calls.map(async (call) => {
      const contact = call.who.number === null ? null : await contactWith(call.who.number);
      return contact === null ? call : { ...call, who: { ...call.who, name: contact.name } };
    }),
  );
  return { ...snapshot, calls };
}

async function readContact(number: string, country: Promise<string>): Promise<Contact | null> {
  return contactOf([number, partyOf(number, await country)]);
}

async function readCountry(): Promise<string> {
  return defaultCountry((await readSettings()).country, browser.i18n.getUILanguage());
}
