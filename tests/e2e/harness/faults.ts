/** What axe has against an open page of the extension, in light and in dark. */

import type { Page } from 'playwright';
import { readByAxe } from '../../../scripts/stage/axe';

export async function faultsInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await readByAxe(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  return found;
}
