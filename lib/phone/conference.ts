/** Three-way talk, mixed here on this computer: which calls hear one another. */

import type { Call } from './call';
import { PhoneError } from './model/errors';
import type { Peer } from './ports';

export class Conferences {
  readonly #calls: () => readonly Call[];
  /** Recovery may give a call another peer, which is to be mixed like the one before. */
  readonly #watched = new WeakSet<Call>();

  constructor(calls: () => readonly Call[]) {
    this.#calls = calls;
  }

  together(one: Call, other: Call): boolean {
    const { conference } = one.view();
    return conference !== null && other.view().conference === conference;
  }

  /** Everybody hears everybody; held calls are resumed first. Throws `unsupported` for fewer than two, or `hold-failed`. */
  async merge(calls: readonly Call[]): Promise<void> {
    if (calls.length < 2) throw new PhoneError('unsupported', { command: 'merge', calls: calls.length });
    const conference = calls.map((call) => call.id).join('+');
    for (const call of calls) {
      call.setConference(conference);
      this.#watch(call);
    }
    try {
      for (const call of calls) if (call.held) await call.hold(false);
    } catch (thrown) {
      for (const call of calls) call.setConference(null);
      throw thrown;
    }
    this.#mix();
  }

  /** Conferences that an earlier life of the document had are mixed again, each once all who are left of it talk. */
  rejoin(): void {
    const all = this.#calls().flatMap((call) => call.view().conference ?? []);
    for (const conference of new Set(all)) {
      const calls = this.#members(conference);
      const look = (): void => {
        const members = this.#members(conference);
        if (members.some(({ state }) => state.phase !== 'active')) return;
        for (const call of calls) call.events.off('change', look);
        if (members.length > 1) this.#mix();
      };
      for (const call of calls) {
        if (calls.length < 2) call.setConference(null);
        else call.events.on('change', look);
        this.#watch(call);
      }
    }
  }

  /** One goes; a conference of one is none. */
  leave(call: Call): void {
    if (call.view().conference === null) return;
    const left = this.#calls().filter((other) => other !== call && other.alive && this.together(call, other));
    for (const gone of left.length < 2 ? [call, ...left] : [call]) {
      gone.media.peer?.mixWith([]);
      gone.setConference(null);
    }
    this.#mix();
  }

  #members(conference: string): readonly Call[] {
    return this.#calls().filter((call) => call.alive && call.view().conference === conference);
  }

  #watch(call: Call): void {
    if (!this.#watched.has(call)) call.media.events.on('replaced', () => this.#mix());
    this.#watched.add(call);
  }

  #mix(): void {
    const conferences = new Map<string, Peer[]>();
    for (const call of this.#calls()) {
      const { conference } = call.view();
      const { peer } = call.media;
      if (conference !== null && peer) conferences.set(conference, [...(conferences.get(conference) ?? []), peer]);
    }
    for (const peers of conferences.values()) {
      for (const peer of peers) peer.mixWith(peers.filter((other) => other !== peer));
    }
  }
}
