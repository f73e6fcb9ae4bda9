/** Clicks on a marked number as a hand would: where it is painted, with a trusted event. */

import type { Page } from 'playwright';
import { until } from './until';

/**
 * Waits until the number is marked, goes there, waits until it answers to the pointer (a mark that has only just appeared
 * does not), and clicks once. Returns when it was clicked (`performance.now()`).
 */
export async function clickNumber(page: Page, text: string): Promise<number> {
  const { x, y } = await until(`${text} is marked`, () => centreOfMark(page, text));
  await page.mouse.move(x, y);
  await until(`${text} answers to the pointer`, () => isUnderPointer(page));
  await page.mouse.move(x, y);
  // A number that appeared only just now under a pointer is not called: the look of hovering says that it will be.
  await until(`${text} may be clicked`, () =>
    page.evaluate(() => (CSS.highlights.get('holdfast-hover')?.size ?? 0) > 0),
  );
  const at = performance.now();
  await page.mouse.click(x, y);
  return at;
}

function isUnderPointer(page: Page): Promise<boolean> {
  return page.evaluate(() => (CSS.highlights.get('holdfast-hover')?.size ?? 0) > 0);
}

/** The middle of the highlight that reads `text`, in CSS pixels; null while there is none. */
export function centreOfMark(page: Page, text: string): Promise<{ readonly x: number; readonly y: number } | null> {
  return page.evaluate((wanted) => {
    const ranges = [...CSS.highlights.values()].flatMap((highlight) => [...highlight.values()]);
    for (const marked of ranges) {
      const range = document.createRange();
      range.setStart(marked.startContainer, marked.startOffset);
      range.setEnd(marked.endContainer, marked.endOffset);
      if (range.toString() !== wanted) continue;
      range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
      const box = range.getBoundingClientRect();
      if (box.width > 0) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    return null;
  }, text);
}
