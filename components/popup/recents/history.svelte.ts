/** The list of Recents, page by page, for one filter and one search at a time; an answer that comes late is dropped. */

import type { HistoryEntry } from '../../../lib/extension/history-entry';
import { NOTHING_SOUGHT, type Sought } from '../../../lib/extension/sought';
import type { PeopleSource } from '../../people.svelte';

export type Filter = 'all' | 'missed' | 'noted';
export interface Wanted {
  readonly filter: Filter;
  readonly search: Sought;
}

export class History {
  readonly #source: PeopleSource;
  #entries = $state.raw<readonly HistoryEntry[] | null>(null);
  #failed = $state(false);
  #next = $state<number | null>(null);
  /** Ends the search whose answer nobody waits for any more. */
  #stop = new AbortController();
  #wanted: Wanted = { filter: 'all', search: NOTHING_SOUGHT };

  constructor(source: PeopleSource) {
    this.#source = source;
  }

  /** Null until the first page came. */
  get entries(): readonly HistoryEntry[] | null {
    return this.#entries;
  }
  get failed(): boolean {
    return this.#failed;
  }
  get more(): boolean {
    return this.#next !== null;
  }

  async load(wanted: Wanted): Promise<void> {
    this.#wanted = wanted;
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const page = await this.#source.listCalls({ ...wanted, signal }).catch(() => null);
    if (this.#wanted !== wanted) return;
    this.#failed = page === null;
    this.#entries = page?.entries ?? [];
    this.#next = page?.next ?? null;
  }

  async loadMore(): Promise<void> {
    const wanted = this.#wanted;
    const before = this.#next;
    if (before === null) return;
    const page = await this.#source.listCalls({ ...wanted, before, signal: this.#stop.signal }).catch(() => null);
    if (page === null || this.#wanted !== wanted || this.#next !== before) return;
    this.#entries = [...(this.#entries ?? []), ...page.entries];
    this.#next = page.next;
  }
}
