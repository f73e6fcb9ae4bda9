/** What the background asks of the page in a tab, with no more right than the person's gesture gave. */

import { browser } from 'wxt/browser';

/** The files that WXT builds from entrypoints/click-to-call.content. */
export const CONTENT_SCRIPT = '/content-scripts/click-to-call.js';
export const CONTENT_STYLE = '/content-scripts/click-to-call.css';

/** The file that WXT builds from entrypoints/click-to-call-card. */
const CARD_SCRIPT = '/click-to-call-card.js';

/** The selected text, of whichever frame has one; empty where the page may not be read. */
export async function selectionIn(tab: number): Promise<string> {
  try {
    const results = await browser.scripting.executeScript({
      target: { tabId: tab, allFrames: true },
      func: () => String(globalThis.getSelection() ?? ''),
    });
    return results.map(({ result }) => result?.trim() ?? '').find((text) => text !== '') ?? '';
  } catch {
    return '';
  }
}

/** The frames of a tab that may be read, the page itself first. Rejects where the page may not be. */
export async function framesOf(tab: number): Promise<readonly number[]> {
  const results = await browser.scripting.executeScript({ target: { tabId: tab, allFrames: true }, func: () => null });
  return results.map(({ frameId }) => frameId).sort((one, other) => one - other);
}

/** Brings the content script and its paint into an open tab, or into some of its frames. Rejects where the browser does not let us. */
export async function injectInto(tab: number, frames?: readonly number[]): Promise<void> {
  const where = frames === undefined ? { allFrames: true } : { frameIds: [...frames] };
  const target = { tabId: tab, ...where };
  await browser.scripting.insertCSS({ target, files: [CONTENT_STYLE] });
  await browser.scripting.executeScript({ target, files: [CONTENT_SCRIPT] });
}

/** Brings the card's script into the one frame that asked for it. */
export async function injectCard(tab: number, frame: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, files: [CARD_SCRIPT] });
}
