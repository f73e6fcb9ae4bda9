/** Clicks on a marked number as a hand would: where it is painted, with a trusted event. */

import type { Page } from 'playwright';
import { until } from './until';

/** Clicks once on the number. Returns when (`performance.now()`). */
export async function clickNumber(page: Page, text: string): Promise<number> {
  const { x, y } = await pointAt(page, text);
  const at = performance.now();
  await page.mouse.click(x, y);
  return at;
}

/** Waits until the number is marked, goes there, and waits until it answers: a mark that has only just appeared does not. */
export async function pointAt(page: Page, text: string): Promise<{ readonly x: number; readonly y: number }> {
  const place = await until(`${text} is marked`, () => centreOfMark(page, text));
  await page.mouse.move(place.x, place.y);
  await until(`${text} answers to the pointer`, () => isUnderPointer(page, text));
  return place;
}

function isUnderPointer(page: Page, text: string): Promise<boolean> {
  return page.evaluate((wanted) => {
    const range = document.createRange();
    return [...(CSS.highlights.get('holdfast-hover') ?? [])].some((lit) => {
      range.setStart(lit.startContainer, lit.startOffset);
      range.setEnd(lit.endContainer, lit.endOffset);
      return range.toString() === wanted;
    });
  }, text);
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
