/** What the background writes down, since it may be killed at any moment; gone with the browser, where it says session. */

import { storage } from 'wxt/utils/storage';
import type { CallId } from '../phone/model/ids';
import type { ParkedView, PhoneSnapshot } from '../phone/model/snapshot';
import type { Resume } from '../phone/settings';
import type { DialRequest } from './contract';

/**
 * What a newborn engine needs to find its calls again. On disk, since an update of the extension and the end of the browser
 * empty the session's storage: the server keeps calls for longer than either takes, and a call that is lost all the same
 * belongs in the history. No password is in it.
 */
export const resumes = storage.defineItem<readonly Resume[]>('local:resume', { fallback: [], version: 1 });

/** Who waits in a parking place of a server: there is no other list of them, and they wait for longer than a browser may run. */
export const parkedCalls = storage.defineItem<readonly ParkedView[]>('local:parked', { fallback: [], version: 1 });

/** The last snapshot: first paint of a view, and what the next one is compared with. */
export const lastSnapshot = storage.defineItem<PhoneSnapshot | null>('session:snapshot', { fallback: null });

/** What the person wanted when the microphone was not yet granted; done on the grant. */
export type Waiting =
  | { readonly want: 'dial'; readonly request: DialRequest; readonly at: number }
  | { readonly want: 'answer'; readonly call: CallId; readonly at: number };
export const waiting = storage.defineItem<Waiting | null>('session:waiting', { fallback: null });

/** An update of the extension is there and waits for the end of the call. */
export const updateWaits = storage.defineItem<boolean>('session:updateWaits', { fallback: false });

/** Which tab placed which call, so that a page can take back its own call and no other. */
export const placedBy = storage.defineItem<{ readonly [call: string]: number }>('session:placed', { fallback: {} });

/** What a tel: link put into the dial field; the view that shows the field takes it and sets null. */
export const dialField = storage.defineItem<string | null>('session:dialField', { fallback: null });

/** Somebody whose page is to be seen, and who may be written to there; the view that shows it takes it and sets null. */
export interface PersonShown {
  /** Not empty. */
  readonly number: string;
  readonly name: string | null;
}
export const personShown = storage.defineItem<PersonShown | null>('session:person', { fallback: null });

/** Who wrote the message that the notification tells of. */
export const messageFrom = storage.defineItem<PersonShown | null>('session:messageFrom', { fallback: null });

/** The calls whose page was opened already; see screen-pop. */
export const poppedCalls = storage.defineItem<readonly string[]>('session:popped', { fallback: [] });

/** The calls for which the popup was opened, or was to be; see open-at-ring. */
export const raisedCalls = storage.defineItem<readonly CallId[]>('session:raised', { fallback: [] });

/** The call for which the popup was opened and not by the person; the popup takes it and sets null. */
export const popupRaised = storage.defineItem<CallId | null>('session:popupRaised', { fallback: null });

/** Which notification shows what, by its id; see notifications. */
export const shownNotices = storage.defineItem<{ readonly [id: string]: string }>('session:notices', { fallback: {} });

/** Missed calls that nobody has looked at yet. A view sets it to 0 when it shows them. */
export const missedCalls = storage.defineItem<number>('local:missed', { fallback: 0, version: 1 });

/** The finished call that was kept last: whoever lists calls reads them anew. */
export const lastKept = storage.defineItem<CallId | null>('session:kept', { fallback: null });

/** Messages that nobody has read yet; changes with every message that comes, and with every one that is read. */
export const unreadMessages = storage.defineItem<number>('local:unread', { fallback: 0, version: 1 });

/** Runs work one after another, so that a read and the write after it are never interleaved with another's. */
export function createChain(failed: (thrown: unknown) => void): (work: () => Promise<void>) => Promise<void> {
  let tail: Promise<void> = Promise.resolve();
  return (work) => {
    tail = tail.then(work).catch(failed);
    return tail;
  };
}
