/** Everything on the page that may be called, wherever it stands: for the walk by keyboard. */

import type { CardPage, Found } from '../../lib/extension/card-door';

/** Longest list. */
const MOST = 500;

export function findAll(page: CardPage): Found[] {
  const found: Found[] = [];
  const roots: Node[] = [document];
  for (const root of roots) {
    const meet = (node: Element): void => {
      if (node.shadowRoot !== null) roots.push(node.shadowRoot);
      if (page.linkAt(node) !== null) found.push({ node, target: () => page.linkAt(node) });
    };
    for (const numbers of page.read(root, meet)) {
      if (found.length > MOST) break;
      found.push(...numbers);
    }
  }
  return found;
}
