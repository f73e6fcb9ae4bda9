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
    peer.events.on('candidate', (candidate) => {
      const kind = / typ (\w+)/.exec(candidate?.candidate ?? '')?.[1];
      if (kind !== undefined) found.add(kind);
    });
    peer.events.on('state', (of, state) => {
      if (of !== 'gathering' || state === 'new') return;
      this.#cancels.delete(cancel);
      cancel();
      if (state === 'complete') return this.#complete(found);
      // Gathering begins anew with an ICE restart.
      found = new Set();
      cancel = this.#options.clock.after(SLOW_MS, () => {
        if (found.size === 0) this.#options.warn(33003, `no candidate in ${SLOW_MS} ms`);
        else this.#options.warn(33002, `not complete after ${SLOW_MS} ms`);
      });
      this.#cancels.add(cancel);
    });
  }

  #complete(found: ReadonlySet<string>): void {
    if (found.size === 0) this.#options.warn(33003, 'gathering is complete');
    else if (this.#options.servers() && [...found].every((kind) => kind === 'host'))
      this.#options.warn(33005, 'gathering is complete');
  }
}
