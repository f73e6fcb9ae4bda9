/** The browser's own door to headsets: absent where it has none, or keeps it shut. */

import type { Hid } from '../headset/hid';

declare global {
  interface Navigator {
    readonly hid?: Hid;
  }
}

export function hidHere(): Hid | null {
  return navigator.hid ?? null;
}
