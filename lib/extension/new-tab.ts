/** A page in a tab of its own, whatever windows are open. */

import { browser } from 'wxt/browser';

/** In a window of its own where no window takes a tab: none is open, or private ones alone. Rejects where the browser refuses that too. */
export async function openNewTab(url: string): Promise<void> {
  try {
    await browser.tabs.create({ url });
  } catch {
    await browser.windows.create({ url });
  }
}
