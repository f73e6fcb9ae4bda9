/** What one connection of a line leaves to the next: the session's id, its routing token, and which node to ask for. */

import type { KnownSession } from './dialects/dialect';
import type { Routing } from './server-url';

export class Continuity {
  readonly #onKnown: () => void;
  #known: KnownSession | null;
  /** A routing token heard before the session had its id. */
  #stickyHeard: string | null = null;
  #connectedBefore = false;
  #skipLast = false;
  #readyBefore: boolean;

  /** `known` is the session of an earlier life, `onKnown` is told whenever it is another. */
  constructor(known: KnownSession | null, onKnown: () => void) {
    this.#known = known;
    this.#readyBefore = known !== null;
    this.#onKnown = onKnown;
  }

  /** What a later life needs to come back; null before the first sign-in. */
  get known(): KnownSession | null {
    return this.#known;
  }
  /** Was the line ready before, in this life or an earlier one? Then it comes back, instead of coming. */
  get readyBefore(): boolean {
    return this.#readyBefore;
  }
  /** Which way the next connection goes. */
  get routing(): Routing {
    return {
      sticky: this.#known?.sticky ?? null,
      firstConnection: !this.#connectedBefore,
      skipLast: this.#skipLast,
    };
  }

  /** A socket opened. */
  opened(): void {
    this.#connectedBefore = true;
  }

  /** A frame carried a routing token. */
  routed(sticky: string): void {
    if (this.#known) this.#setKnown({ ...this.#known, sticky });
    this.#stickyHeard = sticky;
  }

  /** The server said which session this is. */
  signedIn(sessid: string): void {
    this.#setKnown({ sessid, sticky: this.#stickyHeard ?? this.#known?.sticky ?? null });
  }

  ready(): void {
    this.#readyBefore = true;
    this.#skipLast = false;
  }

  /** The gateway behind this node failed: the next connection asks for another node. */
  nodeFailed(): void {
    this.#skipLast = true;
  }

  forget(): void {
    this.#known = null;
  }

  #setKnown(known: KnownSession): void {
    if (this.#known?.sessid === known.sessid && this.#known.sticky === known.sticky) return;
    this.#known = known;
    this.#onKnown();
  }
}
