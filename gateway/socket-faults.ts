/** What goes wrong on one socket: frames that are lost, late, doubled or out of order. */

export class SocketFaults {
  /** Frames of the client are read by nobody. */
  deaf = false;
  /** Nothing is sent to the client any more. */
  dumb = false;
  delayMs = 0;
  duplicate = 0;
  reorder = 0;
  #held: string | null = null;
  /** Delayed frames still keep their order. */
  #lastDue = 0;
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Passes an outgoing text on as this socket's faults would have it. */
  pass(frame: string, send: (frame: string) => void): void {
    if (this.dumb) return;
    const copies = this.duplicate > 0 ? 2 : 1;
    if (this.duplicate > 0) this.duplicate--;
    if (this.#held === null && this.reorder > 0) {
      this.reorder--;
      this.#held = frame;
      return;
    }
    const frames = [...Array<string>(copies).fill(frame), ...(this.#held === null ? [] : [this.#held])];
    this.#held = null;
    for (const each of frames) this.#later(() => send(each));
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #later(work: () => void): void {
    const now = performance.now();
    if (this.delayMs <= 0 && this.#timers.size === 0) {
      work();
      return;
    }
    this.#lastDue = Math.max(this.#lastDue, now + this.delayMs);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, this.#lastDue - now);
    this.#timers.add(timer);
  }
}
