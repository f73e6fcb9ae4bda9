/** What a grant gives and its end takes, in tabs that are open; and what a person can do who granted nothing at all. */

import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { gatewayStorage } from '../../../lib/extension/preset';
import { until } from '../../../scripts/stage/until';
import { Granted, marksOf, untilMarked } from './granted';

let granted: Granted | null = null;
afterEach(() => granted?.close());

const NUMBERS = '<!doctype html><p>(415) 555-0100</p><iframe srcdoc="<p>(415) 555-0101</p>"></iframe>';

it('leaves open tabs at once when the grant is taken back, comes at once with a new one, and lists numbers where it lasts', async () => {
  granted = await Granted.open(undefined, { keepsPages: true });
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
  await pagesComeBack(granted);
  await panelFollows(granted);
  await marksOutliveAnUpdate(granted);
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

/** What runs in open pages when the extension starts anew cannot ask any more: it leaves, and another takes its place. */
async function marksOutliveAnUpdate(granted: Granted): Promise<void> {
  await granted.stage.store({ sites: { off: [] } });
  const page = await granted.page('<!doctype html><p>(415) 555-0100</p>');
  await untilMarked(page, ['(415) 555-0100']);
  const worker = await granted.stage.worker();
  const gone = new Promise((resolve) => worker.once('close', resolve));
  await worker.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  await gone;
  await page.bringToFront();
  await page.evaluate(() => document.body.append('and 415-555-0102'));
  await untilMarked(page, ['(415) 555-0100', '415-555-0102']);
}

/** Pages that the browser kept for the back button, which hear nothing while they are out of sight. */
async function pagesComeBack(granted: Granted): Promise<void> {
  const { stage } = granted;
  const heardFrom = await granted.listen();
  const other = await granted.page('<!doctype html><p>another page</p>');
  const page = await granted.page('<!doctype html><p>(415) 555-0100</p>');
  const url = page.url();
  const leaveAndReturn = async (meanwhile: () => Promise<void>): Promise<void> => {
    await page.evaluate(() => Object.assign(window, { left: true }));
    await page.goto(other.url());
    await meanwhile();
    await page.goBack({ waitUntil: 'commit' });
    // The very page that was left, and not another one of this address.
    expect(await page.evaluate(() => 'left' in window)).toBe(true);
  };
  await untilMarked(page, ['(415) 555-0100']);
  await leaveAndReturn(() => Promise.resolve());
  await page.evaluate(() => document.body.append('and 415-555-0102'));
  await untilMarked(page, ['(415) 555-0100', '415-555-0102']);
  await leaveAndReturn(() => stage.store({ sites: { look: 'hover' } }));
  await until('both are found, and not underlined', () =>
    page.evaluate(() => CSS.highlights.get('holdfast')?.size === 0),
  );
  // It hears again what changes now.
  await stage.store({ sites: { look: 'underline' } });
  await untilMarked(page, ['(415) 555-0100', '415-555-0102']);
  const box = await page.locator('p').boundingBox();
  const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 8];
  await page.mouse.move(x, y);
  // Only what has been seen for a moment can be clicked.
  await until('it is lit', () => page.evaluate(() => (CSS.highlights.get('holdfast-hover')?.size ?? 0) > 0));
  await page.mouse.down();
  await page.mouse.up();
  await until('the click dials', async () => (await heardFrom(url)).some(({ call }) => call === 'dial'));
  const isThere = (): Promise<unknown> => stage.inContentWorld(page, `!!globalThis[Symbol.for('holdfast')]`);
  expect(await isThere()).toBe(true);
  await leaveAndReturn(() => stage.store({ sites: { off: [new URL(url).origin] } }));
  await until('the script has left', async () => !(await isThere()));
  expect(await marksOf(page)).toEqual([]);
  await stage.store({ sites: {} });
  await untilMarked(page, ['(415) 555-0100', '415-555-0102']);
  await page.close();
  await other.close();
}

/** Other numbers with another tab or page in front, and none where nothing was granted or the person switched it off. */
async function panelFollows(granted: Granted): Promise<void> {
  const { stage } = granted;
  await stage.store(gatewayStorage(9, 'alice', 'alice'));
  const one = await granted.page('<!doctype html><p>(415) 555-0100</p>');
  const two = await granted.page('<!doctype html><p>(415) 555-0101</p>');
  const ownUrl = two.url();
  const abroad = await granted.page('<!doctype html><p>(415) 555-0102</p>');
  const panel = await stage.page('sidepanel.html');
  const told = await everListed(panel);
  const listed = (...numbers: readonly string[]): Promise<true> =>
    until(`the panel lists ${numbers.join()}`, async () => {
      const rows = await panel.locator('.page .row b').allInnerTexts();
      return rows.join() === numbers.join();
    });
  await panel.getByRole('button', { name: 'Open keypad' }).click();
  await one.bringToFront();
  await listed('(415) 555-0100');
  await two.bringToFront();
  await listed('(415) 555-0101');
  await two.goto(one.url());
  await listed('(415) 555-0100');
  await two.goto(abroad.url().replace('127.0.0.1', 'localhost'));
  await listed();
  // Granted, but switched off by the person: what follows by itself leaves it out.
  await stage.store({ sites: { off: [new URL(one.url()).origin] } });
  await two.goto(ownUrl);
  await listed('(415) 555-0101');
  await one.bringToFront();
  await listed();
  await two.bringToFront();
  await listed('(415) 555-0101');
  const linked = await granted.page(
    `<!doctype html><p>(415) 555-0105</p><pre>(415) 555-0106</pre><div contenteditable>(415) 555-0107</div>
    <a href="sips:bob@example.com">Bob</a><a href="TEL:+14155550103;ext=4">Desk</a>`,
  );
  const last = ['bob@example.com', '(415) 555-0103', '(415) 555-0105'];
  await linked.bringToFront();
  await listed(...last);
  expect(await panel.locator('.page .row').nth(1).innerText()).toContain('Then ext. 4');
  // Not even for a moment was there one from where nothing may be read.
  expect(await told()).toEqual(['(415) 555-0100', '(415) 555-0101', '(415) 555-0100', '(415) 555-0101', last.join()]);
}

/** Everything that the panel lists from now on, in its order; what is listed again at once counts once. */
async function everListed(panel: Page): Promise<() => Promise<readonly string[]>> {
  await panel.evaluate(() => {
    const all: string[] = [];
    new MutationObserver(() => {
      const now = [...document.querySelectorAll('.page .row b')].map(({ textContent }) => textContent).join();
      if (now !== '' && now !== all.at(-1)) all.push(now);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { listed: all });
  });
  return () => panel.evaluate(() => (window as unknown as { listed: string[] }).listed);
}
