/** ICE candidates that come too soon: theirs wait for a peer to take them, ours for the description that they belong to. */

import type { WireCandidate } from './dialects/dialect';
import type { Log, Peer } from './ports';

export class CandidatesWaiting {
  readonly #log: Log;
  readonly #send: (candidate: WireCandidate | null) => void;
  #theirs: (WireCandidate | null)[] = [];
  /** Null while they go out as they come. */
  #ours: (WireCandidate | null)[] | null = [];

  constructor(log: Log, send: (candidate: WireCandidate | null) => void) {
    this.#log = log;
    this.#send = send;
  }

  /** Another description is being made: ours wait from here on, until {@link descriptionSent}. */
  holdOurs(): void {
    this.#ours ??= [];
  }

  /** The description is on its way; its candidates may follow. */
  descriptionSent(): void {
    const ours = this.#ours ?? [];
    this.#ours = null;
    for (const candidate of ours) this.#send(candidate);
  }

  /** One of ours was found. */
  found(candidate: WireCandidate | null): void {
    if (this.#ours) this.#ours.push(candidate);
    else this.#send(candidate);
  }

  /** One of theirs. Kept where no peer is there yet, as for an incoming call that still rings. */
  take(candidate: WireCandidate | null, peer: Peer | null): void {
    if (!peer) this.#theirs.push(candidate);
    else this.#give(peer, candidate);
  }

  /** A peer is there for what was kept of theirs. */
  giveTheirs(peer: Peer): void {
    for (const candidate of this.#theirs.splice(0)) this.#give(peer, candidate);
  }

  #give(peer: Peer, candidate: WireCandidate | null): void {
    peer.addCandidate(candidate).catch((thrown: unknown) => {
      this.#log.warn('a candidate was not taken', { thrown });
    });
  }
}
