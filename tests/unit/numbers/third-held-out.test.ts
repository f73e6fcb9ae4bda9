/** The third held-out collection, printed by country and by kind of trap; docs/NUMBERS.md keeps its first score. */

import { expect, it } from 'vitest';
import { thirdHeldOut } from '../../numbers/collection/third-held-out';
import { marked } from '../../numbers/marked';
import { tallyOf } from '../../numbers/tally';

const { precision, recall, countries, kinds, report } = tallyOf(thirdHeldOut, ({ text, country, kind }) =>
  (kind === 'tables' ? text.split(/ \| |\n/) : [text]).flatMap((part) => marked(part, country)),
);
console.info(report);

it('holds more than 250 snippets of more than seventy countries', () => {
  expect(new Set(thirdHeldOut.map(({ text }) => text)).size).toBeGreaterThanOrEqual(250);
  expect(countries).toBeGreaterThanOrEqual(70);
  expect(kinds).toBeGreaterThanOrEqual(15);
});

it('is read no worse than at its first scoring', () => {
  expect(precision).toBeGreaterThanOrEqual(0.882);
  expect(recall).toBeGreaterThanOrEqual(0.975);
});
