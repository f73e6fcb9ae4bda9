/** Clicks on a marked number as a hand would: where it is painted, with a trusted event. */

import type { Page } from 'playwright';
import { until } from './until';

/** Waits until the number is marked and clicks once. Returns when it was clicked (`performance.now()`). */
export async function clickNumber(page: Page, text: string): Promise<number> {
  const { x, y } = await until(`${text} is marked`, () => centreOfMark(page, text));
  const at = performance.now();
  await page.mouse.click(x, y);
  return at;
}

/** The middle of the highlight that reads `text`, in CSS pixels; null while there is none. */
export function centreOfMark(page: Page, text: string): Promise<{ readonly x: number; readonly y: number } | null> {
  return page.evaluate((wanted) => {
    const ranges = [...CSS.highlights.values()].flatMap((highlight) => [...highlight.values()]);
    for (const range of ranges) {
      if (!(range instanceof Range) || range.toString() !== wanted) continue;
      range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
      const box = range.getBoundingClientRect();
      if (box.width > 0) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    return null;
  }, text);
}
