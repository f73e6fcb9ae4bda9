/** A page that never stops changing: its numbers are still found, none is stale, and nothing of what it threw away is held. */

import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../../scripts/stage/until';
import { Granted, marksOf, untilMarked } from './granted';

let granted: Granted;
beforeAll(async () => {
  granted = await Granted.open();
});
afterAll(() => granted.close());

/** A page that churns is read the more seldom the longer a reading takes: on a busy machine, twice a minute. */
const PATIENCE_MS = 60_000;

/** 3,000 changes a second until `calm()`: rows that come and go, texts that are replaced, and one that is written over. */
const CHURN = `<!doctype html><main><p id="still">(415) 555-0100</p><p id="over">x</p><p id="replaced">x</p></main><div id="log"></div><script>
  let count = 0;
  const change = () => {
    const number = '(415) 555-' + (1000 + count++ % 9000);
    const row = document.createElement('p');
    row.innerHTML = count % 10 === 0 ? 'ring <b>' + number + '</b>' : 'message ' + count;
    log.append(row);
    if (log.childElementCount > 50) log.firstElementChild.remove();
    over.firstChild.data = count % 7 === 0 ? number : 'at ' + count;
    replaced.textContent = 'or ' + number;
  };
  const timer = setInterval(() => { for (let i = 0; i < 10; i++) change(); }, 10);
  window.calm = () => clearInterval(timer);
  window.changes = () => count;
</script>`;

/** In each of many frames: what is painted that does not read as a number. */
function stale(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const wrong: string[] = [];
    for (let frame = 0; frame < 60; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const { startContainer, startOffset, endContainer, endOffset } of CSS.highlights.get('holdfast') ?? []) {
        if (!startContainer.isConnected) continue;
        const text = (startContainer.textContent ?? '').slice(startOffset, endOffset);
        if (startContainer !== endContainer || !/^\(415\) 555-\d{4}$/.test(text)) wrong.push(text);
      }
    }
    return wrong;
  });
}

async function changed(page: Page, times: number): Promise<void> {
  const enough = (least: number): boolean => (window as unknown as { changes(): number }).changes() > least;
  await page.waitForFunction(enough, times, { timeout: PATIENCE_MS });
}

async function untilAmongMarks(page: Page, number: string): Promise<void> {
  await until(`${number} is marked`, async () => (await marksOf(page)).includes(number), PATIENCE_MS);
}

it('finds new numbers while the page churns, paints none that is stale, and follows at once when it is calm', async () => {
  const page = await granted.page(CHURN);
  await untilAmongMarks(page, '(415) 555-0100');
  await changed(page, 800);
  expect(await stale(page)).toEqual([]);
  await page.evaluate(() => document.querySelector('main')?.append('late: (415) 555-0199'));
  await untilAmongMarks(page, '(415) 555-0199');
  await page.evaluate(() => {
    const text = document.getElementById('still')?.firstChild;
    if (text) text.nodeValue = 'nothing any more';
  });
  expect(await stale(page)).toEqual([]);
  expect(await marksOf(page)).not.toContain('(415) 555-0100');
  await page.evaluate(() => {
    (window as unknown as { calm(): void }).calm();
    document.getElementById('log')?.remove();
    document.querySelector('main')?.replaceChildren('only 415-555-0102');
  });
  await untilMarked(page, ['415-555-0102'], PATIENCE_MS);
});

it('holds nothing of 10,000 nodes that came and went', async () => {
  const page = await granted.page(CHURN);
  const session = await page.context().newCDPSession(page);
  const nodes = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Memory.getDOMCounters')).nodes;
  };
  await changed(page, 1000);
  const early = await nodes();
  await changed(page, 4000);
  // 3,000 rounds made 10,000 nodes more; what is there at a moment is some 150.
  await until('the rest is given back', async () => (await nodes()) < early + 500, PATIENCE_MS);
});
