/** How the numbers of one page are read, and what its card says about one of them; pure. */

import type { NumberFacts } from '../../lib/extension/contract';
import { defaultCountry } from '../../lib/extension/country';
import type { StoredSettings } from '../../lib/extension/stored';
import { confirm, type ConfirmRules } from '../../lib/numbers/confirm';
import { countriesOf, countryName } from '../../lib/numbers/country';
import { readDialled } from '../../lib/numbers/dialable';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';

export interface Page {
  readonly url: string;
  readonly origin: string;
}

/** National numbers are read in the site's country, else in the person's and in that of the site's domain. */
export function rulesFor(page: Page, { sites, country }: StoredSettings, language: string): ConfirmRules {
  const chosen = sites.countries[page.origin] ?? null;
  const own = defaultCountry(country, language);
  return {
    countries: countriesOf({ chosen, own, host: new URL(page.url).hostname }),
    refused: sites.notNumbers,
    origin: page.origin,
    locale: language,
  };
}

/** `number` is one that was marked, or the address of a link. */
export function factsAbout(
  number: string,
  page: Page,
  stored: StoredSettings,
  snapshot: PhoneSnapshot | null,
  language: string,
): NumberFacts {
  const rules = rulesFor(page, stored, language);
  const read = readDialled(number, rules.countries[0] ?? null);
  const ready = snapshot?.lines.find((line) => line.session.phase === 'ready');
  const line = ready ?? snapshot?.lines[0];
  const talking = snapshot?.calls.find((call) => call.state.phase === 'active' && !call.state.held);
  const { atOnce } = stored.sites;
  if (read.kind === 'bad') return { number: null, place: '', name: null, busyWith: null, line: null, atOnce };
  const [marked] = confirm([number], { ...rules, refused: [] });
  return {
    number: {
      e164: read.to,
      shown: read.shown,
      extension: read.digits === '' ? null : read.digits.replace(/^w+/, ''),
      readings: marked?.readings ?? [],
    },
    place: read.country === null ? '' : countryName(read.country, language),
    name: null,
    busyWith: talking === undefined ? null : (talking.who.name ?? talking.who.number),
    line: line === undefined ? null : { name: line.name, ready: ready !== undefined },
    atOnce,
  };
}
