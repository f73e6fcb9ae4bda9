/** The card by pointer and by keyboard: what it shows, where the focus goes, and that only a person can use it. */

import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../../scripts/stage/until';
import { Granted, untilMarked } from './granted';

let granted: Granted;
beforeAll(async () => {
  granted = await Granted.open();
});
afterAll(() => granted.close());

/** What assistive technology is told: the only look into a closed shadow root that there is. */
async function spoken(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored, role }) => !ignored && ['dialog', 'button', 'status'].includes(String(role?.value)))
    .map(({ role, name }) => `${String(role?.value)} ${String(name?.value)}`)
    .join(' | ');
}

async function walk(page: Page): Promise<void> {
  await page.bringToFront();
  const worker = await granted.stage.worker();
  const url = page.url();
  await worker.evaluate(async (address) => {
    const [tab] = await chrome.tabs.query({ url: address.replace(/:\d+/, '') + '*' });
    const all = await chrome.tabs.query({});
    const id = (all.find((one) => one.url === address) ?? tab)?.id;
    if (id !== undefined) await chrome.tabs.sendMessage(id, { to: 'tab', call: 'walk' });
  }, url);
}

it('walks the numbers by keyboard, keeps Tab inside, and gives the focus back', async () => {
  const page = await granted.page(`<!doctype html><input id="field"><p>(415) 555-0101 and (415) 555-0102</p>
    <a href="tel:+14155550103">Call Tom</a>`);
  await untilMarked(page, ['(415) 555-0101', '(415) 555-0102']);
  await page.bringToFront();
  await page.locator('#field').focus();
  await walk(page);
  await until('the first is open', async () =>
    (await spoken(page)).includes('Phone number (415) 555-0101, 1 of 3. Enter to call.'),
  );
  expect(await spoken(page)).toContain('button Call');
  expect(await page.evaluate(() => document.activeElement?.matches('[popover]'))).toBe(true);
  for (let step = 0; step < 5; step++) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.matches('[popover]'))).toBe(true);
  await walk(page);
  await until('the second is open', async () => (await spoken(page)).includes('555-0102, 2 of 3'));
  await walk(page);
  await until('the link is open', async () => (await spoken(page)).includes('555-0103, 3 of 3'));
  await walk(page);
  await until('it wraps', async () => (await spoken(page)).includes('555-0101, 1 of 3'));
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('field');
  expect(await page.evaluate(() => document.querySelector('[popover]'))).toBeNull();
});

it('asks which country where two readings fit, and offers the extension', async () => {
  const page = await granted.page('<!doctype html><p>(206) 555-0119 ext. 4</p>');
  await untilMarked(page, ['(206) 555-0119 ext. 4']);
  await walk(page);
  await until('it offers the extension', async () => (await spoken(page)).includes('button Call, then 4'));
});

it('forgets what is no number, and takes it back', async () => {
  const page = await granted.page('<!doctype html><p>(415) 555-0101</p><p>(415) 555-0102</p><p>415.555.0103</p>');
  await untilMarked(page, ['(415) 555-0101', '(415) 555-0102', '415.555.0103']);
  await walk(page);
  await until('the card is open', async () => (await spoken(page)).includes('Not a number'));
  await page.keyboard.press('x');
  await untilMarked(page, ['(415) 555-0102', '415.555.0103']);
  await until('undo is offered', async () => (await spoken(page)).includes('button Undo'));
});

it('cannot be pressed by the page', async () => {
  const page = await granted.page('<!doctype html><p>(415) 555-0177</p>');
  await untilMarked(page, ['(415) 555-0177']);
  const box = await page.locator('p').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 8);
  await until('the card is open', async () => (await spoken(page)).includes('button Call'));
  await page.evaluate(() => {
    const host = document.querySelector('[popover]');
    for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click'])
      host?.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, clientX: 60, clientY: 90 }));
    host?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    (host as HTMLElement | null)?.click();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
  expect(await spoken(page)).toContain('button Call');
  expect(await spoken(page)).not.toContain('Calling');
});
