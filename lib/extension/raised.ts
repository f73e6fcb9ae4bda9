/** The popup that opens by itself for a call: it has to know, since the person may be typing elsewhere at that moment. */

import { browser } from 'wxt/browser';
import type { CallId } from '../phone/model/ids';
import { popupRaised } from './memory';

/** Rejects where the browser refuses: no window of its own is in front, or it is older than Chrome 127. */
export async function raisePopup(call: CallId): Promise<void> {
  await popupRaised.setValue(call);
  try {
    await browser.action.openPopup();
  } catch (refused) {
    await popupRaised.setValue(null);
    throw refused;
  }
}

/** The call for which the popup that opens now was opened; null where the person opened it. It is told once. */
export async function takeRaised(): Promise<CallId | null> {
  const call = await popupRaised.getValue();
  if (call !== null) await popupRaised.setValue(null);
  return call;
}
