/** One of the peers of a call, with what it told of itself: its connection, and whether it is heard. */

import type { WireCandidate } from './dialects/dialect';
import type { Clock, Peer, PeerEvents } from './ports';
import { Timers } from './timers';
import { whenAborted } from './when-aborted';

export type Connection = PeerEvents['connection'][0] | 'new';

/** What a peer tells its call. */
export interface PeerTold {
  candidate(candidate: WireCandidate | null): void;
  heard(): void;
  connection(state: PeerEvents['connection'][0]): void;
  signallingClosed(): void;
}

export class CallPeer {
  readonly peer: Peer;
  readonly #timers: Timers;
  readonly #over = new AbortController();
  #connection: Connection = 'new';
  #heard = false;
  /** Whoever waits for one of the two. */
  #look: () => void = () => undefined;

  constructor(peer: Peer, clock: Clock, tell: (from: CallPeer) => PeerTold) {
    this.peer = peer;
    this.#timers = new Timers(clock);
    const told = tell(this);
    peer.events.on('candidate', (candidate) => told.candidate(candidate));
    peer.events.on('media', (sound) => {
      this.#heard = sound === 'flowing';
      this.#look();
      told.heard();
    });
    peer.events.on('connection', (state) => {
      this.#connection = state;
      this.#look();
      told.connection(state);
    });
    peer.events.on('signallingClosed', () => told.signallingClosed());
  }

  get connection(): Connection {
    return this.#connection;
  }
  /** Is it heard at this moment? */
  get heard(): boolean {
    return this.#heard;
  }

  /** Waits until it is heard, or has a path where that is `enough`; at most so long. True where it is heard. */
  flows(deadlineMs: number, enough: 'sound' | 'path'): Promise<boolean> {
    return new Promise((resolve) => {
      let forget: () => void = () => undefined;
      const done = (): void => {
        this.#timers.cancel('flows');
        this.#look = () => undefined;
        forget();
        resolve(this.#heard);
      };
      this.#look = () => {
        if (this.#heard || (enough === 'path' && this.#connection === 'connected')) done();
      };
      this.#timers.after('flows', deadlineMs, done);
      forget = whenAborted(this.#over.signal, done);
      // It may have been quicker than the server's word that it took the description.
      this.#look();
    });
  }

  /** Does another packet come within so long? Asked and answered by counting; never rejects. */
  async hears(deadlineMs: number): Promise<boolean> {
    const before = await this.#received();
    if (before === null || this.#over.signal.aborted) return false;
    await new Promise<void>((resolve) => {
      const forget = whenAborted(this.#over.signal, resolve);
      this.#timers.after('hears', deadlineMs, () => {
        forget();
        resolve();
      });
    });
    const now = this.#over.signal.aborted ? null : await this.#received();
    return now !== null && now > before;
  }

  close(): void {
    this.#over.abort();
    this.#timers.close();
    this.peer.events.removeAllListeners();
    this.peer.close();
  }

  async #received(): Promise<number | null> {
    return this.peer.stats().then(
      ({ packetsReceived }) => packetsReceived,
      () => null,
    );
  }
}
