/** The card over a number, its ring and its glyph: one closed shadow root in the top layer, made at need and gone afterwards. */

import { CARD_STYLE } from './card-style';
import { icon, logo, type Icon } from './card-icons';

export interface Button {
  readonly words: string;
  readonly look: 'call' | 'plain' | 'quiet' | 'end';
  readonly icon?: Icon;
  /** One letter that does the same while the card has the focus. */
  readonly key?: string;
  run(): void;
}

export interface CardView {
  readonly title: string;
  /** Read from left to right in every language. */
  readonly isNumber?: boolean;
  readonly detail?: string;
  readonly note?: string;
  readonly rows: readonly (readonly Button[])[];
  readonly look?: 'calling' | 'done';
  /** Spoken when it opens by the keyboard. */
  readonly spoken?: string;
}

const GAP = 6;
const EDGE = 8;
/** Presses this soon after the card came are meant for what was there before. */
const SETTLE_MS = 150;

export class Card {
  #host: HTMLElement | null = null;
  #root: ShadowRoot | null = null;
  #boxes: () => readonly DOMRect[] = () => [];
  #shownAt = 0;
  #focusBefore: HTMLElement | null = null;
  /** What has the focus coming when the keyboard returns from a walk through the frames in here. */
  #owed: HTMLElement | null = null;
  #keyboard = false;
  #onClosed: () => void = () => undefined;

  get isOpen(): boolean {
    return this.#root?.querySelector('.card') != null;
  }

  get hasFocus(): boolean {
    return this.#root?.activeElement != null;
  }

  /** Whether an event happened inside: its path shows the host alone, to the page and to us. */
  holds(event: Event): boolean {
    return this.#host !== null && event.composedPath()[0] === this.#host;
  }

  /** The small mark over the corner of a number that the pointer is on. */
  glyph(boxes: () => readonly DOMRect[]): void {
    const box = boxes().at(-1);
    const root = this.#open();
    root.querySelector('.glyph')?.remove();
    if (box === undefined) return;
    const glyph = make('span', 'glyph');
    glyph.append(icon('phone', 13));
    place(glyph, Math.min(box.right - 12, innerWidth - 24), Math.max(2, box.top - 15));
    root.append(glyph);
  }

  show(view: CardView, boxes: () => readonly DOMRect[], how: { keyboard: boolean; onClosed: () => void }): void {
    const root = this.#open();
    const again = this.isOpen && this.#keyboard === how.keyboard;
    this.#boxes = boxes;
    this.#onClosed = how.onClosed;
    if (!again) this.#shownAt = performance.now();
    root.querySelector('.card')?.remove();
    const card = this.#build(view);
    root.append(card);
    this.#keyboard = how.keyboard;
    this.#place(card);
    this.#ring(root);
    if (!how.keyboard) return;
    this.#focusBefore ??= this.#focusOwed();
    card.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
    const status = root.querySelector('[role=status]');
    if (status !== null) status.textContent = view.spoken ?? view.title;
  }

  /** Takes everything away; the focus goes back to where it was. */
  close(): void {
    const host = this.#host;
    if (host === null) return;
    const focused = this.hasFocus;
    this.#host = this.#root = null;
    host.remove();
    if (focused) this.#focusBefore?.focus({ preventScroll: true });
    this.#focusBefore = null;
    this.#keyboard = false;
    const closed = this.#onClosed;
    this.#onClosed = () => undefined;
    closed();
  }

  /** Closes because the keyboard walks on into another frame. */
  passOn(): void {
    // Said again at each step over there, when there is nothing left to close here.
    this.#owed = this.#focusBefore ?? this.#owed;
    this.close();
  }

  /** After a walk through a frame the page's focus is on that frame, where nobody put it. */
  #focusOwed(): HTMLElement | null {
    const [focused, owed] = [deepFocus(), this.#owed];
    this.#owed = null;
    return focused instanceof HTMLIFrameElement && owed?.isConnected === true ? owed : focused;
  }

