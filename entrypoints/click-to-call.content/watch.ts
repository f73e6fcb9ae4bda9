/** Notices which text of the page appeared or changed, and reads it in idle slices; the page never waits for it. */

import { edgeText, isInline, isOutOfReading, runAround, runsIn, type Run } from './text';

/** Longest slice of work between two breaths of the page. */
const SLICE_MS = 6;
/** Changes are gathered for this long, so that a busy page is read a few times a second and not at each change. */
const GATHER_MS = 120;
/** More changed places than this, and the whole document is read again instead. */
const TOO_MANY = 4000;
/** Custom elements whose shadow root may still come, and how often they are looked at again. */
const LATE_ROOTS = 200;
const LATE_LOOKS = 5;

interface Watcher {
  /** Text that was read: all of its numbers are to be found now. */
  onRun(run: Run): void;
  /** At once, before the page is drawn again: this text is no more what it was. */
  onChanged(text: Text): void;
  /** At once, after a batch of changes. */
  onChanges(): void;
}

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

  constructor(watcher: Watcher) {
    this.#watcher = watcher;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#roots = new WeakSet();
    this.#enter(document);
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
    // What is seen is read first; reading it twice changes nothing.
    if (middle !== null && middle.childElementCount < 200) this.#dirty.add(middle);
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
  enter(root: ShadowRoot): void {
    if (this.#running && !this.#roots.has(root)) this.#enter(root);
  }

  #enter(root: Document | ShadowRoot): void {
    this.#roots.add(root);
    this.#observer.observe(root, { subtree: true, childList: true, characterData: true });
    this.#dirty.add(root);
    this.#gather();
  }

  #changed(records: readonly MutationRecord[]): void {
    for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      if (type === 'characterData') {
        if (!(target instanceof Text)) continue;
        this.#watcher.onChanged(target);
        this.#dirty.add(target);
        continue;
      }
      for (const node of addedNodes) this.#dirty.add(node);
      if (removedNodes.length === 0) continue;
      for (const node of removedNodes) if (node instanceof Text) this.#watcher.onChanged(node);
      // Text that was parted may read as one now.
      for (const sibling of [previousSibling, nextSibling]) {
        if (sibling !== null && isInline(sibling)) this.#dirty.add(sibling);
      }
    }
    this.#watcher.onChanges();
    if (this.#dirty.size > TOO_MANY) this.#dirty = new Set([document]);
    this.#gather();
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
    const until = performance.now() + Math.min(SLICE_MS, Math.max(2, deadline.timeRemaining()));
    while (performance.now() < until) {
      const run = this.#nextRun();
      if (run === undefined) return this.#lookLate();
      if (run !== null) this.#watcher.onRun(run);
    }
    this.#rest();
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

  #meet(element: Element): void {
    const { shadowRoot } = element;
    if (shadowRoot !== null) this.enter(shadowRoot);
    else if (element.localName.includes('-') && this.#late.size < LATE_ROOTS && !this.#late.has(element))
      this.#late.set(element, 0);
  }

  /** Attaching a shadow root leaves no record, so young custom elements are looked at a few times. */
  #lookLate(): void {
    for (const [element, looks] of this.#late) {
      if (element.shadowRoot !== null) this.enter(element.shadowRoot);
      if (element.shadowRoot !== null || looks >= LATE_LOOKS || !element.isConnected) this.#late.delete(element);
      else this.#late.set(element, looks + 1);
    }
    if (this.#late.size > 0) this.#timer ??= setTimeout(() => this.#rest(), 1000);
  }
}
