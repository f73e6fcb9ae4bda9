/** Everything on the page that can be called and seen, in its order, and which of it the keyboard walked to last. */

import type { CardPage, CardTarget, Found } from '../../lib/extension/card-door';
import type { WalkPlaces } from '../../lib/extension/contract';
import { findAll } from './find-all';

/** Longest wait for the background's verdicts. */
const ANSWER_MS = 1500;

export class Places {
  readonly #page: CardPage;
  #targets: readonly CardTarget[] = [];
  #walked: CardTarget | null = null;
  #walkedAt = 0;

  constructor(page: CardPage) {
    this.#page = page;
  }

  /** Found afresh each time: the page may have changed all of it. */
  async look(): Promise<WalkPlaces> {
    const found = findAll(this.#page).sort(byPlace);
    const until = performance.now() + ANSWER_MS;
    while (found.filter((one) => one.target() === undefined).length > 0 && performance.now() < until)
      await this.#page.answered();
    this.#targets = found.flatMap((one) => {
      const target = one.target();
      return target != null && target.boxes().length > 0 ? [target] : [];
    });
    const last = this.#targets.findIndex(
      ({ element, at }) => element === this.#walked?.element && at === this.#walked.at,
    );
    return { count: this.#targets.length, last, at: this.#walkedAt };
  }

  /** Null where it is gone. */
  goTo(index: number): CardTarget | null {
    const target = this.#targets[index];
    if (target === undefined) return null;
    this.#walked = target;
    this.#walkedAt = Date.now();
    return target;
  }
}

/** Numbers of one text node stand in their order already. */
function byPlace({ node: one }: Found, { node: other }: Found): number {
  const order = one.compareDocumentPosition(other);
  return order === 0 ? 0 : order & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1;
}
