/** The page is what it was: nodes, layout, forms, copied text and globals, with marks all over it. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../../scripts/stage/until';
import { Granted, untilMarked } from './granted';

let granted: Granted;
beforeAll(async () => {
  granted = await Granted.open();
});
afterAll(() => granted.close());

const WITNESS = `<script>
  window.seen = { mutations: 0, shifts: 0, messages: 0, errors: [] };
  const witness = new MutationObserver((records) => { seen.mutations += records.length; });
  witness.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  new PerformanceObserver((list) => { seen.shifts += list.getEntries().length; }).observe({ type: 'layout-shift', buffered: true });
  addEventListener('message', () => { seen.messages++; });
  addEventListener('error', (event) => { seen.errors.push(event.message); });
  for (const type of ['holdfast', 'wxt:content-script-started']) document.addEventListener(type, () => { seen.messages++; });
  window.looks = () => ({
    markup: document.documentElement.outerHTML,
    boxes: [...document.querySelectorAll('*')].map((element) => JSON.stringify(element.getBoundingClientRect())).join(),
  });
  // What the parser itself did is not ours; nothing of ours is here before it is done.
  document.addEventListener('DOMContentLoaded', () => { witness.takeRecords(); seen.mutations = 0; window.before = looks(); });
  window.globalsBefore = [...Object.getOwnPropertyNames(window), 'before', 'globalsBefore', 'globalsAdded'];
  window.globalsAdded = () => Object.getOwnPropertyNames(window).filter((name) => !globalsBefore.includes(name));
</script>`;

interface Witness {
  readonly seen: Seen;
  readonly before: Looks;
  looks(): Looks;
  globalsAdded(): string[];
}

interface Looks {
  readonly markup: string;
  readonly boxes: string;
}

interface Seen {
  readonly mutations: number;
  readonly shifts: number;
  readonly messages: number;
  readonly errors: readonly string[];
}

it('counts no mutation, no layout shift, no message, no new global and the same markup', async () => {
  const body = `<p>Call <b>(415)</b> 555-0100 or 415-555-0101.</p><ul>${'<li>(415) 555-0102</li>'.repeat(20)}</ul>`;
  const page = await granted.page(`<!doctype html><head>${WITNESS}</head><body>${body}</body>`);
  await untilMarked(page, ['(415) 555-0100', '415-555-0101', ...Array.from({ length: 20 }, () => '(415) 555-0102')]);
  const after = await page.evaluate(async () => {
    const { seen, before, looks, globalsAdded } = window as unknown as Witness;
    // A shift is told after it was drawn.
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = looks();
    getSelection()?.selectAllChildren(document.querySelector('p') ?? document.body);
    return {
      seen,
      globals: globalsAdded(),
      before,
      now,
      copied: getSelection()?.toString(),
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    };
  });
  expect(after.seen).toEqual({ mutations: 0, shifts: 0, messages: 0, errors: [] });
  expect(after.globals).toEqual([]);
  expect(after.now).toEqual(after.before);
  expect(after.copied).toBe('Call (415) 555-0100 or 415-555-0101.');
  expect(after.sheets).toBe(0);
});

it('leaves no trace when the pointer came and went', async () => {
  const page = await granted.page(`<!doctype html><head>${WITNESS}</head><p>Call (415) 555-0100</p>`);
  await untilMarked(page, ['(415) 555-0100']);
  const markup = await page.evaluate(() => document.documentElement.outerHTML);
  const box = await page.locator('p').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 8);
  await page.waitForFunction(() => document.querySelector('[popover]') !== null);
  const host = await page.evaluate(() => {
    const element = document.querySelector('[popover]');
    return { root: element?.shadowRoot ?? null, inside: element?.childNodes.length, text: element?.textContent };
  });
  expect(host).toEqual({ root: null, inside: 0, text: '' });
  await page.mouse.move(600, 500);
  await page.waitForFunction(() => document.querySelector('[popover]') === null);
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(markup);
});

it('keeps forms and editors byte for byte, whatever is typed into them', async () => {
  const page =
    await granted.page(`<!doctype html><p>(415) 555-0100</p><form><textarea id="t"></textarea><input id="i"></form>
    <div id="e" contenteditable style="min-height:40px"></div>`);
  await untilMarked(page, ['(415) 555-0100']);
  // A fixed seed: the same typing each time.
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 16_807) % 2_147_483_647) % below;
  const words = ['(415) 555-0101', ' ', 'Tel. ', '+44 20 7946 0018', ',', '99', 'abc', '030 23125042'];
  for (const id of ['t', 'i', 'e']) {
    let typed = '';
    await page.locator(`#${id}`).focus();
    for (let step = 0; step < 25; step++) {
      const word = words[random(words.length)] ?? '';
      await page.keyboard.insertText(word);
      typed += word;
    }
    const held = await page.evaluate((at) => {
      const field = document.getElementById(at);
      return field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement
        ? field.value
        : field?.textContent;
    }, id);
    expect(held?.replaceAll('\u00a0', ' ')).toBe(typed);
  }
  expect(await page.locator('#e').evaluate((editor) => editor.querySelectorAll('*').length)).toBe(0);
  await untilMarked(page, ['(415) 555-0100']);
});

it('marks a page that bends prototypes, freezes globals and has a strict policy, and breaks nothing there', async () => {
  const page = await granted.page(`<!doctype html><head>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; require-trusted-types-for 'script'">
    ${WITNESS}<script>
    Array.prototype.map = () => []; String.prototype.matchAll = () => []; RegExp.prototype.exec = () => null;
    Node.prototype.appendChild = () => { throw 1; }; Element.prototype.attachShadow = () => { throw 2; };
    Document.prototype.createElement = () => { throw 3; }; window.IntersectionObserver = null; window.MutationObserver = null;
    window.Highlight = null; window.requestIdleCallback = () => 0; Object.freeze(Object.prototype); Object.freeze(Array.prototype);
    </script></head><p>Call (415) 555-0100</p>`);
  await untilMarked(page, ['(415) 555-0100']);
  const box = await page.locator('p').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 8);
  // Playwright's own waiting would trip over the page.
  await until('the card comes', () => page.evaluate(() => document.querySelector('[popover]') !== null));
  expect(await page.evaluate(() => (window as unknown as { seen: Seen }).seen.errors)).toEqual([]);
});
