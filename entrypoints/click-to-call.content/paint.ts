/** Paints marks with the CSS Custom Highlight API: the page's nodes, attributes and styles are never touched. */

import type { NumberLook } from '../../lib/extension/contract';
import { numberRangeOf, rangeOf, type Mark } from './marks';

/** The registry belongs to the document and its scripts see these names: they tell nothing. */
const NAME = 'holdfast';

export class Paint {
  readonly #painted = new Set<Mark>();
  /** Of those, what went out of sight: taken away with the next change, since each change costs the page. */
  readonly #leaving = new Set<Mark>();
  #look: NumberLook = 'underline';
  readonly #rest = new Highlight();
  readonly #lit = { hover: new Highlight(), calling: new Highlight() } as const;
  readonly #highlights = new Map([
    [NAME, this.#rest],
    [`${NAME}-hover`, this.#lit.hover],
    [`${NAME}-calling`, this.#lit.calling],
  ]);
  /** Before the page is drawn again, whatever else is heard of its changes. */
  readonly #guard: MutationObserver;

  /** `onTouched`: these nodes, of what is painted, changed. */
  constructor(onTouched: (nodes: Node[]) => void) {
    this.#guard = new MutationObserver((records) => onTouched(records.map(({ target }) => target)));
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
    this.#leaving.delete(mark);
    const range = this.#painted.has(mark) ? null : numberRangeOf(mark);
    if (range === null) return;
    this.#part();
    mark.range = range;
    mark.paintedAt = performance.now();
    this.#painted.add(mark);
    this.#watchOver(mark);
    if (this.#look === 'underline') this.#rest.add(range);
    this.#register();
  }

  remove(mark: Mark): void {
    if (!this.#painted.delete(mark) || mark.range === null) return;
    for (const highlight of this.#highlights.values()) highlight.delete(mark.range);
    mark.range = null;
  }

  /** Nobody sees it any more. */
  leave(mark: Mark): void {
    this.#leaving.add(mark);
  }

  #part(): void {
    for (const mark of this.#leaving) this.remove(mark);
    this.#leaving.clear();
  }

  /** One mark under the pointer, or being called; null for none. */
  show(name: 'hover' | 'calling', mark: Mark | null): void {
    const highlight = this.#lit[name];
    highlight.clear();
    if (mark?.range && (name === 'calling' || this.#look !== 'plain')) highlight.add(mark.range);
  }

  /** The page may clear or change the registry at will: what it took away is put back, what it forged is taken out. */
  keep(): void {
    this.#part();
    // What is not painted any more is not watched any more either.
    this.sleep();
    for (const mark of this.#painted) this.#watchOver(mark);
    if (this.#painted.size > 0) this.#register();
    const shown = this.#look === 'underline';
    if (this.#rest.size === (shown ? this.#painted.size : 0)) return;
    this.#rest.clear();
    if (!shown) return;
    for (const { range } of this.#painted) if (range !== null) this.#rest.add(range);
  }

  /** Nobody looks. */
  sleep(): void {
    this.#guard.disconnect();
  }

  #watchOver(mark: Mark): void {
    // No live range where none is needed: until it is collected, it costs the page something on each of its changes.
    const around = mark.nodes.length === 1 ? mark.nodes[0] : rangeOf(mark)?.commonAncestorContainer;
    if (around) this.#guard.observe(around, { subtree: true, childList: true, characterData: true });
  }

  #register(): void {
    for (const [name, highlight] of this.#highlights) {
      if (CSS.highlights.get(name) !== highlight) CSS.highlights.set(name, highlight);
    }
  }

  close(): void {
    this.sleep();
    for (const mark of this.#painted) mark.range = null;
    this.#painted.clear();
    for (const [name, highlight] of this.#highlights) {
      highlight.clear();
      // After an update another one of this script may be at work.
      if (CSS.highlights.get(name) === highlight) CSS.highlights.delete(name);
    }
  }
}
