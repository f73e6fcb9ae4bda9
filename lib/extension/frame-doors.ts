/** The doors out of popup and side panel: the panel, the tabs, the clipboard, files, and the numbers of the open page. */

import { browser } from 'wxt/browser';
import { findCandidates } from '../numbers/candidates';
import { confirm } from '../numbers/confirm';
import { speaksAgainst } from '../numbers/context';
import { defaultCountry } from './country';
import { canOpenPanel, copyText, openPanel, saveText } from './page-doors';
import { settings } from './settings';

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
    openPage: (address: string) => void openTab(address),
    copy: copyText,
    save: saveText,
    close: () => {
      if (kind === 'popup') globalThis.close();
    },
    numbersOnPage,
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

/** Reads the tab that the person opened the popup over (activeTab); null where the browser does not let us. */
async function numbersOnPage(): Promise<NumbersOnPage | null> {
  try {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    if (tab?.id === undefined) return null;
    const [read] = await browser.scripting.executeScript({
      target: { tabId: tab.id },
      func: () => ({ host: location.host, text: document.body.innerText.slice(0, 100_000) }),
    });
    if (!isPage(read?.result)) return null;
    const { host, text } = read.result;
    const country = defaultCountry(await settings.country.getValue(), browser.i18n.getUILanguage());
    const certain = findCandidates(text.slice(0, LONGEST)).filter(({ before, after }) => !speaksAgainst(before, after));
    const found = confirm(
      certain.map((candidate) => candidate.text),
      { countries: [country] },
    );
    const numbers = found.map(({ e164, shown }) => ({ number: e164, shown, name: null }));
    const unique = numbers.filter(({ number }, at) => numbers.findIndex((other) => other.number === number) === at);
    return { host, numbers: unique.slice(0, MOST_NUMBERS) };
  } catch {
    return null; // A page of the browser's own, or one that nobody granted.
  }
}

function isPage(value: unknown): value is { host: string; text: string } {
  if (typeof value !== 'object' || value === null || !('host' in value) || !('text' in value)) return false;
  return typeof value.host === 'string' && typeof value.text === 'string';
}
