/** When to tell what must be kept for the next life of the document: once a moment, only where it changed, and fresh while there are calls. */

import type { Clock } from './ports';
import type { Resume } from './settings';
import { Timers } from './timers';

interface Kept {
  readonly clock: Clock;
  /** What a later life needs to come back to its calls. */
  now(): readonly Resume[];
  anyCall(): boolean;
  tell(resume: readonly Resume[]): void;
}

const MOMENT_MS = 50;
const FRESH_MS = 60_000;

export class Keeping {
  readonly #kept: Kept;
  readonly #timers: Timers;
  /** What was last told, as text, whenever it was. */
  #told = '[]';

  constructor(kept: Kept) {
    this.#kept = kept;
    this.#timers = new Timers(kept.clock);
  }

  /** An earlier life told this already. */
  begin(resume: readonly Resume[]): void {
    this.#told = spelled(resume);
  }

  /** Something may have changed. */
  look(): void {
    if (this.#timers.has('look')) return;
    this.#timers.after('look', MOMENT_MS, () => {
      this.#stayFresh();
      const resume = this.#kept.now();
      const told = spelled(resume);
      if (told === this.#told) return;
      this.#told = told;
      this.#kept.tell(resume);
    });
  }

  close(): void {
    this.#timers.close();
  }

  /** While there is a call, its keeping is dated anew each minute: how old it is tells the next life whether to try. */
  #stayFresh(): void {
    if (!this.#kept.anyCall()) return this.#timers.cancel('fresh');
    if (this.#timers.has('fresh')) return;
    this.#timers.after('fresh', FRESH_MS, () => {
      this.#told = '';
      this.look();
    });
  }
}

function spelled(resume: readonly Resume[]): string {
  return JSON.stringify(resume.map((kept) => ({ ...kept, at: 0 })));
}
