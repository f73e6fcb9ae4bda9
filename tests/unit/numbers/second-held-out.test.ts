/** The second held-out collection: its first score is kept, by country and by kind of trap, and the rules were not changed for it. */

import { expect, it } from 'vitest';
import { secondHeldOut } from '../../numbers/collection/second-held-out';
import { marked } from '../../numbers/marked';

interface Tally {
  right: number;
  missed: number;
  wrong: number;
}

const misread: string[] = [];
const all: Tally = { right: 0, missed: 0, wrong: 0 };
const byCountry = new Map<string, Tally>();
const byKind = new Map<string, Tally>();

for (const { country, kind, text, numbers } of secondHeldOut) {
  const read = marked(text, country);
  const right = numbers.filter((number) => read.includes(number)).length;
  const missed = numbers.length - right;
  const wrong = read.filter((number) => !numbers.includes(number)).length;
  for (const tally of [all, tallyOf(byCountry, country), tallyOf(byKind, kind)]) {
    tally.right += right;
    tally.missed += missed;
    tally.wrong += wrong;
  }
  if (missed + wrong > 0) misread.push(`${country} ${kind}: ${JSON.stringify(text)} read as [${read.join(' ')}]`);
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? { right: 0, missed: 0, wrong: 0 };
  tallies.set(key, tally);
  return tally;
}

function table(tallies: Map<string, Tally>): string {
  const row = (name: string, ...cells: readonly (string | number)[]): string =>
    name.padEnd(12) + cells.map((cell) => String(cell).padStart(8)).join('');
  const rows = [...tallies].map(([key, { right, missed, wrong }]) => row(key, right, missed, wrong));
  return [row('', 'right', 'missed', 'wrong'), ...rows].join('\n');
}

const precision = all.right / (all.right + all.wrong);
const recall = all.right / (all.right + all.missed);
console.info(
  [
    table(byCountry),
    table(byKind),
    `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, ${String(misread.length)} snippets misread`,
    ...misread,
  ].join('\n\n'),
);

it('holds more than a hundred snippets of more than forty countries', () => {
  expect(new Set(secondHeldOut.map(({ text }) => text)).size).toBeGreaterThanOrEqual(130);
  expect(byCountry.size).toBeGreaterThanOrEqual(40);
  expect(byKind.size).toBeGreaterThanOrEqual(10);
});

it('is read no worse than at its first scoring', () => {
  expect(precision).toBeGreaterThanOrEqual(0.929);
  expect(recall).toBeGreaterThanOrEqual(0.929);
});
