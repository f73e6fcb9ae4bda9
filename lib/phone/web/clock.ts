/**
 * Time from the browser's own timers, which may be set further ahead than 24.8 days. Chrome counts an offscreen document as
 * visible and keeps them exact there (measured: 100.4 ms for 100, without any flag).
 */

import type { Clock } from '../ports';

/** `setTimeout` keeps its delay in 32 bits; anything longer would run at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const clock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    if (ms === Infinity) return () => undefined;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (left: number): void => {
      timer =
        left > LONGEST_TIMER_MS
          ? setTimeout(() => wait(left - LONGEST_TIMER_MS), LONGEST_TIMER_MS)
          : setTimeout(run, Math.max(0, left));
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};
