/** Everything on the page that can be called and seen, in its order: for the walk by keyboard and for the popup's list. */

import type { Ask } from './ask';
import { Marks, type Mark } from './marks';
import { targetOfLink, targetOfMark, type Target } from './target';
import { LINKS, runsIn } from './text';

/** Longest list. */
const MOST = 500;
/** Longest wait for the background's verdicts. */
const ANSWER_MS = 1500;

/** Found afresh, so that nothing is held meanwhile. */
export async function targetsOnPage(ask: Ask): Promise<Target[]> {
  const marks = new Marks(() => undefined);
  const found: (Mark | Element)[] = [];
  const roots: Node[] = [document];
  for (const root of roots) {
    const meet = (element: Element): void => {
      if (element.shadowRoot !== null) roots.push(element.shadowRoot);
      if (element.matches(LINKS)) found.push(element);
    };
    for (const run of runsIn(root, meet)) {
      if (found.length > MOST) break;
      if (run !== null) found.push(...marks.read(run));
    }
  }
  found.sort(byPlace);
  const until = performance.now() + ANSWER_MS;
  while (found.filter((one) => !isKnown(one, ask)).length > 0 && performance.now() < until) await ask.answered();
  return found.flatMap((one) => {
    const target = one instanceof Element ? targetOfLink(one) : targetOfMark(one);
    return target !== null && target.boxes().length > 0 ? [target] : [];
  });
}

function isKnown(one: Mark | Element, ask: Ask): boolean {
  if (one instanceof Element) return true;
  one.number = ask.about(one);
  return one.number !== undefined;
}

/** Numbers of one text node stand in their order already. */
function byPlace(one: Mark | Element, other: Mark | Element): number {
  const order = nodeOf(one).compareDocumentPosition(nodeOf(other));
  return order === 0 ? 0 : order & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1;
}

function nodeOf(one: Mark | Element): Node {
  return one instanceof Element ? one : one.nodes[0];
}
