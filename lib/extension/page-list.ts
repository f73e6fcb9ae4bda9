/** The numbers of the open page, for popup and side panel: its telephone links, and what its text holds. */

import { browser } from 'wxt/browser';
import { findCandidates } from '../numbers/candidates';
import { speaksAgainst } from '../numbers/context';
import { countriesOf } from '../numbers/country';
import { defaultCountry } from './country';
import { readSettings } from './settings';
import type { StoredSettings, StoredSites } from './stored';

export interface NumberOnPage {
  /** E.164, or the address of a SIP link. */
  readonly number: string;
  /** Dialled after the answer; empty for nothing. */
  readonly digits: string;
  readonly shown: string;
  readonly name: string | null;
}

export interface NumbersOnPage {
  readonly host: string;
  readonly numbers: readonly NumberOnPage[];
}

/** One frame as it was read. */
export interface FrameText {
  readonly host: string;
  readonly origin: string;
  /** Addresses of the links that dial. */
  readonly links: readonly string[];
  readonly text: string;
}

/** So much of a page's text is read, and no more. */
const LONGEST = 100_000;
const MOST_NUMBERS = 10;

/** Reads the tab that the person opened the popup over (activeTab), or has before them; null where the browser does not let us. */
export async function numbersOnPage(kind: 'popup' | 'sidepanel'): Promise<NumbersOnPage | null> {
  try {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    if (tab?.id === undefined) return null;
    const settings = await readSettings();
    // Opened over a page, the popup was asked for it; the panel only follows, and leaves out what was switched off.
    if (kind === 'sidepanel' && !mayFollow(tab.url, settings.sites)) return null;
    const read = await browser.scripting.executeScript({ target: { tabId: tab.id, allFrames: true }, func: readFrame });
    const frames = read.sort((one, other) => one.frameId - other.frameId).map(({ result }) => result);
    const [page] = frames;
    if (!isFrame(page)) return null;
    return { host: page.host, numbers: await listOf(page, frames.filter(isFrame), settings) };
  } catch {
    return null; // A page of the browser's own, or one that nobody granted.
  }
}

/** Links first, since they are certain; nothing twice. */
async function listOf(
  { host, origin }: FrameText,
  frames: readonly FrameText[],
  { sites, country }: StoredSettings,
): Promise<NumberOnPage[]> {
  const own = defaultCountry(country, browser.i18n.getUILanguage());
  const countries = countriesOf({ chosen: sites.countries[origin] ?? null, own, host });
  const text = frames.map((frame) => frame.text).join('\n');
  const certain = findCandidates(text.slice(0, LONGEST)).filter(({ before, after }) => !speaksAgainst(before, after));
  // What knows numbers is large, and the popup opens without it.
  const [{ confirm }, { readDialled }] = await Promise.all([
    import('../numbers/confirm'),
    import('../numbers/dialable'),
  ]);
  const read = (written: string): NumberOnPage[] => {
    const found = readDialled(written, countries[0] ?? null);
    if (found.kind !== 'number' && found.kind !== 'sip') return [];
    return [{ number: found.to, digits: found.digits, shown: found.shown, name: null }];
  };
  const links = frames.flatMap((frame) => frame.links).flatMap(read);
  const texts = confirm(
    certain.map((candidate) => candidate.text),
    { countries, refused: sites.notNumbers, origin },
  ).flatMap(({ e164, extension }) => read(extension === null ? e164 : `${e164};ext=${extension}`));
  const all = [...links, ...texts];
  return all.filter((one, at) => all.findIndex((other) => isSame(one, other)) === at).slice(0, MOST_NUMBERS);
}

function isSame(one: NumberOnPage, other: NumberOnPage): boolean {
  return one.number === other.number && one.digits === other.digits;
}

/** The browser tells the address of a page only where it was granted. */
function mayFollow(address: string | undefined, { enabled, off }: StoredSites): boolean {
  return address !== undefined && enabled && !off.includes(new URL(address).origin);
}

/** Runs in the page, and knows nothing of this file. */
function readFrame(): FrameText {
  const links = [
    ...document.querySelectorAll('a[href^="tel:" i],a[href^="callto:" i],a[href^="sip:" i],a[href^="sips:" i]'),
  ]
    .slice(0, 200)
    .map((link) => link.getAttribute('href') ?? '');
  let text = document.body.innerText;
  // Code, editors and what is hidden from readers is nobody's telephone number.
  for (const place of document.querySelectorAll<HTMLElement>(
    'pre,code,kbd,samp,[contenteditable]:not([contenteditable=false]),[aria-hidden=true],[role=textbox],[role=code]',
  ))
    if (place.innerText !== '') text = text.replace(place.innerText, () => '\n');
  return { host: location.hostname, origin: location.origin, links, text: text.slice(0, 100_000) };
}

function isFrame(value: unknown): value is FrameText {
  if (typeof value !== 'object' || value === null) return false;
  const { host, origin, links, text }: { [field in keyof FrameText]?: unknown } = value;
  return typeof host === 'string' && typeof origin === 'string' && Array.isArray(links) && typeof text === 'string';
}
