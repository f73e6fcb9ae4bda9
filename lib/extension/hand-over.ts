/** A number for the dial field: it appears in the phone that stands open before the person, else in the popup, which opens for it. */

import { browser } from 'wxt/browser';
import { dialField } from './memory';
import { openPopup } from './page-doors';
import { audienceOf, type Sender } from './trust';

/** The text is what a link or the address bar held; the dial field reads it. */
export async function handOver(text: string): Promise<void> {
  if (await isReceived(text)) return;
  await dialField.setValue(text);
  await openPopup();
}

/** Called with each text that is handed to the window in which this page stands, while it is seen. Returns the stop. */
export function receive(received: (text: string) => void): () => void {
  let own: number | null = null;
  browser.windows.getCurrent().then(
    ({ id }) => (own = id ?? null),
    () => undefined,
  );
  const listener = (message: unknown, sender: Sender): Promise<true> | undefined => {
    const handed = audienceOf(sender) === 'own' ? handedIn(message) : null;
    if (handed === null || handed.window !== own || document.visibilityState !== 'visible') return undefined;
    received(handed.text);
    return Promise.resolve(true);
  };
  // The polyfill turns a returned promise into the reply in every browser; Chrome's own types do not know it.
  const listen = listener as Parameters<typeof browser.runtime.onMessage.addListener>[0];
  browser.runtime.onMessage.addListener(listen);
  return () => browser.runtime.onMessage.removeListener(listen);
}

interface Handed {
  readonly text: string;
  readonly window: number;
}

/** False where no phone stands open in the window that the person used last. */
async function isReceived(text: string): Promise<boolean> {
  try {
    const { id } = await browser.windows.getLastFocused();
    if (id === undefined) return false;
    const handed: Handed = { text, window: id };
    return (await browser.runtime.sendMessage({ handed })) === true;
  } catch {
    return false; // Nobody listens.
  }
}

function handedIn(message: unknown): Handed | null {
  if (typeof message !== 'object' || message === null || !('handed' in message)) return null;
  const { handed } = message;
  if (typeof handed !== 'object' || handed === null || !('text' in handed) || !('window' in handed)) return null;
  const { text, window } = handed;
  return typeof text === 'string' && typeof window === 'number' ? { text, window } : null;
}
