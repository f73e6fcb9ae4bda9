/** The held-out collection, which the rules were not made for; docs/NUMBERS.md keeps its first, honest score. */

import { expect, it } from 'vitest';
import { heldOut } from '../../numbers/collection/held-out';
import { marked } from '../../numbers/marked';

const misread: string[] = [];
let right = 0;
let missed = 0;
let wrong = 0;
for (const { country, text, numbers } of heldOut) {
  const read = marked(text, country);
  const found = numbers.filter((number) => read.includes(number)).length;
  const extra = read.filter((number) => !numbers.includes(number)).length;
  right += found;
  missed += numbers.length - found;
  wrong += extra;
  if (extra > 0 || found < numbers.length)
    misread.push(`${country}: ${JSON.stringify(text)} read as [${read.join(' ')}]`);
}

it('holds at least 200 snippets, of countries that the rules were not made with', () => {
  expect(new Set(heldOut.map(({ text }) => text)).size).toBeGreaterThanOrEqual(200);
  expect(new Set(heldOut.map(({ country }) => country)).size).toBeGreaterThanOrEqual(40);
});

it('is read as well as the first', () => {
  console.info([`right ${String(right)}, missed ${String(missed)}, wrong ${String(wrong)}`, ...misread].join('\n'));
  expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.995);
  expect(right / (right + missed)).toBeGreaterThanOrEqual(0.98);
});
