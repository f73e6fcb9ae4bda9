/** The numbers of the open page, for popup and side panel: its telephone links, and what its text holds. */

import { browser } from 'wxt/browser';
import type { FrameText, NumberOnPage } from './frame-numbers';
import { readSettings } from './settings';
import type { StoredSites } from './stored';

export interface NumbersOnPage {
  readonly host: string;
  readonly numbers: readonly NumberOnPage[];
}

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
    // What knows numbers is large, and the popup opens without it.
    const { numbersInFrames } = await import('./frame-numbers');
    return { host: page.host, numbers: numbersInFrames(page, frames.filter(isFrame), settings) };
  } catch {
    return null; // A page of the browser's own, or one that nobody granted.
  }
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
