/** The one clock of all that is played: beats every 20 ms and makes up for beats that came late. */

import { FRAME_MS } from './packet';

/** After a longer stall the lost time is skipped: a burst of old sound helps nobody. */
const MAX_CATCH_UP = 25;

export class Pacer {
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #startedAt = 0;
  #beats = 0;

  /** Calls `listener` fifty times a second until the returned function is called. */
  every20ms(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (!this.#timer) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#listeners.clear();
  }

  #start(): void {
    this.#startedAt = performance.now();
    this.#beats = 0;
    this.#next();
  }

  #next(): void {
    const due = this.#startedAt + (this.#beats + 1) * FRAME_MS - performance.now();
    this.#timer = setTimeout(() => this.#beat(), Math.max(0, due));
  }

  #beat(): void {
    const due = Math.floor((performance.now() - this.#startedAt) / FRAME_MS) - this.#beats;
    const beats = Math.min(Math.max(due, 0), MAX_CATCH_UP);
    this.#beats += Math.max(due, 0);
    for (let i = 0; i < beats; i++) for (const listener of [...this.#listeners]) listener();
    if (this.#listeners.size > 0) this.#next();
  }
}
