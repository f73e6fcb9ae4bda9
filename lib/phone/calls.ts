/** The calls of all lines: which one is meant, how many there may be, and that one talks at a time unless it is a conference. */

import type { Call } from './call';
import { Conferences } from './conference';
import { PhoneError } from './model/errors';
import type { CallId } from './model/ids';
import type { Levels } from './model/snapshot';
import type { Log } from './ports';

/** Two at a time; one that rings in is not counted. */
const MOST = 2;

export class Calls {
  readonly #all: () => readonly Call[];
  readonly #log: Log;
  readonly #conferences: Conferences;

  constructor(all: () => readonly Call[], log: Log) {
    this.#all = all;
    this.#log = log;
    this.#conferences = new Conferences(all);
  }

  /** Those that ended not long ago among them. */
  all(): readonly Call[] {
    return this.#all();
  }

  /** Throws `no-such-call`. */
  find(id: CallId): Call {
    const call = this.#all().find((entry) => entry.id === id);
    if (!call) throw new PhoneError('no-such-call', { call: id });
    return call;
  }

  get anyAlive(): boolean {
    return this.#all().some((call) => call.alive);
  }

  /** Is there one, besides this, that was answered? */
  busyBeside(call: Call): boolean {
    return this.#all().some((other) => other !== call && other.alive && !other.unanswered);
  }

  /** Throws `too-many-calls` where there is no room for another. */
  requireRoom(): void {
    const others = this.#all().filter((call) => call.alive && !(call.direction === 'in' && call.unanswered));
    if (others.length >= MOST) throw new PhoneError('too-many-calls', { most: MOST });
  }

  /** Those that talk are held, except who is in a conference with this one. */
  holdOthers(call: Call): void {
    for (const other of this.#all()) {
      const talks = other !== call && other.state.phase === 'active' && !other.state.held;
      if (!talks || this.#conferences.together(call, other)) continue;
      other.hold(true).catch((thrown: unknown) => this.#log.warn('another call was not held', { thrown }));
    }
  }

  /** Everybody hears everybody. Throws like {@link Conferences.merge}. */
  merge(calls: readonly Call[]): Promise<void> {
    return this.#conferences.merge(calls);
  }

  /** Calls of an earlier life are there: those that were in a conference are again, as soon as they talk. */
  rejoin(): void {
    this.#conferences.rejoin();
  }

  /** Out of its conference, if it is in one. */
  split(call: Call): void {
    this.#conferences.leave(call);
  }

  /** Voice levels of the call that talks, 0 to 1. */
  levels(): Levels {
    const talking = this.#all().find((call) => call.alive && !call.held && call.media.peer !== null);
    return talking?.media.peer?.levels() ?? { you: 0, them: 0 };
  }
}
