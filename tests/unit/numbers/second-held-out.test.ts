/** The second held-out collection, printed by country and by kind of trap; docs/NUMBERS.md keeps its first score. */

import { expect, it } from 'vitest';
import { secondHeldOut } from '../../numbers/collection/second-held-out';
import { marked } from '../../numbers/marked';
import { tallyOf } from '../../numbers/tally';

const { precision, recall, countries, kinds, report } = tallyOf(secondHeldOut, ({ text, country }) =>
  marked(text, country),
);
console.info(report);

it('holds more than a hundred snippets of more than forty countries', () => {
  expect(new Set(secondHeldOut.map(({ text }) => text)).size).toBeGreaterThanOrEqual(130);
  expect(countries).toBeGreaterThanOrEqual(40);
  expect(kinds).toBeGreaterThanOrEqual(10);
});

it('is read no worse than when the rules were last mended', () => {
  expect(precision).toBeGreaterThanOrEqual(0.985);
  expect(recall).toBeGreaterThanOrEqual(0.985);
});
