/** Option changes made while a call runs: they wait for its end, are counted, and can be taken back together. */

import type { LineOptions } from '../../lib/extension/stored';

export class PendingChanges {
  #before = $state.raw<LineOptions | null>(null);
  #rows = $state.raw<ReadonlySet<string>>(new Set());

  get count(): number {
    return this.#rows.size;
  }

  /** Before a row changes: remembers how the options were when the first of them did. */
  note(row: string, before: LineOptions, duringCall: boolean): void {
    if (!duringCall) return;
    this.#before ??= before;
    this.#rows = new Set([...this.#rows, row]);
  }

  /** The options as they were, or null where nothing waits; nothing waits afterwards. */
  takeBack(): LineOptions | null {
    const before = this.#before;
    this.forget();
    return before;
  }

  forget(): void {
    this.#before = null;
    this.#rows = new Set();
  }
}
