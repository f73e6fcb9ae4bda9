/** Notices which text of the page appeared or changed, and reads it in idle slices; the page never waits for it. */

import { edgeText, isInline, isOutOfReading, runAround, runsIn, type Run } from './text';

/** Longest slice of work between two breaths of the page. */
const SLICE_MS = 6;
/** Changes are gathered for this long, so that a busy page is read a few times a second and not at each change. */
const GATHER_MS = 120;
/** More changed places than this, and the whole document is read again instead. */
const TOO_MANY = 4000;
/** A page that makes more records than this in a millisecond churns: to hear of each change costs more than to read anew. */
const CHURN_PER_MS = 0.3;
/** For so long it must churn before it is heard no more, and so long it is not listened to then. */
const CHURN_MS = 500;
const DEAF_MS = 3000;
/** A page that churns is read again after this many times what its last reading took. */
const REST_FACTOR = 150;
const SHORTEST_REST_MS = 300;
const LONGEST_REST_MS = 30_000;
/** Custom elements whose shadow root may still come, and how often they are looked at again. */
const LATE_ROOTS = 200;
const LATE_LOOKS = 5;

interface Watcher {
  /** Text that was read: all of its numbers are to be found now. Of a page that churns, much of it is gone in a moment. */
  onRun(run: Run, churns: boolean): void;
  /** This text was taken out of the page. */
  onRemoved(text: Text): void;
}

/**
 * Hears of every change while the page is calm. Where it churns, the observer is taken off, since even an unread record
 * costs the page; the page is then read as a whole now and then, and more seldom asked whether it is calm again.
 */
export class Watch {
  readonly #watcher: Watcher;
  readonly #observer = new MutationObserver((records) => this.#changed(records));
  #roots = new WeakSet<Node>();
  #dirty = new Set<Node>();
  #late = new Map<Element, number>();
  #walk: Generator<Run | null> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #idle: number | null = null;
  #running = false;
  #churns = false;
  /** Records since `#since`, which is `Infinity` while nothing is heard. */
  #heard = 0;
  #since = 0;
  #listenAt = 0;
  #spentMs = 0;

  constructor(watcher: Watcher) {
    this.#watcher = watcher;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#churns = false;
    this.#readAll();
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
    // What is seen is read first; reading it twice changes nothing.
    if (middle !== null && middle.childElementCount < 200) this.#dirty = new Set([middle, document]);
    this.#rest();
  }

  stop(): void {
    this.#running = false;
    this.#observer.disconnect();
    this.#dirty.clear();
    this.#late.clear();
    this.#walk = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#idle !== null) cancelIdleCallback(this.#idle);
    this.#timer = this.#idle = null;
  }

  /** An open shadow root was met, for instance under the pointer. */
  enter(root: Document | ShadowRoot): void {
    if (!this.#running || this.#roots.has(root)) return;
    this.#roots.add(root);
    if (this.#since !== Infinity) this.#observer.observe(root, { subtree: true, childList: true, characterData: true });
    this.look(root);
  }

  /** Reads this again, though its text is the same. */
  look(node: Node): void {
    if (!this.#running) return;
    this.#dirty.add(node);
    this.#gather();
  }

  #readAll(): void {
    this.#timer = null;
    this.#roots = new WeakSet();
    this.#dirty.clear();
    this.#walk = null;
    this.#heard = this.#spentMs = 0;
    const now = performance.now();
    if (!this.#churns || now > this.#listenAt) this.#since = now;
    this.enter(document);
  }

  #changed(records: readonly MutationRecord[]): void {
    this.#heard += records.length;
    // Everything is going to be read.
    if (this.#churns) return;
    for (const record of records) {
      if (record.target instanceof Text) {
        this.#dirty.add(record.target);
        continue;
      }
      for (const node of record.addedNodes) this.#dirty.add(node);
      const { removedNodes } = record;
      if (removedNodes.length === 0) continue;
      for (const node of removedNodes) if (node instanceof Text) this.#watcher.onRemoved(node);
      // Text that was parted may read as one now.
      for (const sibling of [record.previousSibling, record.nextSibling]) {
        if (sibling !== null && isInline(sibling)) this.#dirty.add(sibling);
      }
    }
    if (this.#dirty.size > TOO_MANY) this.#dirty = new Set([document]);
    this.#gather();
  }

  /** Tells, as seldom as it can be told, whether the page churns; takes the observer off where it does. */
  #judge(): void {
    const now = performance.now();
    const ms = now - this.#since;
    if (ms < (this.#churns ? 0 : CHURN_MS)) return;
    this.#churns = this.#heard > ms * CHURN_PER_MS;
    this.#heard = this.#spentMs = 0;
    this.#since = this.#churns ? Infinity : now;
    this.#listenAt = now + DEAF_MS;
    if (!this.#churns) return;
    this.#observer.disconnect();
    // One reading of all is quicker than that of each place that changed since.
    this.#dirty = new Set([document]);
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => this.#rest(), GATHER_MS);
  }

  #rest(): void {
    if (this.#idle !== null) return;
    this.#idle = requestIdleCallback((deadline) => this.#slice(deadline), { timeout: 1000 });
  }

  #slice(deadline: IdleDeadline): void {
    this.#idle = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#judge();
    const from = performance.now();
    const until = from + Math.min(SLICE_MS, Math.max(2, deadline.timeRemaining()));
    let now = from;
    while (now < until) {
      const run = this.#nextRun();
      if (run === undefined) break;
      if (run !== null) this.#watcher.onRun(run, this.#churns);
      now = performance.now();
    }
    this.#spentMs += now - from;
    if (now >= until) this.#rest();
    else if (this.#churns) {
      const rest = Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, REST_FACTOR * this.#spentMs));
      this.#timer = setTimeout(() => this.#readAll(), rest);
    } else this.#lookLate();
  }

  /** The next run; null for a breath, undefined where nothing is left. */
  #nextRun(): Run | null | undefined {
    if (this.#walk !== null) {
      const next = this.#walk.next();
      if (next.done !== true) return next.value;
      this.#walk = null;
      return null;
    }
    const [node] = this.#dirty;
    if (node === undefined) return undefined;
    this.#dirty.delete(node);
    if (!node.isConnected || isOutOfReading(node)) return null;
    if (node instanceof Text) return runAround(node);
    this.#walk = runsIn(node, (element) => this.#meet(element));
    if (!isInline(node)) return null;
    // An inline element reads together with what stands beside it.
    for (const edge of [edgeText(node, false), edgeText(node, true)]) if (edge !== null) this.#dirty.add(edge);
    return null;
  }

  #meet(element: Element, looks = 0): void {
    const { shadowRoot } = element;
    if (shadowRoot !== null) this.enter(shadowRoot);
    else if (element.localName.includes('-') && this.#late.size < LATE_ROOTS && !this.#late.has(element))
      this.#late.set(element, looks);
  }

  /** Attaching a shadow root leaves no record, so young custom elements are looked at a few times. */
  #lookLate(): void {
    for (const [element, looks] of [...this.#late]) {
      this.#late.delete(element);
      if (looks < LATE_LOOKS && element.isConnected) this.#meet(element, looks + 1);
    }
    if (this.#late.size > 0) this.#timer ??= setTimeout(() => this.#rest(), 1000);
  }
}
