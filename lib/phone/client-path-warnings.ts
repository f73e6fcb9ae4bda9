/** Watches how the peers of a call find their network paths, and says what stands in their way: 33002, 33003, 33005. */

import type { CallMedia } from './call-media';
import type { WarningCode } from './client-catalogue';
import type { Clock, Peer } from './ports';

export interface PathWatchOptions {
  readonly media: CallMedia;
  readonly clock: Clock;
  /** Were there servers to ask? Where none was given, addresses of this computer are all there can be. */
  servers(): boolean;
  warn(code: WarningCode, cause: string): void;
}

/** Section 7.4. */
const SLOW_MS = 15_000;
/** From the first path that works to the browser's word that it connected. */
const CONNECTING_MS = 1_000;

export class PathWatch {
  readonly #options: PathWatchOptions;
  readonly #cancels = new Set<() => void>();

  constructor(options: PathWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.media.events.on('peer', (peer) => this.#watch(peer));
  }

  close(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }

  #watch(peer: Peer): void {
    let found = new Set<string>();
    let cancel = (): void => undefined;
    let ice = 'new';
    peer.events.on('candidate', (candidate) => {
      const kind = / typ (\w+)/.exec(candidate?.candidate ?? '')?.[1];
      if (kind !== undefined) found.add(kind);
    });
    peer.events.on('state', (of, state) => {
      if (of === 'ice') ice = state;
      if (of !== 'gathering' || state === 'new') return;
      this.#cancels.delete(cancel);
      cancel();
      if (state === 'complete') return this.#complete(found, () => ice);
      // Gathering begins anew with an ICE restart.
      found = new Set();
      cancel = this.#options.clock.after(SLOW_MS, () => {
        if (found.size === 0) this.#options.warn(33003, `no candidate in ${SLOW_MS} ms`);
        else this.#options.warn(33002, `not complete after ${SLOW_MS} ms`);
      });
      this.#cancels.add(cancel);
    });
  }

  #complete(found: ReadonlySet<string>, ice: () => string): void {
    if (found.size === 0) return this.#options.warn(33003, 'gathering is complete');
    if (!this.#options.servers() || [...found].some((kind) => kind !== 'host')) return;
    if (ice() === 'new') return this.#options.warn(33005, 'gathering is complete');
    // A path that works ends the search, and then the servers were not given the time to answer.
    const cancel = this.#options.clock.after(CONNECTING_MS, () => {
      this.#cancels.delete(cancel);
      if (ice() !== 'connected' && ice() !== 'completed') this.#options.warn(33005, 'gathering is complete');
    });
    this.#cancels.add(cancel);
  }
}
