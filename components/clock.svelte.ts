/** The time of day for views: whoever reads `clock.now` is drawn again each second, and only then does a timer run. */

import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1000);
  return () => clearInterval(timer);
});

export const clock = {
  /** Epoch milliseconds. */
  get now(): number {
    subscribe();
    return Date.now();
  },
};
