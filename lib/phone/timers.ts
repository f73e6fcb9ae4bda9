/** Named waits that end together: starting one again replaces it, and `clear` leaves none behind. */

import type { Clock } from './ports';

export class Timers {
  readonly #clock: Clock;
  readonly #cancels = new Map<string, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  after(name: string, ms: number, run: () => void): void {
    this.cancel(name);
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

  clear(): void {
    for (const name of [...this.#cancels.keys()]) this.cancel(name);
  }
}
