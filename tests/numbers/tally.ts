/** Counts what was read of a labelled collection, by country and by kind of trap, and lists what was misread. */

import type { HeldOut } from './collection/second-held-out';

interface Counts {
  right: number;
  missed: number;
  wrong: number;
}

export interface Tally {
  readonly precision: number;
  readonly recall: number;
  readonly countries: number;
  readonly kinds: number;
  /** Tables by country and by kind, the score, and every snippet that was misread. */
  readonly report: string;
}

export function tallyOf(collection: readonly HeldOut[], read: (snippet: HeldOut) => readonly string[]): Tally {
  const all: Counts = { right: 0, missed: 0, wrong: 0 };
  const byCountry = new Map<string, Counts>();
  const byKind = new Map<string, Counts>();
  const misread: string[] = [];
  for (const snippet of collection) {
    const { country, kind, text, numbers } = snippet;
    const found = read(snippet);
    const right = numbers.filter((number) => found.includes(number)).length;
    const missed = numbers.length - right;
    const wrong = found.filter((number) => !numbers.includes(number)).length;
    for (const counts of [all, countsOf(byCountry, country), countsOf(byKind, kind)]) {
      counts.right += right;
      counts.missed += missed;
      counts.wrong += wrong;
    }
    if (missed + wrong > 0) misread.push(`${country} ${kind}: ${JSON.stringify(text)} read as [${found.join(' ')}]`);
  }
  const precision = all.right / (all.right + all.wrong);
  const recall = all.right / (all.right + all.missed);
  const score = `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, ${String(misread.length)} snippets misread`;
  const report = [table(byCountry), table(byKind), score, ...misread].join('\n\n');
  return { precision, recall, countries: byCountry.size, kinds: byKind.size, report };
}

function countsOf(all: Map<string, Counts>, key: string): Counts {
  const counts = all.get(key) ?? { right: 0, missed: 0, wrong: 0 };
  all.set(key, counts);
  return counts;
}

function table(all: Map<string, Counts>): string {
  const row = (name: string, ...cells: readonly (string | number)[]): string =>
    name.padEnd(12) + cells.map((cell) => String(cell).padStart(8)).join('');
  const rows = [...all].map(([key, { right, missed, wrong }]) => row(key, right, missed, wrong));
  return [row('', 'right', 'missed', 'wrong'), ...rows].join('\n');
}
