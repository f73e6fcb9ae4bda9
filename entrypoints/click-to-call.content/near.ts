/** Which marks are near the viewport: only these are confirmed and painted, so that a long page costs what is seen of it. */

import type { Mark } from './marks';

/** Children from which a parent counts as a long list, whose items are watched in groups. */
const LONG_LIST = 64;
/** Most of a group, whose first stands for all of them; a screen holds it, so that all of it is near where its first is. */
const GROUP = 64;
const FEW = 8;
/** How many parents up the items of a list may be from their numbers. */
const DEPTH = 6;
/**
 * What came and went is told when the page stands still for a moment, or has moved on for long: each change of highlights makes
 * Chromium look for the overflow of all that holds them, which takes 40 ms for a table of 20,000 rows.
 */
const STILL_MS = 100;
const LONGEST_MS = 1000;

interface Group {
  readonly marks: Set<Mark>;
  readonly list: Element | null;
  readonly most: number;
  /** The mark whose element is watched. */
  first: Mark;
  element: Element;
  near: boolean;
}

interface NearEvents {
  near(marks: ReadonlySet<Mark>): void;
  far(marks: ReadonlySet<Mark>): void;
  /** The page let go of its text, unheard. */
  dead(mark: Mark): void;
  /** Items of this list were hidden, and others may have come up: its marks are to be added again. */
  hidden(list: Element): void;
}

export class Near {
  /** Where the page churns, what is near is looked at once for each time that it is added; each frame would cost too much. */
  once = false;
  readonly #observer: IntersectionObserver;
  readonly #groups = new WeakMap<Element, Set<Group>>();
  readonly #groupOf = new WeakMap<Mark, Group>();
  readonly #inside = new WeakSet<Element>();
  #last: Group | null = null;
  readonly #touched = new Set<Group>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #movesSince = 0;
  readonly #on: NearEvents;

  constructor(on: NearEvents) {
    this.#on = on;
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), { rootMargin: '100% 25%' });
  }

  add(mark: Mark): void {
    let group = this.#groupOf.get(mark);
    if (group === undefined) {
      const element = mark.nodes[0].parentElement;
      if (element === null) return;
      group = this.#groupFor(mark, element);
      this.#groupOf.set(mark, group.marks.size === 0 ? this.#watch(group) : group);
      group.marks.add(mark);
    } else {
      if (!isShown(group.first) && isShown(mark)) this.#lead(group, mark);
      this.#observer.observe(group.element);
    }
    if (group.near) this.#on.near(new Set([mark]));
  }

  remove(mark: Mark): void {
    const group = this.#groupOf.get(mark);
    if (group === undefined) return;
    this.#groupOf.delete(mark);
    group.marks.delete(mark);
    if (group.first !== mark) return;
    for (const next of group.marks) if (this.#lead(group, next)) return;
    this.#unwatch(group);
    if (this.#last === group) this.#last = null;
  }

  close(): void {
    this.#observer.disconnect();
    clearTimeout(this.#timer);
  }

  #groupFor(mark: Mark, element: Element): Group {
    const last = this.#last?.list?.contains(element) === true ? this.#last : null;
    if (last !== null && last.marks.size < last.most) return last;
    const list = last?.list ?? longListOf(element);
    const most = last?.most ?? (list === null ? 1 : screenfulOf(list));
    return (this.#last = { marks: new Set(), list, most, first: mark, element, near: false });
  }

  /** False for a mark that stands nowhere any more. */
  #lead(group: Group, mark: Mark): boolean {
    const element = mark.nodes[0].parentElement;
    if (element === null) return false;
    this.#unwatch(group);
    group.first = mark;
    group.element = element;
    this.#watch(group);
    return true;
  }

  #watch(group: Group): Group {
    const { element } = group;
    const groups = this.#groups.get(element) ?? new Set();
    groups.add(group);
    this.#groups.set(element, groups);
    // An element that lives on while its texts come and go, unheard: each time their number has doubled.
    if ((groups.size & (groups.size - 1)) === 0)
      for (const { marks } of groups) for (const mark of marks) if (!mark.nodes[0].isConnected) this.#on.dead(mark);
    // One that is watched already would not be told of again.
    this.#observer.unobserve(element);
    this.#observer.observe(element);
    return group;
  }

  #unwatch(group: Group): void {
    const { element } = group;
    const groups = this.#groups.get(element);
    groups?.delete(group);
    if (groups === undefined || groups.size > 0) return;
    this.#groups.delete(element);
    this.#observer.unobserve(element);
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      if (isIntersecting) this.#inside.add(target);
      else this.#inside.delete(target);
      for (const group of this.#groups.get(target) ?? []) {
        this.#touched.add(group);
        if (group.list && target.isConnected && boundingClientRect.height === 0) this.#on.hidden(group.list);
      }
    }
    if (this.once) this.#observer.disconnect();
    const now = performance.now();
    this.#movesSince ||= now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), Math.min(STILL_MS, this.#movesSince + LONGEST_MS - now));
  }

  #tell(): void {
    this.#movesSince = 0;
    for (const group of this.#touched) {
      const near = this.#inside.has(group.element);
      if (near === group.near) continue;
      group.near = near;
      if (near) this.#on.near(group.marks);
      else this.#on.far(group.marks);
    }
    this.#touched.clear();
  }
}

function isShown({ nodes: [{ parentElement }] }: Mark): boolean {
  return parentElement?.checkVisibility() === true;
}

/** How many items of a list a screen holds; a few where it has no height to tell. */
function screenfulOf(list: Element): number {
  return Math.min(GROUP, (innerHeight * list.childElementCount) / (list.scrollHeight || Infinity) || FEW);
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
