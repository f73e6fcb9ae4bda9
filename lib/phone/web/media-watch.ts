/** Says whether sound really comes: by counting packets, quickly until the first and then once a second. */

export type Flow = 'none' | 'flowing' | 'stalled';

export interface Watched {
  readonly flow: Flow;
  /** Packets at the last look, and when their number last grew. */
  readonly packets: number;
  readonly grewAt: number;
}

export const UNWATCHED: Watched = { flow: 'none', packets: 0, grewAt: 0 };

/** Opus with discontinuous transmission still sends a packet every 400 ms. */
export const STALLED_AFTER_MS = 2_000;
const LOOK_SOON_MS = 100;
const LOOK_MS = 1_000;

/** Nothing is `stalled` that never flowed: a server may stay silent until the answer. */
export function look(before: Watched, packets: number, at: number): Watched {
  if (packets > before.packets) return { flow: 'flowing', packets, grewAt: at };
  const stalled = before.flow === 'flowing' && at - before.grewAt >= STALLED_AFTER_MS;
  return stalled ? { ...before, flow: 'stalled' } : before;
}

interface Dependencies {
  readonly packets: () => Promise<number>;
  readonly changed: (flow: 'flowing' | 'stalled') => void;
}

export class MediaWatch {
  readonly #deps: Dependencies;
  #watched = UNWATCHED;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;
  #stopped = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Looks now, and then goes on by itself; the browser's `unmute` of the remote track calls it for the first packet. */
  lookNow(): void {
    if (this.#stopped || this.#looking) return;
    clearTimeout(this.#timer);
    this.#looking = true;
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const packets = await this.#deps.packets().catch(() => this.#watched.packets);
    this.#looking = false;
    if (this.#stopped) return;
    const before = this.#watched;
    this.#watched = look(before, packets, performance.now());
    const { flow } = this.#watched;
    this.#timer = setTimeout(() => this.lookNow(), flow === 'flowing' ? LOOK_MS : LOOK_SOON_MS);
    if (flow !== before.flow && flow !== 'none') this.#deps.changed(flow);
  }
}
