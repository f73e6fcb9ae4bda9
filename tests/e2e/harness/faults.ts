/** What axe has against an open page of the extension, in light and in dark. */

import type { Page } from 'playwright';
import { readByAxe } from '../../../scripts/stage/axe';

export async function faultsInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The change of the media feature lets an open sheet fade in anew; half transparent, its contrast is none of its own.
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState, effect }) => {
        const { endTime } = effect?.getComputedTiming() ?? {};
        return playState !== 'running' || typeof endTime !== 'number' || endTime > 1_000;
      }),
    );
    found.push(...(await readByAxe(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  return found;
}
