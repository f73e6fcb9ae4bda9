/** Pages of React, Vue and Svelte take over their server's markup without a word, with marks on it. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildHydrations, frameworks, MARKS, type Framework, type Hydration } from './frameworks';
import { Granted, untilMarked } from './granted';

let granted: Granted;
let hydrations: { readonly [F in Framework]: Hydration };
beforeAll(async () => {
  [granted, hydrations] = await Promise.all([Granted.open(), buildHydrations()]);
});
afterAll(() => granted.close());

const names = Object.keys(frameworks) as Framework[];
it.each(names)('lets a page of %s hydrate without a word', async (name) => {
  const { markup, client } = hydrations[name];
  const page = await granted.page(`<!doctype html><div id="app">${markup}</div>`);
  const words: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) words.push(message.text());
  });
  page.on('pageerror', (error) => words.push(error.message));
  await untilMarked(page, MARKS);
  await page.addScriptTag({ content: client });
  await page.getByRole('button').click();
  await page.waitForFunction(() => document.querySelector('button')?.textContent === '1');
  await untilMarked(page, MARKS);
  expect(words).toEqual([]);
});
