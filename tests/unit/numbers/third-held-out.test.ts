/** The third held-out collection, printed by country and by kind of trap; docs/NUMBERS.md keeps its first score. */

import { expect, it } from 'vitest';
import { thirdHeldOut } from '../../numbers/collection/third-held-out';
import { marked } from '../../numbers/marked';
import { tallyOf } from '../../numbers/tally';

const { precision, recall, countries, kinds, report } = tallyOf(thirdHeldOut, ({ text, country, kind }) =>
  kind === 'tables' ? cellsOf(text).flatMap(([cell, head]) => marked(cell, country, head)) : marked(text, country),
);
console.info(report);

/** Each cell with what it stands under; beside, where the first line is no head. entrypoints/click-to-call.content/heads.ts finds it on pages. */
function cellsOf(table: string): (readonly [cell: string, head: string])[] {
  const [first = [], ...others] = table.split('\n').map((line) => line.split(' | '));
  return first.some((cell) => /\d{7}/.test(cell))
    ? [first, ...others].flatMap((row) => row.map((cell, at) => [cell, row[at - 1] ?? ''] as const))
    : others.flatMap((row) => row.map((cell, at) => [cell, first[at] ?? ''] as const));
}

it('holds more than 250 snippets of more than seventy countries', () => {
  expect(new Set(thirdHeldOut.map(({ text }) => text)).size).toBeGreaterThanOrEqual(250);
  expect(countries).toBeGreaterThanOrEqual(70);
  expect(kinds).toBeGreaterThanOrEqual(15);
});

it('is read no worse than when the rules were last mended', () => {
  expect(precision).toBeGreaterThanOrEqual(0.985);
  expect(recall).toBeGreaterThanOrEqual(0.984);
});
