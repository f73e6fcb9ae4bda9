/** Real time for the phone, run faster where a test would only wait: sockets and packets stay real and take what they take. */

import type { Clock } from '../../lib/phone/ports';

interface Wait {
  readonly dueAt: number;
  readonly run: () => void;
  timer: ReturnType<typeof setTimeout>;
}

export class HurriedClock implements Clock {
  #speed = 1;
  /** The phone's time at the last change of speed, and the real one. */
  #since = { told: Date.now(), real: Date.now() };
  readonly #waits = new Set<Wait>();

  now(): number {
    return this.#since.told + (Date.now() - this.#since.real) * this.#speed;
  }

  after(ms: number, run: () => void): () => void {
    if (ms === Infinity) return () => undefined;
    const wait: Wait = { dueAt: this.now() + ms, run, timer: setTimeout(() => undefined) };
    this.#waits.add(wait);
    this.#start(wait);
    return () => {
      clearTimeout(wait.timer);
      this.#waits.delete(wait);
    };
  }

  /** So many of the phone's seconds pass in one of ours, also for what waits already; 1 is real time again. */
  hurry(speed: number): void {
    this.#since = { told: this.now(), real: Date.now() };
    this.#speed = speed;
    for (const wait of this.#waits) this.#start(wait);
  }

  #start(wait: Wait): void {
    clearTimeout(wait.timer);
    wait.timer = setTimeout(
      () => {
        this.#waits.delete(wait);
        wait.run();
      },
      Math.max(0, Math.ceil((wait.dueAt - this.now()) / this.#speed)),
    );
  }
}
