/** Snapshots from the engine to every view: broadcast on change, pulled by a late joiner; the newest revision wins. */

import { browser } from 'wxt/browser';
import type { PhoneSnapshot } from '../phone/model/snapshot';
import { remote } from './rpc';
import { isOurPage, type Sender } from './trust';

/** The one page whose snapshots count. */
const ENGINE_PAGE = '/offscreen.html';

/** Tells everybody. That nobody listens is no error. */
export function publish(snapshot: PhoneSnapshot): void {
  browser.runtime.sendMessage({ feed: snapshot }).catch(() => undefined);
}

/** True where `next` is news to one who has seen `seen`: a younger engine, or a higher revision of the same. */
export function isNewer(next: PhoneSnapshot, seen: PhoneSnapshot | null): boolean {
  if (seen === null || next.engine > seen.engine) return true;
  return next.engine === seen.engine && next.revision > seen.revision;
}

/** Only what the engine broadcasts, in order; it must be called on the first tick of a worker that wants to be woken. */
export function listen(listener: (snapshot: PhoneSnapshot) => void): () => void {
  let seen: PhoneSnapshot | null = null;
  const receive = (message: unknown, sender: Sender): undefined => {
    const snapshot = isOurPage(sender, ENGINE_PAGE) ? feedIn(message) : null;
    if (snapshot === null || !isNewer(snapshot, seen)) return;
    seen = snapshot;
    listener(snapshot);
  };
  browser.runtime.onMessage.addListener(receive);
  return () => browser.runtime.onMessage.removeListener(receive);
}

/**
 * Broadcasts, and at once the engine's present snapshot. `missing` is told where no engine answered; broadcasts still
 * come when one is born.
 */
export function follow(listener: (snapshot: PhoneSnapshot) => void, missing?: (thrown: unknown) => void): () => void {
  let seen: PhoneSnapshot | null = null;
  let stopped = false;
  const take = (snapshot: PhoneSnapshot): void => {
    if (stopped || !isNewer(snapshot, seen)) return;
    seen = snapshot;
    listener(snapshot);
  };
  const stop = listen(take);
  remote('engine')
    .snapshot()
    .then(take, (thrown: unknown) => {
      if (!stopped) missing?.(thrown);
    });
  return () => {
    stopped = true;
    stop();
  };
}

function feedIn(message: unknown): PhoneSnapshot | null {
  if (typeof message !== 'object' || message === null || !('feed' in message)) return null;
  const { feed } = message;
  if (typeof feed !== 'object' || feed === null || !('revision' in feed) || !('engine' in feed)) return null;
  return typeof feed.revision === 'number' && typeof feed.engine === 'number' ? (feed as PhoneSnapshot) : null;
}
