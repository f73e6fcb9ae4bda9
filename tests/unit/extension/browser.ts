/** The extension's browser in Node: WXT's fake one, whose messages carry a sender. Import it before anything that names `browser`. */

import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Sender } from '../../../lib/extension/trust';

Object.assign(globalThis, { browser: fakeBrowser, chrome: fakeBrowser });

export { fakeBrowser };

const ID = fakeBrowser.runtime.id;
export const HOME = fakeBrowser.runtime.getURL('/');

/** A page or worker of ours. */
export const own: Sender = { id: ID, url: `${HOME}popup.html` };
export const ownTab: Sender = { id: ID, url: `${HOME}options.html`, tab: { id: 1, active: true } };
export const engine: Sender = { id: ID, url: `${HOME}offscreen.html` };
/** Our content script in somebody's page. */
export const contentScript: Sender = { id: ID, url: 'https://crm.example/people', tab: { id: 7, active: true } };
export const otherExtension: Sender = { id: 'another', url: 'chrome-extension://another/page.html' };

/** Sends a message as the given sender; what the listeners answered, the silent ones left out. */
export async function tell(message: unknown, sender: Sender): Promise<unknown[]> {
  const trigger = fakeBrowser.runtime.onMessage.trigger as (...args: unknown[]) => Promise<unknown[]>;
  return (await trigger(message, sender)).filter((answer) => answer !== undefined);
}

/** From now on runtime.sendMessage arrives as sent by `sender`; fails, as browsers do, where nobody listens. */
export function sendAs(sender: Sender): void {
  fakeBrowser.runtime.sendMessage = async (message: unknown) => {
    if (!fakeBrowser.runtime.onMessage.hasListeners()) throw new Error('Receiving end does not exist.');
    // Through JSON, as Chrome sends it.
    return (await tell(JSON.parse(JSON.stringify(message)), sender))[0];
  };
}
