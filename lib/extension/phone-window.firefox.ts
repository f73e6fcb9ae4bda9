/** The phone in a small window of its own. Firefox: the call window, which lends its microphone; there is one at most. */

import { browser } from 'wxt/browser';

/** The fragment of a window that is there for a call, and goes with it even where the call was the quicker one. */
export const FOR_A_CALL = '#call';

let opening: Promise<unknown> | null = null;

export async function openPhoneWindow(fragment: '' | typeof FOR_A_CALL = ''): Promise<void> {
  const url = browser.runtime.getURL('/call-window.html');
  const [open] = await browser.tabs.query({ url });
  if (open?.windowId !== undefined) {
    await browser.windows.update(open.windowId, { focused: true });
    return;
  }
  opening ??= browser.windows.create({ url: url + fragment, type: 'popup', width: 380, height: 640 }).finally(() => {
    opening = null;
  });
  await opening;
}
