/** A number for the dial field, or a person's page: it appears in the phone that stands open before one, else in the popup, which opens. */

import { browser } from 'wxt/browser';
import { dialField, personShown, type PersonShown } from './memory';
import { audienceOf, type Sender } from './trust';
import { openPopup } from './toolbar-popup';

/** Either one is shown at once. */
export type HandedOver = { readonly text: string } | { readonly person: PersonShown };

/** The text is what a link or the address bar held; the dial field reads it. */
export async function handOver(text: string): Promise<void> {
  if (await isReceived({ text })) return;
  await dialField.setValue(text);
  await openPopup();
}

/** Shows the conversation with somebody. */
export async function showPerson(person: PersonShown): Promise<void> {
  if (await isReceived({ person })) return;
  await personShown.setValue(person);
  await openPopup();
}

/** What waits for the next phone that opens; it is shown once. Null: nothing. */
export async function takeHandedOver(): Promise<HandedOver | null> {
  const [text, person] = await Promise.all([dialField.getValue(), personShown.getValue()]);
  if (text !== null) await dialField.setValue(null);
  if (person !== null) await personShown.setValue(null);
  if (person !== null) return { person };
  return text === null ? null : { text };
}

/** Called with whatever is handed to the window in which this page stands, while it is seen. Returns the stop. */
export function receive(received: (handed: HandedOver) => void): () => void {
  let own: number | null = null;
  browser.windows.getCurrent().then(
    ({ id }) => (own = id ?? null),
    () => undefined,
  );
  const listener = (message: unknown, sender: Sender): Promise<true> | undefined => {
    const handed = audienceOf(sender) === 'own' ? handedIn(message) : null;
    if (handed === null || handed.window !== own || document.visibilityState !== 'visible') return undefined;
    received(handed.what);
    return Promise.resolve(true);
  };
  // The polyfill turns a returned promise into the reply in every browser; Chrome's own types do not know it.
  const listen = listener as Parameters<typeof browser.runtime.onMessage.addListener>[0];
  browser.runtime.onMessage.addListener(listen);
  return () => browser.runtime.onMessage.removeListener(listen);
}

interface Handed {
  readonly what: HandedOver;
  readonly window: number;
}

/** False where no phone stands open in the window that the person used last. */
async function isReceived(what: HandedOver): Promise<boolean> {
  try {
    const { id } = await browser.windows.getLastFocused();
    if (id === undefined) return false;
    const handed: Handed = { what, window: id };
    return (await browser.runtime.sendMessage({ handed })) === true;
  } catch {
    return false; // Nobody listens.
  }
}

function handedIn(message: unknown): Handed | null {
  if (typeof message !== 'object' || message === null || !('handed' in message)) return null;
  const { handed } = message;
  if (typeof handed !== 'object' || handed === null || !('what' in handed) || !('window' in handed)) return null;
  const { window } = handed;
  const what = read(handed.what);
  return what !== null && typeof window === 'number' ? { what, window } : null;
}

function read(what: unknown): HandedOver | null {
  if (typeof what !== 'object' || what === null) return null;
  if ('text' in what) return typeof what.text === 'string' ? { text: what.text } : null;
  if (!('person' in what) || typeof what.person !== 'object' || what.person === null) return null;
  const { person } = what;
  if (!('number' in person) || typeof person.number !== 'string' || !('name' in person)) return null;
  const { number, name } = person;
  return typeof name === 'string' || name === null ? { person: { number, name } } : null;
}
