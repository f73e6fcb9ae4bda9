/** Blocked numbers in one spelling each: those of an earlier version, and of a file, are brought into it. */

import { browser } from 'wxt/browser';
import { defaultCountry } from '../../lib/extension/country';
import { settings } from '../../lib/extension/settings';
import { partyOf } from '../../lib/numbers/party';

/** Writes only where something changes, so that it may follow every change. */
export async function spellBlocked(): Promise<void> {
  const [calls, chosen] = await Promise.all([settings.calls.getValue(), settings.country.getValue()]);
  const before = calls.blocked ?? [];
  const country = defaultCountry(chosen, browser.i18n.getUILanguage());
  const spelled = [...new Set(before.map((number) => partyOf(number, country)))];
  if (spelled.length === before.length && spelled.every((number, index) => number === before[index])) return;
  await settings.calls.setValue({ ...calls, blocked: spelled });
}
