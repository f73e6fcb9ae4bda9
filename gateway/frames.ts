/** A recorder of everything that went over the sockets, for tests and for people who watch. */

export interface FrameRecord {
  /** Counts up from 1 over the whole life of the gateway. */
  readonly serial: number;
  readonly socket: number;
  /** Milliseconds since the epoch, with fractions. */
  readonly at: number;
  readonly direction: 'in' | 'out' | 'open' | 'close';
  /** The frame parsed, or the text when it was not JSON. */
  readonly frame: unknown;
}

const KEPT = 20_000;

export class FrameLog {
  #records: FrameRecord[] = [];
  #serial = 0;
  readonly #watchers = new Set<(record: FrameRecord) => void>();

  add(socket: number, direction: FrameRecord['direction'], frame: unknown): void {
    const record = { serial: ++this.#serial, socket, at: performance.timeOrigin + performance.now(), direction, frame };
    this.#records.push(record);
    if (this.#records.length > KEPT) this.#records = this.#records.slice(KEPT / 2);
    for (const watcher of [...this.#watchers]) watcher(record);
  }

  /** Newest last. */
  list(filter: { readonly socket?: number; readonly since?: number } = {}): readonly FrameRecord[] {
    return this.#records.filter(
      ({ socket, serial }) => (filter.socket === undefined || socket === filter.socket) && serial > (filter.since ?? 0),
    );
  }

  watch(watcher: (record: FrameRecord) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  clear(): void {
    this.#records = [];
  }
}
