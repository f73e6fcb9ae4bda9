/** Whom the person knows: contacts by their numbers, as a server of the person's country tells them. */

import { browser } from 'wxt/browser';
import { contactOf, type Contact } from '../../lib/extension/contacts';
import { defaultCountry } from '../../lib/extension/country';
import { settings } from '../../lib/extension/settings';
import { partyOf } from '../../lib/numbers/party';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';

/** Null: nobody, or a store that cannot be read; a name is a courtesy, and nothing waits for it. */
export async function contactWith(number: string): Promise<Contact | null> {
  const country = defaultCountry(await settings.country.getValue(), browser.i18n.getUILanguage());
  return contactOf([number, partyOf(number, country)]).catch(() => null);
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
