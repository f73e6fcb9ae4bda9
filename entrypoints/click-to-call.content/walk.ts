/** The way without a pointer: from number to number of the page, each with its card, and the list of them for the popup. */

import type { CardDoor } from '../../lib/extension/card-door';
import { t } from '../../lib/extension/i18n';
import type { PageNumber } from '../../lib/extension/contract';
import type { Ask } from './ask';
import { Marks, type Mark } from './marks';
import { targetOfLink, targetOfMark, type Target } from './target';
import { LINKS, runsIn } from './text';

/** Longest list that is walked. */
const MOST = 500;
/** Longest wait for the background's verdicts. */
const ANSWER_MS = 1500;

export class Walk {
  readonly #ask: Ask;
  readonly #card: () => Promise<CardDoor>;
  #at: Target | null = null;

  constructor(ask: Ask, card: () => Promise<CardDoor>) {
    this.#ask = ask;
    this.#card = card;
  }

  /** Opens the card of the number after the last one; false where the page has none. */
  async next(): Promise<boolean> {
    const targets = await this.#targets();
    if (targets.length === 0 || !hasFocus()) return false;
    const last = targets.findIndex((target) => isSame(target, this.#at));
    const index = (last + 1) % targets.length;
    const target = targets[index];
    if (target === undefined) return false;
    this.#at = target;
    const element = target.link ?? target.mark?.nodes[0]?.parentElement;
    if (!isWithin(target.boxes()[0])) element?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const card = await this.#card();
    await card.open(target, { keyboard: true, place: t('card_place', index + 1, targets.length) });
    return true;
  }

  async numbers(): Promise<PageNumber[]> {
    const targets = await this.#targets();
    return targets.flatMap(({ mark }, index) => (mark?.number ? [{ ...mark.number, index }] : []));
  }

  /** Everything that can be called and seen, in the order of the page; found afresh, so that nothing is held meanwhile. */
  async #targets(): Promise<Target[]> {
    const marks = new Marks(() => undefined);
    const found: (Mark | Element)[] = [];
    const roots: Node[] = [document];
    for (let root = roots.shift(); root !== undefined && found.length < MOST; root = roots.shift()) {
      const meet = (element: Element): void => {
        if (element.shadowRoot !== null) roots.push(element.shadowRoot);
        if (element.matches(LINKS)) found.push(element);
      };
      for (const run of runsIn(root, meet)) if (run !== null && found.length < MOST) found.push(...marks.read(run));
    }
    found.sort((one, other) => (isBefore(nodeOf(one), nodeOf(other)) ? -1 : 1));
    await this.#verdicts(found);
    return found.flatMap((one) => {
      const target = one instanceof Element ? targetOfLink(one) : targetOfMark(one);
      return target !== null && target.boxes().length > 0 ? [target] : [];
    });
  }

  async #verdicts(found: readonly (Mark | Element)[]): Promise<void> {
    const until = performance.now() + ANSWER_MS;
    for (;;) {
      let waiting = false;
      for (const mark of found) {
        if (mark instanceof Element) continue;
        mark.number = this.#ask.about(mark.candidate);
        if (mark.number === undefined) waiting = true;
      }
      if (!waiting || performance.now() > until) return;
      await this.#ask.answered();
    }
  }
}

/** Marks are found afresh for each step, so they are compared by their place. */
function isSame(one: Target, other: Target | null): boolean {
  if (other === null || one.link !== other.link) return false;
  return one.mark?.nodes[0] === other.mark?.nodes[0] && one.mark?.start === other.mark?.start;
}

/** Of all the frames of a tab, the one that the person is in. */
function hasFocus(): boolean {
  return document.hasFocus() && !(document.activeElement instanceof HTMLIFrameElement);
}

function nodeOf(one: Mark | Element): Node | undefined {
  return one instanceof Element ? one : one.nodes[0];
}

function isBefore(one: Node | undefined, other: Node | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function isWithin(box: DOMRect | undefined): boolean {
  return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
}
