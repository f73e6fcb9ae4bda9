/** Opens the person's own page for a call (screen-pop), once for each call, whoever answers it. */

import { poppedCalls } from '../../lib/extension/memory';
import { openNewTab } from '../../lib/extension/new-tab';
import { popAddress, popFacts, popsDue } from '../../lib/extension/screen-pop';
import { readSettings } from '../../lib/extension/settings';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { withNames } from './known';

/** To be run one after another: what was opened is written down before the next look. Rejects where no tab may be opened. */
export async function openPages(snapshot: PhoneSnapshot, now: number): Promise<void> {
  const { calls } = snapshot;
  if (calls.length === 0) return;
  const [settings, opened] = await Promise.all([readSettings(), poppedCalls.getValue()]);
  const due = popsDue(calls, settings.calls, opened, now);
  if (due.length === 0) return;
  // A call that left the snapshot never comes back by the same id.
  const known = opened.filter((id) => calls.some((call) => call.id === id));
  await poppedCalls.setValue([...known, ...due.map(({ id }) => id)]);
  const named = await withNames({ ...snapshot, calls: due });
  for (const call of named.calls) {
    const address = popAddress(settings.calls.popAddress, popFacts(call));
    if (address !== null) await openNewTab(address);
  }
}
