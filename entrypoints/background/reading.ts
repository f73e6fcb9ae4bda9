/** Reads what was typed, selected or linked into a request that the engine can dial. */

import type { DialRequest } from '../../lib/extension/contract';
import { defaultCountry } from '../../lib/extension/country';
import { locale } from '../../lib/extension/i18n';
import { readDialled } from '../../lib/numbers/dialable';
import { readSettings } from '../../lib/extension/settings';
import { PhoneError } from '../../lib/phone/model/errors';

/** Throws `bad-number` with why. Digits of the request itself come before those that the text names. */
export function readRequest(request: DialRequest, country: string): DialRequest {
  const read = readDialled(request.to, country);
  if (read.kind === 'bad') {
    throw new PhoneError('bad-number', { why: read.why, ...('by' in read ? { by: read.by } : {}) });
  }
  const digits = request.digits ?? read.digits;
  return { ...request, to: read.to, ...(digits === '' ? {} : { digits }) };
}

/** The country of the site where the person chose one for it, else their own. */
export async function countryFor(origin: string | null): Promise<string> {
  const { country, sites } = await readSettings();
  return (origin === null ? undefined : sites.countries[origin]) ?? defaultCountry(country, locale());
}
