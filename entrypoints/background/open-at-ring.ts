/** Opens the popup when it rings, for who wants that: once a call, in the browser's window in front. Chrome, which asks for no gesture. */

import { raisePopup } from '../../lib/extension/raised';
import { raisedCalls } from '../../lib/extension/memory';
import { readSettings } from '../../lib/extension/settings';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import type { Log } from '../../lib/phone/ports';
import { isRinging } from './badge';
import { isPhoneInFront } from './in-front';

/** To be run one after another: which call it was is written down before the next look. */
export async function openAtRing(snapshot: PhoneSnapshot, now: number, log: Log): Promise<void> {
  const ringing = snapshot.calls.filter(isRinging);
  if (ringing.length === 0) return;
  const [{ calls }, before] = await Promise.all([readSettings(), raisedCalls.getValue()]);
  const due = ringing.find(({ id }) => !before.includes(id));
  if (due === undefined) return;
  // Also where nothing opens: who closes the phone is not shown the same call again.
  await raisedCalls.setValue(ringing.map(({ id }) => id));
  const quiet = calls.doNotDisturbUntil === -1 || calls.doNotDisturbUntil > now;
  if (!calls.popupAtRing || quiet || (await isPhoneInFront())) return;
  try {
    await raisePopup(due.id);
  } catch (thrown) {
    log.info('the browser did not open the popup', { thrown: String(thrown) });
  }
}
