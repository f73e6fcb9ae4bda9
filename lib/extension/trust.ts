/** Who sent a message, decided from what the browser says of the sender and never from the message. */

import { browser } from 'wxt/browser';

/** The part of the browser's MessageSender that trust is read from. */
export interface Sender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly frameId?: number | undefined;
  /** The browser tells a tab's address only where that site was granted. */
  readonly tab?:
    | { readonly id?: number | undefined; readonly active?: boolean | undefined; readonly url?: string | undefined }
    | undefined;
}

/** `own`: our pages and workers. `page`: our content script in a web page. Nobody else is anybody. */
export type Audience = 'own' | 'page' | 'stranger';

/** Reads `sender.url`, since Firefox leaves `sender.origin` unset. */
export function audienceOf(sender: Sender): Audience {
  if (sender.id !== browser.runtime.id) return 'stranger';
  if (sender.url !== undefined && sender.url.startsWith(home())) return 'own';
  return sender.tab === undefined ? 'stranger' : 'page';
}

/** Whether the sender is this one page of ours, for instance `/offscreen.html`. */
export function isOurPage(sender: Sender, path: string): boolean {
  if (audienceOf(sender) !== 'own' || sender.url === undefined) return false;
  return new URL(sender.url).pathname === path;
}

function home(): string {
  return new URL('/', browser.runtime.getURL('/')).href;
}
