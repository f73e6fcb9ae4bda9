/** Named waits that end together: starting one again replaces it, and `close` leaves none behind. */

import type { Clock } from './ports';

export class Timers {
  readonly #clock: Clock;
  readonly #cancels = new Map<string, () => void>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Does nothing once closed: a sequence that outlives its owner by a step starts no wait any more. */
  after(name: string, ms: number, run: () => void): void {
    this.cancel(name);
    if (this.#closed) return;
    this.#cancels.set(
      name,
      this.#clock.after(ms, () => {
        this.#cancels.delete(name);
        run();
      }),
    );
  }

  cancel(name: string): void {
    this.#cancels.get(name)?.();
    this.#cancels.delete(name);
  }

  has(name: string): boolean {
    return this.#cancels.has(name);
  }

  close(): void {
    this.#closed = true;
    for (const name of [...this.#cancels.keys()]) this.cancel(name);
  }
}
