/** What a grant gives and its end takes, in tabs that are open; and what a person can do who granted nothing at all. */

import { afterEach, expect, it } from 'vitest';
import { gatewayStorage } from '../../../lib/extension/preset';
import { until } from '../../../scripts/stage/until';
import { Granted, marksOf, untilMarked } from './granted';

let granted: Granted | null = null;
afterEach(() => granted?.close());

const NUMBERS = '<!doctype html><p>(415) 555-0100</p><iframe srcdoc="<p>(415) 555-0101</p>"></iframe>';

it('leaves open tabs at once when the grant is taken back, and comes to them at once with a new one', async () => {
  granted = await Granted.open();
  const page = await granted.page(NUMBERS);
  await untilMarked(page, ['(415) 555-0100']);
  await granted.stage.allowSites(false);
  await untilMarked(page, []);
  // Nothing that comes later is marked, and no card answers to the pointer.
  await page.evaluate(() => document.body.append('and 415-555-0102'));
  const worker = await granted.stage.worker();
  await until('nothing is registered', async () =>
    worker.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length === 0),
  );
  const box = await page.locator('p').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 8);
  await granted.stage.allowSites(true);
  await untilMarked(page, ['(415) 555-0100', '415-555-0102']);
  expect(await page.evaluate(() => document.querySelector('[popover]'))).toBeNull();
});

it('lists the numbers of the page in the popup by the press on the button alone', async () => {
  granted = await Granted.open([]);
  const { stage } = granted;
  // Somebody with a line, and the keypad folded away: there the popup has room for the page.
  await stage.store({ ...gatewayStorage(9, 'alice', 'alice'), keypadFolded: true });
  const page = await granted.page(NUMBERS);
  await page.bringToFront();
  const worker = await stage.worker();
  const read = (): Promise<string> =>
    worker.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const target = { tabId: tab?.id ?? -1 };
      return chrome.scripting.executeScript({ target, func: () => 1 }).then(
        () => 'read',
        (error: unknown) => String(error),
      );
    });
  expect(await worker.evaluate(async () => (await chrome.permissions.getAll()).origins)).toEqual([]);
  expect(await read()).toContain('Cannot access');
  const inPopup = await stage.pressAction(page);
  await until('the popup lists the numbers', async () => {
    const text = String(await inPopup('document.body.innerText'));
    return text.includes('(415) 555-0100') && text.includes('(415) 555-0101');
  });
  expect(await read()).toBe('read');
  // The page itself got nothing: no script of ours, no paint.
  expect(await marksOf(page)).toEqual([]);
  expect(await worker.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length)).toBe(0);
});
