/** Whether the computer slept: a beat that comes far too late tells it, where no event of the browser's does. */

import type { Clock } from './ports';

/** What is still to pass of a timer when a computer falls asleep passes after it woke: so long a waking may go unseen. */
const BEAT_MS = 3000;
/** Busier than this no computer is. */
const LATE_MS = 10_000;
/**
 * Chrome lets the timers of a hidden document run once a minute (developer.chrome.com/blog/timer-throttling-in-chrome-88), though
 * neither those of an offscreen document nor of one with a live connection: late again by no more than that is no sleep.
 */
const THROTTLED_MS = 65_000;

/** Was that a sleep? `lateBefore` tells whether the beat before came late as well. Pure. */
export function slept(lateMs: number, lateBefore: boolean): boolean {
  return lateMs >= (lateBefore ? THROTTLED_MS : LATE_MS);
}

export class SleepWatch {
  readonly #clock: Clock;
  readonly #onWoken: (lateMs: number) => void;
  #lateBefore = false;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, onWoken: (lateMs: number) => void) {
    this.#clock = clock;
    this.#onWoken = onWoken;
  }

  start(): void {
    if (this.#cancel === null) this.#beat();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #beat(): void {
    const due = this.#clock.now() + BEAT_MS;
    this.#cancel = this.#clock.after(BEAT_MS, () => {
      const lateMs = this.#clock.now() - due;
      const woken = slept(lateMs, this.#lateBefore);
      this.#lateBefore = lateMs >= LATE_MS;
      this.#beat();
      if (woken) this.#onWoken(lateMs);
    });
  }
}
