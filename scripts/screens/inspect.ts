/** Opens one case in one view and says everything that is wrong with it; may leave a picture. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Case } from './cases';
import type { Harness, View } from './harness';

export interface Inspection {
  readonly view: View;
  readonly axe?: boolean;
  /** Where the picture goes. */
  readonly picture?: string;
}

export async function inspect(
  harness: Harness,
  drawn: Case,
  { view, axe = false, picture }: Inspection,
): Promise<readonly string[]> {
  const panel = drawn.frame === 'sidepanel';
  const page = await harness.open(drawn.name, { ...(panel ? { width: 400, height: 900 } : {}), ...view });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`Threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`Said: ${message.text()}`);
  });
  try {
    if (view.dir !== 'rtl' && view.longer !== true) await drawn.act?.(page);
    faults.push(
      ...(await page.evaluate((rules) => window.screens.measure(rules), { ellipsis: drawn.long === true || panel })),
    );
    if (axe) {
      const { violations } = await new AxeBuilder({ page }).analyze();
      faults.push(
        ...violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `axe ${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
        ),
      );
    }
    if (picture !== undefined) await page.screenshot({ path: picture });
    return faults;
  } finally {
    await page.context().close();
  }
}
