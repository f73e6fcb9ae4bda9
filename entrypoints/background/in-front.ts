/** Whether the person sees the phone at this moment: then no notification is needed. */

import { browser } from 'wxt/browser';

/** The popup or the side panel is open. */
export async function isPhoneInFront(): Promise<boolean> {
  if (import.meta.env.BROWSER === 'firefox') {
    const views = ['popup', 'sidebar'].flatMap((type) => browser.extension.getViews({ type: type as 'popup' }));
    return views.length > 0;
  }
  const { ContextType } = chrome.runtime;
  const open = await chrome.runtime.getContexts({ contextTypes: [ContextType.POPUP, ContextType.SIDE_PANEL] });
  return open.length > 0;
}
