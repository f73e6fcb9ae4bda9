/** Paints marks with the CSS Custom Highlight API: the page's nodes, attributes and styles are never touched. */

import type { NumberLook } from '../../lib/extension/contract';
import { numberRangeOf, type Mark } from './marks';

/** The registry belongs to the document and its scripts see these names: they tell nothing. */
const NAMES = { rest: 'holdfast', hover: 'holdfast-hover', calling: 'holdfast-calling' } as const;
type Name = keyof typeof NAMES;

export class Paint {
  readonly #painted = new Set<Mark>();
  #look: NumberLook = 'underline';
  readonly #highlights: { readonly [K in Name]: Highlight } | null;

  constructor() {
    // Older Firefox has no highlights: nothing is painted there, and card, list and keyboard still work.
    this.#highlights =
      'highlights' in CSS && typeof Highlight === 'function'
        ? { rest: new Highlight(), hover: new Highlight(), calling: new Highlight() }
        : null;
  }

  /** Marks that answer to the pointer, whether or not they are seen at rest. */
  get painted(): ReadonlySet<Mark> {
    return this.#painted;
  }

  set look(look: NumberLook) {
    this.#look = look;
    this.keep();
  }

  add(mark: Mark): void {
    // Static: a live range would cost the page something on each of its changes.
    const range = this.#painted.has(mark) ? null : numberRangeOf(mark);
    if (range === null) return;
    mark.range = range;
    mark.paintedAt = performance.now();
    this.#painted.add(mark);
    if (this.#look === 'underline') this.#highlights?.rest.add(range);
    this.#register();
  }

  remove(mark: Mark): void {
    if (!this.#painted.delete(mark) || mark.range === null) return;
    for (const highlight of Object.values(this.#highlights ?? {})) highlight.delete(mark.range);
    mark.range = null;
  }

  /** One mark under the pointer, or being called; null for none. */
  show(name: 'hover' | 'calling', mark: Mark | null): void {
    const highlight = this.#highlights?.[name];
    if (highlight === undefined) return;
    highlight.clear();
    if (mark?.range && (name === 'calling' || this.#look !== 'plain')) highlight.add(mark.range);
  }

  /** The page may clear or change the registry at will: what it took away is put back, what it forged is taken out. */
  keep(): void {
    if (this.#highlights === null) return;
    if (this.#painted.size > 0) this.#register();
    const { rest } = this.#highlights;
    const shown = this.#look === 'underline';
    if (rest.size === (shown ? this.#painted.size : 0)) return;
    rest.clear();
    if (!shown) return;
    for (const { range } of this.#painted) if (range !== null) rest.add(range);
  }

  #register(): void {
    for (const [key, highlight] of Object.entries(this.#highlights ?? {})) {
      const name = NAMES[key as Name];
      if (CSS.highlights.get(name) !== highlight) CSS.highlights.set(name, highlight);
    }
  }

  close(): void {
    for (const mark of this.#painted) mark.range = null;
    this.#painted.clear();
    if (this.#highlights === null) return;
    for (const name of Object.keys(NAMES) as Name[]) {
      this.#highlights[name].clear();
      CSS.highlights.delete(NAMES[name]);
    }
  }
}
