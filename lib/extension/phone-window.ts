/** The phone in a small window of its own. Chrome: the popup's page. */

import { browser } from 'wxt/browser';

/** `forCall` is for Firefox, whose window goes with its call. */
export async function openPhoneWindow(_why: { readonly forCall?: boolean } = {}): Promise<void> {
  await browser.windows.create({ url: browser.runtime.getURL('/popup.html'), type: 'popup', width: 380, height: 640 });
}
