/** Opens one case in one view and says everything that is wrong with it; may leave a picture. */

import type { Page } from 'playwright';
import { readByAxe } from '../stage/axe';
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
  /** Then also as narrow as a sidebar may be, at twice the size of type, and from right to left, on the same page. */
  readonly strained?: boolean;
  /** Where the picture of a theme goes. */
  readonly picture?: (theme: Theme) => string;
}

export function inspect(
  harness: Harness,
  drawn: Case,
  { view = {}, themes = [], strained = false, picture }: Inspection,
): Promise<readonly string[]> {
  const panel = drawn.frame === 'sidepanel';
  const seen: View = {
    scale: picture === undefined ? 1 : 2,
    ...(panel ? { width: 400, height: 900 } : {}),
    ...(drawn.tab ? { width: 1024, height: 900, tab: true } : {}),
    ...view,
  };
  return harness.draw(drawn.name, seen, async (page, thrown) => {
    const measure = () =>
      page.evaluate((rules) => window.screens.measure(rules), {
        ellipsis: drawn.long === true || panel,
        scrolls: drawn.tab !== undefined,
      });
    const photograph = async (theme: Theme) => {
      if (picture !== undefined) await page.screenshot({ path: picture(theme), fullPage: drawn.tab !== undefined });
    };
    const faults: string[] = [];
    if (view.longer !== true && view.lang === undefined) await drawn.act?.(page);
    await settled(page);
    if (themes.length === 0) {
      faults.push(...(await measure()));
      await photograph('light');
    }
    for (const theme of themes) {
      await page.emulateMedia(THEMES[theme]);
      await settled(page);
      const found = [...(await measure()), ...(await readIn(theme, page))];
      faults.push(...found.map((fault) => `${theme}: ${fault}`));
      await photograph(theme);
    }
    for (const strain of strained ? STRAINS : []) {
      await page.emulateMedia(THEMES.light);
      const relax = await strain.put(page, drawn);
      await settled(page);
      await laidOut(page);
      faults.push(...(await measure()).map((fault) => `${strain.name}: ${fault}`));
      await relax();
    }
    return [...thrown, ...faults];
  });
}

/** What follows the size of something else has followed it. */
function laidOut(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

interface Strain {
  readonly name: string;
  /** Returns what takes it away. */
  put(page: Page, drawn: Case): Promise<() => Promise<void>>;
}

/** Firefox lets its sidebar be this narrow; the popup's pages have the same components. */
const NARROWEST = 252;

const STRAINS: readonly Strain[] = [
  {
    name: 'narrow, from right to left',
    async put(page, { tab }) {
      const before = page.viewportSize() ?? { width: 380, height: 600 };
      const frame = await page.evaluate(() => document.body.className);
      await page.evaluate((kind) => (document.body.className = kind), tab ? frame : 'sidepanel');
      await page.evaluate(() => (document.documentElement.dir = 'rtl'));
      const width = tab ? 320 : NARROWEST;
      await page.setViewportSize({ ...before, width });
      // A busy browser resizes its page after it said so.
      await page.waitForFunction((wanted) => innerWidth === wanted, width);
      return async () => {
        await page.evaluate(() => (document.documentElement.dir = 'ltr'));
        await page.setViewportSize(before);
        await page.evaluate((kind) => (document.body.className = kind), frame);
      };
    },
  },
  {
    name: 'large',
    async put(page) {
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      return () => page.evaluate(() => void (document.documentElement.style.fontSize = '100%'));
    },
  },
];

/** No key is lit by what was typed, and whatever moves or fades for a moment is brought to where it arrives; what turns for ever goes on. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const passing = document.getAnimations().filter(({ playState, effect }) => {
      const { endTime } = effect?.getComputedTiming() ?? {};
      return playState === 'running' && typeof endTime === 'number' && endTime <= 1_000;
    });
    // One that ends may begin another: asked again with the next frame.
    for (const one of passing) one.finish();
    return passing.length === 0 && document.querySelector('.key.down') === null;
  });
}

/** Dark differs from light in nothing but its colours; forced colours are the person's own. */
async function readIn(theme: Theme, page: Page): Promise<readonly string[]> {
  if (theme === 'forced') return [];
  return readByAxe(page, theme === 'dark' ? ['color-contrast', 'link-in-text-block'] : []);
}
