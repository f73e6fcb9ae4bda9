/** How long a call that ended is still shown: for a minute, or, where the person wants it so, the last one until they are done. */

import type { EndCause } from './model/call-state';
import type { CallId } from './model/ids';
import type { Timers } from './timers';

const SHOWN_MS = 60_000;

/** Ends in which nobody here took part, and those of which there is nothing to note. */
const WITHOUT_NOTE: ReadonlySet<EndCause['kind']> = new Set<EndCause['kind']>([
  'answered-elsewhere',
  'blocked',
  'cancelled',
  'declined-here',
  'failed',
  'missed',
  'not-allowed',
]);

export class EndedCalls {
  readonly #timers: Timers;
  readonly #forget: (id: CallId) => void;
  /** The last one that a note may be written of. */
  #last: CallId | null = null;
  #stays = false;

  /** `forget` is told whose time is over, and tells {@link gone} itself. */
  constructor(timers: Timers, forget: (id: CallId) => void) {
    this.#timers = timers;
    this.#forget = forget;
  }

  /** Whether the last one is shown until it is dismissed. One that was there for longer than a minute goes when this is taken back. */
  set stays(stays: boolean) {
    this.#stays = stays;
    if (!stays) this.#giveUp(this.#last);
  }

  ended(id: CallId, { kind }: EndCause): void {
    this.#timers.after(waitOf(id), SHOWN_MS, () => {
      if (!this.#stays || id !== this.#last) this.#forget(id);
    });
    if (WITHOUT_NOTE.has(kind)) return;
    const before = this.#last;
    this.#last = id;
    this.#giveUp(before);
  }

  /** It is shown no more, whoever said so. */
  gone(id: CallId): void {
    this.#timers.cancel(waitOf(id));
    if (id === this.#last) this.#last = null;
  }

  /** Nobody waits for it any more; it still has its minute. */
  #giveUp(id: CallId | null): void {
    if (id !== null && !this.#timers.has(waitOf(id))) this.#forget(id);
  }
}

const waitOf = (id: CallId): string => `ended ${id}`;
