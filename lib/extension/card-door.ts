/** How the marking script of a page reaches the card's script, which comes to the same isolated world at the first need. */

import type { NumberReading } from '../numbers/number';
import type { WalkPlaces, WalkStep } from './contract';

/** What a card is about: a marked number or a link that dials. */
export interface CardTarget {
  /** What the marking script knows a number by; null for a link. */
  readonly mark: object | null;
  /** What the background is asked to dial: `+12065550119;ext=4` or the link's address. */
  readonly dial: string;
  /** What stands on the page, for "Not a number"; null for a link. */
  readonly candidate: string | null;
  /** As the page shows it. */
  readonly reads: string;
  /** Empty for a link: the background reads its address. */
  readonly readings: readonly NumberReading[];
  /** What holds it, and how far in it begins: the same number is the same place, however often it is found. */
  readonly element: Element | null;
  readonly at: number;
  /** The boxes it takes on the screen, in the viewport's pixels; empty where it is gone. */
  boxes(): readonly DOMRect[];
  /** Whether the page still reads there what would be dialled. */
  isStillThere(): boolean;
}

/** A link or a maybe-number as it was met on the page. */
export interface Found {
  readonly node: Node;
  /** Undefined while the background is asked for it; null: it is not to be called. */
  target(): CardTarget | null | undefined;
}

/** What the marking script lends to the card's. */
export interface CardPage {
  /** The target that is being called, for its look on the page; null for none any more. */
  calling(target: CardTarget | null): void;
  /** Reads what is below the root anew: its numbers run by run, and each element that is met on the way. */
  read(root: Node, onElement: (element: Element) => void): Iterable<readonly Found[]>;
  /** Null where it is no link that dials. */
  linkAt(element: Element): CardTarget | null;
  /** Settles when the background said more of what was found. */
  answered(): Promise<void>;
}

export interface CardDoor {
  readonly target: CardTarget | null;
  readonly isOpen: boolean;
  readonly hasFocus: boolean;
  open(target: CardTarget): Promise<void>;
  /** What of the page can be called and seen, for the walk by keyboard. */
  places(): Promise<WalkPlaces>;
  /** To one of the `places`: opens with the focus. Null: the walk goes on in another frame, and may come back. */
  walk(step: WalkStep | null): void;
  /** A person's gesture: calls at once, unless something must be asked first. */
  call(target: CardTarget): Promise<void>;
  /** The small mark over the corner of a number under the pointer; null takes it away. */
  hover(target: CardTarget | null): void;
  /** Whether an event happened on the card. */
  holds(event: Event): boolean;
  close(): void;
}

export type MakeCard = (page: CardPage) => CardDoor;

// An isolated world has globals of its own: the page sees none of them.
const world: { [key: symbol]: MakeCard | undefined } = globalThis;
const KEY = Symbol.for('holdfast.card');

/** Called once by the card's script. */
export function offerCard(make: MakeCard): void {
  world[KEY] = make;
}

/** Null until the card's script has run here. */
export function offeredCard(): MakeCard | null {
  return world[KEY] ?? null;
}
