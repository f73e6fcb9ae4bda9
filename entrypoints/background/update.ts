/** An update of the extension ends its documents, and with them the calls: it waits until there is none, and nobody looks. */

import { browser } from 'wxt/browser';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';

export interface UpdatePorts {
  /** Was the browser told to hold an update back? */
  readonly waits: { getValue(): Promise<boolean>; setValue(waits: boolean): Promise<void> };
  snapshot(): Promise<PhoneSnapshot | null>;
  isPhoneInFront(): Promise<boolean>;
  /** Starts the extension anew, which installs what waits. */
  reload(): void;
}

/**
 * Must be called on the first tick. Browsers hold an update back while the engine's document lives, which is always: so it is
 * for us to say when.
 */
export function listenToUpdates(
  waits: UpdatePorts['waits'],
  look: () => Promise<void>,
  run: (work: () => Promise<void>) => void,
): void {
  browser.runtime.onUpdateAvailable.addListener(() =>
    run(async () => {
      await waits.setValue(true);
      await look();
    }),
  );
}

/** Lets a waiting update in, where it disturbs nobody. */
export async function updateWhenIdle({ waits, snapshot, isPhoneInFront, reload }: UpdatePorts): Promise<void> {
  if (!(await waits.getValue())) return;
  const calls = (await snapshot())?.calls ?? [];
  if (calls.some(({ state }) => state.phase !== 'ended') || (await isPhoneInFront())) return;
  await waits.setValue(false);
  reload();
}
