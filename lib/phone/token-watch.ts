/** Says that a token is about to end, two minutes before it does. */

import type { Clock } from './ports';
import { readToken } from './token';

const WARNING_MS = 120_000;
/** Longer waits than a timer can hold are looked at again halfway. */
const LONGEST_MS = 2 ** 30;

export class TokenWatch {
  readonly #clock: Clock;
  /** `expiresAt` in epoch milliseconds. */
  readonly #ends: (expiresAt: number) => void;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, ends: (expiresAt: number) => void) {
    this.#clock = clock;
    this.#ends = ends;
  }

  /** This one from now on; null watches nothing, as does a token that does not say when it ends. */
  watch(token: string | null): void {
    this.close();
    const expiresAt = token === null ? null : (readToken(token)?.expiresAt ?? null);
    if (expiresAt === null || expiresAt <= this.#clock.now()) return;
    this.#wait(expiresAt);
  }

  close(): void {
    this.#cancel();
    this.#cancel = () => undefined;
  }

  #wait(expiresAt: number): void {
    const left = expiresAt - this.#clock.now() - WARNING_MS;
    this.#cancel = this.#clock.after(Math.min(Math.max(left, 0), LONGEST_MS), () => {
      if (expiresAt - this.#clock.now() > WARNING_MS) this.#wait(expiresAt);
      else this.#ends(expiresAt);
    });
  }
}