  #open(): ShadowRoot {
    if (this.#root !== null && this.#host?.isConnected === true) return this.#root;
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'closed' });
    dress(root);
    const status = make('div', 'hidden');
    status.setAttribute('role', 'status');
    root.append(status);
    host.popover = 'manual';
    document.documentElement.append(host);
    host.showPopover();
    // What is typed and pressed on the card is none of the page's business on its way out.
    for (const type of ['keydown', 'keyup', 'keypress', 'click', 'pointerdown', 'mousedown', 'wheel']) {
      root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
    }
    this.#host = host;
    this.#root = root;
    return root;
  }

  #build(view: CardView): HTMLElement {
    const card = make('div', `card ${view.look ?? ''}`);
    card.setAttribute('role', 'dialog');
    card.setAttribute('aria-label', view.spoken ?? view.title);
    const title = make('b');
    const words = make('bdi', '', view.title);
    if (view.isNumber === true) words.dir = 'ltr';
    title.append(words);
    const head = make('div', 'head');
    const names = make('div');
    if (view.look === 'done') head.append(icon('check', 20));
    names.append(title);
    if (view.detail !== undefined && view.detail !== '') names.append(make('small', '', view.detail));
    head.append(names, logo());
    card.append(head);
    if (view.look === 'calling') card.append(make('div', 'rope'));
    for (const row of view.rows) {
      const buttons = make('div', 'row');
      buttons.append(...row.map((button) => this.#button(button)));
      card.append(buttons);
    }
    if (view.note !== undefined) card.append(make('p', '', view.note));
    card.addEventListener('keydown', (event) => this.#key(event, view));
    return card;
  }

  #button({ words, look, icon: name, run }: Button): HTMLElement {
    const button = document.createElement('button');
    button.className = look;
    button.type = 'button';
    if (name !== undefined) button.append(icon(name, 18));
    button.append(words);
    button.addEventListener('click', (event) => {
      if (event.isTrusted && performance.now() - this.#shownAt >= SETTLE_MS) run();
    });
    return button;
  }

  #key(event: KeyboardEvent, view: CardView): void {
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      return this.close();
    }
    if (event.key === 'Tab') return this.#keepFocus(event);
    const button = view.rows.flat().find(({ key }) => key === event.key.toLowerCase());
    if (button === undefined) return;
    event.preventDefault();
    button.run();
  }

  /** A dialog keeps Tab among its buttons. */
  #keepFocus(event: KeyboardEvent): void {
    const buttons = [...(this.#root?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === this.#root?.activeElement);
    event.preventDefault();
    buttons.at((at + (event.shiftKey ? -1 : 1)) % buttons.length)?.focus();
  }

  #place(card: HTMLElement): void {
    const box = this.#boxes()[0] ?? new DOMRect(EDGE, EDGE, 0, 0);
    const { width, height } = card.getBoundingClientRect();
    const below = box.bottom + GAP;
    const fits = below + height + EDGE <= innerHeight || box.top - GAP - height < EDGE;
    place(
      card,
      Math.max(EDGE, Math.min(box.left - 2, innerWidth - width - EDGE)),
      fits ? Math.max(EDGE, Math.min(below, innerHeight - height - EDGE)) : box.top - GAP - height,
    );
  }

  /** The two-tone ring of the keyboard, seen on any page. */
  #ring(root: ShadowRoot): void {
    for (const ring of root.querySelectorAll('.ring')) ring.remove();
    if (!this.#keyboard) return;
    for (const box of this.#boxes()) {
      const ring = make('span', 'ring');
      place(ring, box.left - 2, box.top - 1);
      ring.style.width = `${box.width + 4}px`;
      ring.style.height = `${box.height + 2}px`;
      root.prepend(ring);
    }
  }
}

function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CARD_STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox keeps constructed sheets from content scripts.
    const style = document.createElement('style');
    style.textContent = CARD_STYLE;
    root.append(style);
  }
}

function make(tag: string, className = '', text = ''): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}

function place(element: HTMLElement, left: number, top: number): void {
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}

function deepFocus(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement != null) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement ? focused : null;
}
