/** Opens one case in one view and says everything that is wrong with it; may leave a picture. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import type { Case } from './case';
import type { Harness, View } from './harness';

const THEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
} as const;
export type Theme = keyof typeof THEMES;

export interface Inspection {
  readonly view?: View;
  /** Looked at one after the other on the same page; axe reads those that the page colours itself. Light alone, unread, where there are none. */
  readonly themes?: readonly Theme[];
  /** Where the picture of a theme goes. */
  readonly picture?: (theme: Theme) => string;
}

export async function inspect(
  harness: Harness,
  drawn: Case,
  { view = {}, themes = [], picture }: Inspection,
): Promise<readonly string[]> {
  const panel = drawn.frame === 'sidepanel';
  const page = await harness.open(drawn.name, {
    scale: picture === undefined ? 1 : 2,
    ...(panel ? { width: 400, height: 900 } : {}),
    ...(drawn.tab ? { width: 1024, height: 900, tab: true } : {}),
    ...view,
  });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`Threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`Said: ${message.text()}`);
  });
  const measure = () =>
    page.evaluate((rules) => window.screens.measure(rules), {
      ellipsis: drawn.long === true || panel,
      scrolls: drawn.tab !== undefined,
    });
  try {
    if (view.longer !== true && view.lang === undefined) await drawn.act?.(page);
    if (themes.length === 0) {
      faults.push(...(await measure()));
      if (picture !== undefined) await page.screenshot({ path: picture('light'), fullPage: drawn.tab !== undefined });
    }
    for (const theme of themes) {
      await page.emulateMedia(THEMES[theme]);
      const found = [...(await measure()), ...(await readByAxe(page, theme))];
      faults.push(...found.map((fault) => `${theme}: ${fault}`));
      if (picture !== undefined) await page.screenshot({ path: picture(theme), fullPage: drawn.tab !== undefined });
    }
    return faults;
  } finally {
    await page.context().close();
  }
}

/** Dark differs from light in nothing but its colours; forced colours are the person's own. */
async function readByAxe(page: Page, theme: Theme): Promise<readonly string[]> {
  if (theme === 'forced') return [];
  const axe = new AxeBuilder({ page });
  const { violations } = await (
    theme === 'dark' ? axe.withRules(['color-contrast', 'link-in-text-block']) : axe
  ).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `axe ${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}
