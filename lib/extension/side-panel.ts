/** The phone beside the page. Chrome: the side panel. */

import { browser } from 'wxt/browser';

/** True where this browser has one. */
export function canOpenPanel(): boolean {
  return typeof chrome.sidePanel?.open === 'function';
}

/** Must be called in a click. False where the browser refused. */
export async function openPanel(): Promise<boolean> {
  try {
    const { id } = await browser.windows.getCurrent();
    if (id === undefined) return false;
    await chrome.sidePanel.open({ windowId: id });
    return true;
  } catch {
    return false;
  }
}
