/** Opens our pages for the person: the popup, and the tabs of welcome and settings. */

import { browser } from 'wxt/browser';

const POPUP_SIZE = { width: 380, height: 640 };

/** The toolbar's popup; where the browser refuses without a gesture, a small window with the same page. */
export async function openPopup(): Promise<void> {
  try {
    await (browser.action ?? browser.browserAction).openPopup();
  } catch {
    await browser.windows.create({ url: browser.runtime.getURL('/popup.html'), type: 'popup', ...POPUP_SIZE });
  }
}

export async function openPermissionPage(): Promise<void> {
  await openTab('/welcome.html', '#microphone');
}

export async function openOptions(page?: string): Promise<void> {
  await openTab('/options.html', page === undefined ? '' : `#${encodeURIComponent(page)}`);
}

export async function openWelcome(): Promise<void> {
  await openTab('/welcome.html', '');
}

// A tab that is already there comes to the front instead of a second one.
async function openTab(page: string, fragment: string): Promise<void> {
  const address = browser.runtime.getURL(page);
  const [open] = await browser.tabs.query({ url: `${address}*` });
  if (open?.id === undefined) {
    await browser.tabs.create({ url: address + fragment });
    return;
  }
  await browser.tabs.update(open.id, { active: true, url: address + fragment });
  if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true });
}
