/** What the settings can do about headsets. Chrome: the browser asks the person, remembers, and forgets. */

import { keyOf } from '../headset/headsets';
import type { Hid } from '../headset/hid';
import { TELEPHONY_PAGE } from '../headset/layout';
import { hidHere } from './headset-hid';
import { followHeadsets } from './headset-stream';

/** Null: this browser has no headsets for us. */
export const headsetsLink = linkTo(hidHere());

function linkTo(hid: Hid | null) {
  if (hid === null) return null;
  return {
    /** Must be called in a click. `blocked`: the browser asked nobody, an administrator may have told it to. */
    async allow(): Promise<'allowed' | 'none' | 'blocked'> {
      try {
        const chosen = await hid.requestDevice({ filters: [{ usagePage: TELEPHONY_PAGE }] });
        return chosen.length > 0 ? 'allowed' : 'none';
      } catch {
        return 'blocked';
      }
    },
    /** All that the browser keeps of that kind of headset. Never rejects. */
    async forget(key: string): Promise<void> {
      const devices = await hid.getDevices().catch(() => []);
      await Promise.all(
        devices.filter((device) => keyOf(device) === key).map((device) => device.forget().catch(() => undefined)),
      );
    },
    follow: followHeadsets,
  };
}
