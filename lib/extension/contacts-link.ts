/** What the settings page wires "bring in" and "take along" of contacts to. */

import { browser } from 'wxt/browser';
import { readContacts, writeContacts } from './contact-files';
import { bringContacts, listContacts, type Brought } from './contacts';
import { tellContactsChanged } from './contacts-changed';
import { defaultCountry } from './country';
import { readSettings } from './settings';

export const contactsLink = {
  /** Throws `storage-failed`. */
  async take(form: 'vcf' | 'csv'): Promise<string> {
    return writeContacts(await listContacts(), form);
  },
  /** Null where the text is no list of contacts. Throws `storage-failed`; then nobody was brought in. */
  async bring(text: string): Promise<(Brought & { readonly skipped: number }) | null> {
    const { country } = await readSettings();
    const read = readContacts(text, defaultCountry(country, browser.i18n.getUILanguage()));
    if (read === null) return null;
    const brought = await bringContacts(read.people, () => crypto.randomUUID());
    await tellContactsChanged();
    return { ...brought, skipped: read.skipped };
  },
};
