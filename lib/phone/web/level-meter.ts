/** Voice levels for as long as somebody asks: no audio graph, no timer, works in a document that nobody sees. */

import type { Levels } from '../model/snapshot';

export const SILENCE: Levels = { you: 0, them: 0 };

/** A view asks 15 times a second; the browser measures about every 50 ms. */
const FRESH_MS = 50;
const STALE_MS = 1_000;

export class LevelMeter {
  readonly #measure: () => Promise<Levels>;
  #levels = SILENCE;
  #measuredAt = -Infinity;
  #askedAt = -Infinity;

  constructor(measure: () => Promise<Levels>) {
    this.#measure = measure;
  }

  /** The last measurement; each asking starts the next one where that is due. */
  read(): Levels {
    const now = performance.now();
    if (now - this.#askedAt >= FRESH_MS) {
      this.#askedAt = now;
      void this.#refresh();
    }
    return now - this.#measuredAt > STALE_MS ? SILENCE : this.#levels;
  }

  async #refresh(): Promise<void> {
    this.#levels = await this.#measure().catch(() => SILENCE);
    this.#measuredAt = performance.now();
  }
}
