/** Opens our pages for the person: the tabs of welcome and settings. */

import { browser } from 'wxt/browser';
import { openNewTab } from '../../lib/extension/new-tab';

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
    await openNewTab(address + fragment);
    return;
  }
  await browser.tabs.update(open.id, { active: true, url: address + fragment });
  if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true });
}
