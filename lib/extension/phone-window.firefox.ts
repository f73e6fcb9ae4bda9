/** The phone in a small window of its own. Firefox: the call window, which lends its microphone; there is one at most. */

import { browser } from 'wxt/browser';
import { FIRST_SIZE, PLACE_KEY, readPlace, type Place } from './window-place';

/** The fragment of a window that is there for a call, and goes with it even where the call was the quicker one. */
export const FOR_A_CALL = '#call';

const PAGE = '/call-window.html';

let opening: Promise<unknown> | null = null;

export async function openPhoneWindow({ forCall = false }: { readonly forCall?: boolean } = {}): Promise<void> {
  const url = browser.runtime.getURL(PAGE);
  const [{ id, windowId, status } = {}] = await browser.tabs.query({ url });
  if (id !== undefined && windowId !== undefined) {
    // A page that died with Firefox's process of extensions leaves its window behind, at this address.
    if (status === 'complete' && !isPageThere()) await browser.tabs.reload(id);
    await browser.windows.update(windowId, { focused: true });
    return;
  }
  opening ??= browser.windows
    .create({ url: forCall ? url + FOR_A_CALL : url, type: 'popup', incognito: false, ...(placeLeft() ?? FIRST_SIZE) })
    .finally(() => {
      opening = null;
    });
  await opening;
}

/** Firefox moves it to a screen that is there; the page makes it fit that one. */
function placeLeft(): Place | null {
  try {
    return readPlace(localStorage.getItem(PLACE_KEY));
  } catch {
    return null; // Storage that is switched off.
  }
}

function isPageThere(): boolean {
  // They are pages' windows, whatever the type says.
  const pages = browser.extension.getViews({ type: 'tab' }) as unknown as readonly (typeof globalThis)[];
  return pages.some(({ location }) => location.pathname === PAGE);
}
