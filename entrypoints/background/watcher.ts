/** What the background does with a snapshot: notifications and toolbar, each time from what is written down. */

import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import type { Log } from '../../lib/phone/ports';
import { lastSnapshot, missedCalls, shownNotices } from '../../lib/extension/memory';
import { readSettings } from '../../lib/extension/settings';
import { buttonFor } from './badge';
import { isPhoneInFront } from './in-front';
import { withNames } from './known';
import { difference } from './notices';
import { show } from './notifications';
import { paint } from './toolbar';

export class Watcher {
  readonly #log: Log;
  readonly #schedule: (work: () => Promise<void>) => Promise<void>;
  #again: ReturnType<typeof setTimeout> | null = null;

  constructor(ports: { readonly log: Log; readonly schedule: (work: () => Promise<void>) => Promise<void> }) {
    this.#log = ports.log;
    this.#schedule = ports.schedule;
  }

  /** A snapshot was broadcast. */
  take(next: PhoneSnapshot): Promise<void> {
    return this.#schedule(async () => {
      await lastSnapshot.setValue(next);
      await this.#present(next);
    });
  }

  /** Time passed, a setting changed or the worker woke: the same snapshot may ask for something else now. */
  look(): Promise<void> {
    return this.#schedule(async () => this.#present(await lastSnapshot.getValue()));
  }

  async #present(unnamed: PhoneSnapshot | null): Promise<void> {
    const [snapshot, settings, missed, inFront, shown] = await Promise.all([
      unnamed && withNames(unnamed),
      readSettings(),
      missedCalls.getValue(),
      isPhoneInFront(),
      shownNotices.getValue(),
    ]);
    const now = Date.now();
    const { doNotDisturbUntil, notifications } = settings.calls;
    const { badge, hideNames } = settings.appearance;
    // The button follows what rings or rang, so that who reads it finds the rest as it says.
    try {
      if (snapshot === null) return;
      const quiet = doNotDisturbUntil === -1 || doNotDisturbUntil > now;
      const change = difference(shown, snapshot, { now, inFront, enabled: notifications, quiet, hideNames });
      // Written first: a press may come back before the last notification is up.
      await shownNotices.setValue(change.shown);
      await show(change.actions, this.#log);
      this.#lookAgain(change.lookAgainAt, now);
    } finally {
      await paint(buttonFor(snapshot, { now, missed, doNotDisturbUntil, badge }));
    }
  }

  #lookAgain(at: number | null, now: number): void {
    if (this.#again !== null) clearTimeout(this.#again);
    this.#again = at === null ? null : setTimeout(() => void this.look(), at - now);
  }
}
