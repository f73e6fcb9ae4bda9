/** Which page lies in front of the person, for what stands beside it: told anew with each other tab, page, and grant. */

import { browser } from 'wxt/browser';
import { watchGrants } from './page-doors';

/** `settled` is false as soon as a page leaves, and true once the next one is there. Of this window alone. Returns the stop. */
export function watchOpenPage(listener: (settled: boolean) => void): () => void {
  const owner = browser.windows.getCurrent().then(
    ({ id }) => id,
    () => undefined,
  );
  const activated = ({ windowId }: { windowId: number }): void => {
    void owner.then((own) => own === windowId && listener(true));
  };
  // Without a grant the browser says that a tab changed, and keeps its address to itself.
  const updated = (_id: number, change: Change, tab: Tab): void => {
    if (!tab.active || (change.status === undefined && change.url === undefined)) return;
    void owner.then((own) => own === tab.windowId && listener(tab.status === 'complete'));
  };
  const granted = (): void => listener(true);
  const { onActivated, onUpdated } = browser.tabs;
  onActivated.addListener(activated);
  onUpdated.addListener(updated);
  const stop = watchGrants(granted);
  return () => {
    onActivated.removeListener(activated);
    onUpdated.removeListener(updated);
    stop();
  };
}

interface Change {
  readonly status?: string | undefined;
  readonly url?: string | undefined;
}

interface Tab {
  readonly active: boolean;
  readonly windowId?: number | undefined;
  readonly status?: string | undefined;
}
