/** The doors out of popup and side panel: the panel, the tabs, the clipboard, files, and the numbers of the open page. */

import { browser } from 'wxt/browser';
import { findCandidates } from '../numbers/candidates';
import { speaksAgainst } from '../numbers/context';
import { countriesOf } from '../numbers/country';
import { defaultCountry } from './country';
import { watchOpenPage } from './open-page';
import { canOpenPanel, copyText, openPanel, saveText } from './page-doors';
import { openPhoneWindow } from './phone-window';
import { readSettings } from './settings';
import type { StoredSites } from './stored';
import { lendsAlone } from './voice-lending';

interface NumbersOnPage {
  readonly host: string;
  readonly numbers: readonly { readonly number: string; readonly shown: string; readonly name: string | null }[];
}

/** So much of a page's text is read, and no more. */
const LONGEST = 100_000;
const MOST_NUMBERS = 10;

export function frameDoors(kind: 'popup' | 'sidepanel') {
  return {
    kind,
    openPanel: kind === 'popup' && canOpenPanel() ? () => void leaveForPanel() : null,
    lendsAlone: kind === 'popup' ? lendsAlone : () => false,
    openCallWindow: () => void openPhoneWindow().catch(() => undefined),
    openPage: (address: string) => void openTab(address),
    copy: copyText,
    save: saveText,
    close: () => {
      if (kind === 'popup') globalThis.close();
    },
    numbersOnPage: () => numbersOnPage(kind),
    // A popup never outlives the page that it was opened over.
    followPage: kind === 'sidepanel' ? watchOpenPage : null,
  };
}

async function leaveForPanel(): Promise<void> {
  if (await openPanel()) globalThis.close();
}

async function openTab(address: string): Promise<void> {
  const tabs = await browser.tabs.query({}).catch(() => []);
  const open = tabs.find(({ url }) => url === address);
  if (open?.id === undefined) await browser.tabs.create({ url: address });
  else await browser.tabs.update(open.id, { active: true });
}

/** Reads the tab that the person opened the popup over (activeTab), or has before them; null where the browser does not let us. */
async function numbersOnPage(kind: 'popup' | 'sidepanel'): Promise<NumbersOnPage | null> {
  try {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    if (tab?.id === undefined) return null;
    const { sites, country } = await readSettings();
    // Opened over a page, the popup was asked for it; the panel only follows, and leaves out what was switched off.
    if (kind === 'sidepanel' && !mayFollow(tab.url, sites)) return null;
    const read = await browser.scripting.executeScript({ target: { tabId: tab.id, allFrames: true }, func: readFrame });
    const frames = read.sort((one, other) => one.frameId - other.frameId).map(({ result }) => result);
    const [page] = frames;
    if (!isPage(page)) return null;
    const { host, origin } = page;
    const text = frames.flatMap((frame) => (isPage(frame) ? [frame.text] : [])).join('\n');
    const { countries, notNumbers } = sites;
    const own = defaultCountry(country, browser.i18n.getUILanguage());
    const certain = findCandidates(text.slice(0, LONGEST)).filter(({ before, after }) => !speaksAgainst(before, after));
    // What knows numbers is large, and the popup opens without it.
    const { confirm } = await import('../numbers/confirm');
    const found = confirm(
      certain.map((candidate) => candidate.text),
      { countries: countriesOf({ chosen: countries[origin] ?? null, own, host }), refused: notNumbers, origin },
    );
    const numbers = found.map(({ e164, shown }) => ({ number: e164, shown, name: null }));
    const unique = numbers.filter(({ number }, at) => numbers.findIndex((other) => other.number === number) === at);
    return { host, numbers: unique.slice(0, MOST_NUMBERS) };
  } catch {
    return null; // A page of the browser's own, or one that nobody granted.
  }
}

/** The browser tells the address of a page only where it was granted. */
function mayFollow(address: string | undefined, { enabled, off }: StoredSites): boolean {
  return address !== undefined && enabled && !off.includes(new URL(address).origin);
}

/** Runs in the page, and knows nothing of this file. */
function readFrame(): Page {
  const links = [...document.querySelectorAll('a[href^="tel:" i],a[href^="callto:" i]')]
    .slice(0, 200)
    .map((link) => link.getAttribute('href')?.replace(/^\w+:/, '').replaceAll('%20', ' '));
  const text = `${links.join('\n')}\n${document.body.innerText.slice(0, 100_000)}`;
  return { host: location.hostname, origin: location.origin, text };
}

interface Page {
  readonly host: string;
  readonly origin: string;
  readonly text: string;
}

function isPage(value: unknown): value is Page {
  if (typeof value !== 'object' || value === null) return false;
  const { host, origin, text }: { host?: unknown; origin?: unknown; text?: unknown } = value;
  return typeof host === 'string' && typeof origin === 'string' && typeof text === 'string';
}
