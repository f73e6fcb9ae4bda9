/** Which marks are near the viewport: only these are confirmed and painted, so that a long page costs what is seen of it. */

import type { Mark } from './marks';

/** Children from which a parent counts as a long list, whose items are watched in groups. */
const LONG_LIST = 64;
const GROUP = 16;
/**
 * Between two tellings, so that what only flies past in a scroll is not told of: at a change of highlights Chromium looks for
 * the overflow of all that holds them, which takes 40 ms for a table of 20,000 rows.
 */
const PACE_MS = 500;
/** How many parents up the items of a list may be from their numbers. */
const DEPTH = 6;

interface Group {
  readonly marks: Set<Mark>;
  readonly list: Element | null;
  readonly ends: Element[];
  near: boolean;
}

export class Near {
  readonly #observer: IntersectionObserver;
  readonly #groups = new WeakMap<Element, Set<Group>>();
  readonly #groupOf = new WeakMap<Mark, Group>();
  readonly #sides = new WeakMap<Element, -1 | 0 | 1>();
  #last: Group | null = null;
  readonly #touched = new Set<Group>();
  #pauses = false;
  #toldAt = -PACE_MS;
  readonly #onNear: (marks: ReadonlySet<Mark>) => void;
  readonly #onFar: (marks: ReadonlySet<Mark>) => void;
  readonly #onDead: (mark: Mark) => void;

  constructor(
    onNear: (marks: ReadonlySet<Mark>) => void,
    onFar: (marks: ReadonlySet<Mark>) => void,
    onDead: (mark: Mark) => void,
  ) {
    this.#onNear = onNear;
    this.#onFar = onFar;
    this.#onDead = onDead;
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), { rootMargin: '100% 25%' });
  }

  add(mark: Mark): void {
    const known = this.#groupOf.get(mark);
    if (known !== undefined) return known.near ? this.#onNear(new Set([mark])) : undefined;
    const element = mark.nodes[0]?.parentElement;
    if (!element) return;
    const list = longListOf(element);
    const last = this.#last;
    const group =
      last !== null && list !== null && last.list === list && last.marks.size < GROUP
        ? last
        : { marks: new Set<Mark>(), list, ends: [], near: false };
    this.#last = group;
    group.marks.add(mark);
    this.#groupOf.set(mark, group);
    this.#watch(group, element);
    if (group.near) this.#onNear(new Set([mark]));
  }

  remove(mark: Mark): void {
    const group = this.#groupOf.get(mark);
    if (group === undefined) return;
    this.#groupOf.delete(mark);
    group.marks.delete(mark);
    if (group.marks.size > 0) return;
    for (const element of group.ends) this.#unwatch(group, element);
    if (this.#last === group) this.#last = null;
  }

  close(): void {
    this.#observer.disconnect();
    this.#touched.clear();
  }

  /** A group is watched by its first and its last element. */
  #watch(group: Group, element: Element): void {
    if (group.ends.includes(element)) return;
    const replaced = group.ends.length === 2 ? group.ends.pop() : undefined;
    if (replaced !== undefined) this.#unwatch(group, replaced);
    group.ends.push(element);
    const groups = this.#groups.get(element) ?? new Set();
    groups.add(group);
    this.#groups.set(element, groups);
    // An element that lives on while its texts come and go, unheard: each time their number has doubled.
    if ((groups.size & (groups.size - 1)) === 0)
      for (const { marks } of groups) for (const mark of marks) if (!mark.nodes[0].isConnected) this.#onDead(mark);
    // One that is watched already would not be told of again.
    this.#observer.unobserve(element);
    this.#observer.observe(element);
  }

  #unwatch(group: Group, element: Element): void {
    const groups = this.#groups.get(element);
    groups?.delete(group);
    if (groups === undefined || groups.size > 0) return;
    this.#groups.delete(element);
    this.#observer.unobserve(element);
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
      const above = boundingClientRect.bottom < (rootBounds?.top ?? 0);
      this.#sides.set(target, isIntersecting ? 0 : above ? -1 : 1);
      for (const group of this.#groups.get(target) ?? []) this.#touched.add(group);
    }
    if (this.#pauses) return;
    this.#pauses = true;
    setTimeout(() => this.#tell(), this.#toldAt + PACE_MS - performance.now());
  }

  #tell(): void {
    this.#pauses = false;
    this.#toldAt = performance.now();
    for (const group of this.#touched) {
      const sides = group.ends.map((element) => this.#sides.get(element) ?? 1);
      // The middle of a list is near where its beginning is above and its end below.
      const near = sides.includes(0) || (sides.includes(-1) && sides.includes(1));
      if (near === group.near) continue;
      group.near = near;
      if (near) this.#onNear(group.marks);
      else this.#onFar(group.marks);
    }
    this.#touched.clear();
  }
}

function longListOf(element: Element): Element | null {
  let at = element.parentElement;
  for (let depth = 0; depth < DEPTH && at !== null && at !== document.body; depth++) {
    // Counting all children of a list at each of its items would be quadratic.
    if (at.children[LONG_LIST] !== undefined) return at;
    at = at.parentElement;
  }
  return null;
}
