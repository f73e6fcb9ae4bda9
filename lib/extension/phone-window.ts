/** The phone in a small window of its own. Chrome: the popup's page. */

import { browser } from 'wxt/browser';

export async function openPhoneWindow(): Promise<void> {
  await browser.windows.create({ url: browser.runtime.getURL('/popup.html'), type: 'popup', width: 380, height: 640 });
}
