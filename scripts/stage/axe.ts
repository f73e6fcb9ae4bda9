/** Asks axe what a person could not see, reach or hear on an open page. */

import axe from 'axe-core';
import type { Page } from 'playwright';

/**
 * One sentence for each place that breaks a rule; of those rules alone, if any are named. Runs in the page's own frame,
 * from a script given to the debugger, which no content security policy of the page stands against.
 */
export async function readByAxe(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (wanted) =>
      window.axe.run(document, {
        resultTypes: ['violations'],
        ...(wanted.length > 0 && { runOnly: { type: 'rule' as const, values: [...wanted] } }),
      }),
    rules,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `axe ${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
