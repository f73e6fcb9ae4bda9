/** Whether the person sees the phone at this moment: then no notification is needed. Firefox. */

import { browser } from 'wxt/browser';

const CALL_WINDOW = '/call-window.html';

/** The popup or the sidebar is open, or the call window has the focus. */
export function isPhoneInFront(): Promise<boolean> {
  const { getViews } = browser.extension;
  // Firefox knows the sidebar as well; the type names Chrome's kinds.
  const open = ['popup', 'sidebar'].flatMap((type) => getViews({ type: type as 'popup' }));
  // They are pages' windows, whatever the type says.
  const pages = getViews({ type: 'tab' }) as unknown as readonly (typeof globalThis)[];
  const windows = pages.filter(({ location }) => location.pathname === CALL_WINDOW);
  return Promise.resolve(open.length > 0 || windows.some(({ document }) => document.hasFocus()));
}
