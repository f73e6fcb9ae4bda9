/** The phone in a small window of its own. Firefox: the call window, which lends its microphone; there is one at most. */

import { browser } from 'wxt/browser';

let opening: Promise<unknown> | null = null;

export async function openPhoneWindow(): Promise<void> {
  const url = browser.runtime.getURL('/call-window.html');
  const [open] = await browser.tabs.query({ url });
  if (open?.windowId !== undefined) {
    await browser.windows.update(open.windowId, { focused: true });
    return;
  }
  opening ??= browser.windows.create({ url, type: 'popup', width: 380, height: 640 }).finally(() => {
    opening = null;
  });
  await opening;
}
