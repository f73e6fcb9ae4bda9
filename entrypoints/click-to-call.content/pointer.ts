/** Trusted gestures of the pointer: a rest over a number or link opens its card, a click calls; nothing a page forges is heard. */

import type { Marks } from './marks';
import { isSeen, targetOfLink, targetOfMark, type Target } from './target';

/** Resting before the card opens; and leaving before it closes. */
const REST_MS = 250;
const LEAVE_MS = 300;
/** A second press within this time means a word is being selected, not called. */
const DOUBLE_MS = 220;
/** Shown for at least this long before a click on it counts: nothing slips under a pointer that already presses. */
const SETTLED_MS = 250;
/** Text nodes of one element that are looked through for the one under the pointer. */
const MOST_SIBLINGS = 1000;

/** Elements that do something of their own when clicked: there the card calls, and the click stays the page's. */
const OF_THE_PAGE = 'a[href],button,label,summary,[role=button],[role=link],[role=menuitem],[role=option],[role=tab]';

interface Gestures {
  /** Over a target that a click would call; null when the pointer left it. */
  onHover(target: Target | null): void;
  onRest(target: Target): void;
  onLeave(): void;
  onCall(target: Target): void;
  onShadow(root: ShadowRoot): void;
}

export class Pointer {
  readonly #marks: Marks;
  readonly #gestures: Gestures;
  readonly #isCard: (event: Event) => boolean;
  #stop = new AbortController();
  #over: Target | null = null;
  #pressed: { readonly target: Target; readonly box: string } | null = null;
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #down = false;

  constructor(marks: Marks, gestures: Gestures, isCard: (event: Event) => boolean) {
    this.#marks = marks;
    this.#gestures = gestures;
    this.#isCard = isCard;
  }

  start(): void {
    this.#stop = new AbortController();
    const on = <K extends keyof WindowEventMap>(
      type: K,
      listener: (event: WindowEventMap[K]) => void,
      capture = true,
    ) =>
      window.addEventListener(type, (event) => event.isTrusted && listener(event), {
        capture,
        signal: this.#stop.signal,
        ...(type === 'click' ? {} : { passive: true }),
      });
    on('pointermove', (event) => this.#moved(event));
    on('pointerdown', (event) => this.#downed(event));
    on('pointerup', () => (this.#down = false));
    on('pointercancel', () => (this.#down = false));
    on('click', (event) => this.#clickedMark(event));
    // Last of all, so that a page's own dialler goes first.
    on('click', (event) => this.#clickedLink(event), false);
    document.documentElement.addEventListener('pointerleave', (event) => event.isTrusted && this.#pointAt(null), {
      signal: this.#stop.signal,
    });
  }

  stop(): void {
    this.#stop.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#over = this.#pressed = null;
  }

  #moved(event: PointerEvent): void {
    if (this.#isCard(event)) {
      this.#cancel('leave');
      return;
    }
    const target = this.#targetAt(event);
    if (!same(target, this.#over)) this.#pointAt(target);
  }

  /** Null: at nothing that can be called, or out of the page. */
  #pointAt(target: Target | null): void {
    this.#over = target;
    this.#cancel('rest');
    this.#cancel('hover');
    if (target === null) {
      this.#gestures.onHover(null);
      this.#after('leave', LEAVE_MS, () => this.#gestures.onLeave());
      return;
    }
    this.#cancel('leave');
    this.#after('hover', SETTLED_MS - ageOf(target), () => this.#gestures.onHover(target));
    this.#after('rest', REST_MS, () => {
      if (!this.#down && isNothingSelected() && target.isStillThere()) this.#gestures.onRest(target);
    });
  }

  #downed(event: PointerEvent): void {
    this.#down = true;
    this.#cancel('call');
    this.#cancel('rest');
    const target = this.#isCard(event) ? null : this.#targetAt(event);
    this.#pressed = target === null ? null : { target, box: boxOf(target) };
  }

  #clickedMark(event: MouseEvent): void {
    const target = this.#clicked(event);
    if (target?.mark == null || ownedByPage(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#after('call', DOUBLE_MS, () => {
      if (target.isStillThere() && isNothingSelected()) this.#gestures.onCall(target);
    });
  }

  #clickedLink(event: MouseEvent): void {
    const target = this.#clicked(event);
    if (target?.link == null || event.defaultPrevented) return;
    event.preventDefault();
    this.#gestures.onCall(target);
  }

  /** The target of a plain click that was pressed and released on it, where it has stood still and can be seen. */
  #clicked(event: MouseEvent): Target | null {
    const pressed = this.#pressed;
    if (pressed === null || event.button !== 0 || event.detail !== 1 || this.#isCard(event)) return null;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
    const target = this.#targetAt(event);
    if (!same(target, pressed.target) || boxOf(pressed.target) !== pressed.box) return null;
    return isNothingSelected() &&
      pressed.target.isStillThere() &&
      ageOf(pressed.target) >= SETTLED_MS &&
      isSeen(pressed.target)
      ? pressed.target
      : null;
  }

  #targetAt(event: MouseEvent): Target | null {
    const path = event.composedPath();
    for (const place of path) if (place instanceof ShadowRoot) this.#gestures.onShadow(place);
    for (const place of path) {
      const link = place instanceof Element ? targetOfLink(place) : null;
      if (link !== null) return link;
    }
    const [element] = path;
    return element instanceof Element ? this.#markIn(element, event.clientX, event.clientY) : null;
  }

  #markIn(element: Element, x: number, y: number): Target | null {
    let looked = 0;
    for (let child = element.firstChild; child !== null && looked < MOST_SIBLINGS; child = child.nextSibling) {
      looked++;
      if (!(child instanceof Text)) continue;
      for (const mark of this.#marks.of(child)) {
        const target = mark.range === null ? null : targetOfMark(mark);
        if (target !== null && target.boxes().some((box) => holds(box, x, y))) return target;
      }
    }
    return null;
  }

  #after(name: string, ms: number, run: () => void): void {
    this.#cancel(name);
    this.#timers.set(name, setTimeout(run, ms));
  }

  #cancel(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}

/** For how long the page has shown it as a number; a link has always been one. */
function ageOf({ mark }: Target): number {
  return mark === null ? SETTLED_MS : performance.now() - mark.paintedAt;
}

function ownedByPage(event: Event): boolean {
  return event.composedPath().some((place) => place instanceof Element && place.matches(OF_THE_PAGE));
}

function same(one: Target | null, other: Target | null): boolean {
  return one?.mark === other?.mark && one?.link === other?.link;
}

function isNothingSelected(): boolean {
  const selection = getSelection();
  return selection === null || selection.isCollapsed;
}

function boxOf(target: Target): string {
  return target
    .boxes()
    .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join())
    .join(';');
}

function holds(box: DOMRect, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom + 4;
}
