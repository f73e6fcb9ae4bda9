/** The browser goes away with its last window, of which the engine's document gets no word; so this says it in time. Chrome. */

import { browser } from 'wxt/browser';

/**
 * On the first tick. `gone` is told at once: a closing browser leaves a tenth of a second, and answers no question in it, so
 * the windows are counted before. Private ones count where the extension is allowed in them; of others Chrome tells it nothing,
 * and who can see nothing of a call cannot end it there either. On a Mac a browser lives on without windows.
 */
export function listenForLastWindow(gone: () => void): void {
  const open = new Set<number>();
  let livesOn = false;
  const closes = (id: number): void => {
    if (open.delete(id) && open.size === 0 && !livesOn) gone();
  };
  browser.windows.onCreated.addListener(({ id }) => {
    if (id !== undefined) open.add(id);
  });
  browser.tabs.onRemoved.addListener((_tab, { isWindowClosing, windowId }) => {
    if (isWindowClosing) closes(windowId);
  });
  browser.windows.onRemoved.addListener(closes);
  count(open).catch(() => undefined);
  browser.runtime.getPlatformInfo().then(
    ({ os }) => {
      livesOn = os === 'mac';
    },
    () => undefined,
  );
}

async function count(open: Set<number>): Promise<void> {
  for (const { id } of await browser.windows.getAll()) if (id !== undefined) open.add(id);
}
