/** Opens the phone for the person. */

import { browser } from 'wxt/browser';
import { openPhoneWindow } from './phone-window';

/** The toolbar's popup; where the browser refuses without a gesture, a small window of the phone's own. */
export async function openPopup(): Promise<void> {
  try {
    await (browser.action ?? browser.browserAction).openPopup();
  } catch {
    await openPhoneWindow();
  }
}
