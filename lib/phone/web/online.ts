/** What the browser believes about the network: a hint to try again at once, never a proof. */

import type { Online } from '../ports';

export const online: Online = {
  isOnline: () => navigator.onLine,
  onChange(listener) {
    const up = (): void => listener(true);
    const down = (): void => listener(false);
    addEventListener('online', up);
    addEventListener('offline', down);
    return () => {
      removeEventListener('online', up);
      removeEventListener('offline', down);
    };
  },
};
