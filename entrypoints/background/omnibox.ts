/** Dials from the address bar: the keyword, a name or a number, Enter. Nothing is dialled that the bar did not say before. */

import { browser } from 'wxt/browser';
import { matchesFor } from '../../components/popup/home/matches';
import { listContacts } from '../../lib/extension/contacts';
import { handOver } from '../../lib/extension/hand-over';
import { listCalls } from '../../lib/extension/history';
import { t } from '../../lib/extension/i18n';
import { isEmergency } from '../../lib/numbers/country';
import { readDialled } from '../../lib/numbers/dialable';
import type { Log } from '../../lib/phone/ports';
import { asDescription } from './omnibox-words';
import { countryFor } from './reading';

interface OmniboxPorts {
  readonly log: Log;
  dialText(text: string): Promise<void>;
}

/** Somebody whom Enter would call. */
interface Callee {
  readonly number: string;
  readonly shown: string;
  readonly name: string | null;
}

const MOST = 5;
const RECENT = 200;
/** What a chosen suggestion hands back, so that it is dialled as it was shown. */
const CHOSEN = 'tel:';

/** Must be called on the first tick. */
export function listenToOmnibox({ log, dialText }: OmniboxPorts): void {
  const { omnibox } = browser;
  const failed = (thrown: unknown): void => log.warn('the address bar could not call', { thrown: String(thrown) });
  omnibox.onInputChanged.addListener((text, suggest) => {
    offer(text, suggest).catch(failed);
  });
  omnibox.onInputEntered.addListener((text) => {
    enter(text, dialText).catch(failed);
  });
}

async function offer(
  text: string,
  suggest: (found: { content: string; description: string }[]) => void,
): Promise<void> {
  const [first, ...others] = await calleesFor(text);
  await browser.omnibox.setDefaultSuggestion({ description: first === undefined ? nobody() : describe(first) });
  suggest(others.map((callee) => ({ content: CHOSEN + callee.number, description: describe(callee) })));
}

/** The number that the text reads as, else the people whose names it begins. Emergency numbers are left to the dial field. */
export async function calleesFor(text: string): Promise<readonly Callee[]> {
  const country = await countryFor(null);
  const read = readDialled(text, country);
  if (read.kind !== 'bad' && read.kind !== 'name')
    return isEmergency(read.to, country) ? [] : [{ number: read.to, shown: read.shown, name: null }];
  // A store that cannot be read takes away the names and nothing else.
  const [contacts, { entries }] = await Promise.all([
    listContacts().catch(() => []),
    listCalls({ limit: RECENT }).catch(() => ({ entries: [] })),
  ]);
  return matchesFor(text, contacts, entries)
    .slice(0, MOST)
    .map(({ name, number }) => {
      const known = readDialled(number, country);
      return { number, name, shown: known.kind === 'bad' ? number : known.shown };
    });
}

/** Dials what the bar offered; whatever else was typed goes into the dial field, where it can be looked at. */
async function enter(text: string, dialText: (text: string) => Promise<void>): Promise<void> {
  const chosen = text.startsWith(CHOSEN) ? text.slice(CHOSEN.length) : (await calleesFor(text))[0]?.number;
  if (chosen !== undefined) return dialText(chosen);
  await handOver(text);
}

function describe({ name, shown }: Callee): string {
  return asDescription(name === null ? t('omnibox_call', shown) : t('omnibox_call_person', name, shown));
}

function nobody(): string {
  return asDescription(t('omnibox_nobody'));
}
