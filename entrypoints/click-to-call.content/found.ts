/** Everything on the page that may be called, wherever it stands: for the walk by keyboard. */

import type { Found } from '../../lib/extension/card-door';
import { targetOfLink } from './target';
import { LINKS, runsIn, type Run } from './text';

/** Longest list. */
const MOST = 500;

export function findAll(numbersIn: (run: Run) => Found[]): Found[] {
  const found: Found[] = [];
  const roots: Node[] = [document];
  for (const root of roots) {
    const meet = (node: Element): void => {
      if (node.shadowRoot !== null) roots.push(node.shadowRoot);
      if (node.matches(LINKS)) found.push({ node, target: () => targetOfLink(node) });
    };
    for (const run of runsIn(root, meet)) {
      if (found.length > MOST) break;
      if (run !== null) found.push(...numbersIn(run));
    }
  }
  return found;
}
