/** What is looked for on the settings pages, and which rows hold it. */

import { createContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { matches } from './search';

export class RowFilter {
  query = $state('');
  readonly #found = new SvelteSet<string>();

  get active(): boolean {
    return this.query.trim() !== '';
  }

  /** How many rows on the page hold what is looked for. */
  get count(): number {
    return this.#found.size;
  }

  shows(texts: readonly string[]): boolean {
    return !this.active || matches(this.query, texts);
  }

  /** Returns the withdrawal. */
  report(id: string): () => void {
    this.#found.add(id);
    return () => this.#found.delete(id);
  }
}

export const [getRowFilter, setRowFilter] = createContext<RowFilter>();
