/** The labelled collection: what must be found is found, what must not is not, counted by country and by kind of trap. */

import { describe, expect, it } from 'vitest';
import { countries, type CountryNumbers } from '../../numbers/collection/countries';
import { sentences } from '../../numbers/collection/sentences';
import { specials } from '../../numbers/collection/special';
import { idSentences, traps } from '../../numbers/collection/traps';
import { marked } from '../../numbers/marked';

interface Snippet {
  readonly country: string;
  readonly kind: string;
  readonly text: string;
  readonly numbers: readonly string[];
}
interface Tally {
  snippets: number;
  right: number;
  missed: number;
  wrong: number;
}

function bareNumbersOf({ numbers }: CountryNumbers): string[] {
  return numbers
    .map(([written]) => written)
    .filter((written) => /^\d[\d ]*$/.test(written))
    .map((written) => written.replace(/ /g, ''));
}

const found: Snippet[] = countries.flatMap(({ country, language, numbers }) =>
  numbers.flatMap(([written, e164]) =>
    sentences[language].map((sentence) => ({
      country,
      kind: 'number',
      text: sentence.replace('{}', written),
      numbers: [e164],
    })),
  ),
);
const hard: Snippet[] = specials.map((special) => ({ ...special, kind: 'hard place' }));
const shaped: Snippet[] = Object.entries(traps).flatMap(([kind, texts]) =>
  texts.flatMap((text) => countries.map(({ country }) => ({ country, kind, text, numbers: [] }))),
);
const named: Snippet[] = countries.flatMap((country) =>
  idSentences[country.language].flatMap((sentence) =>
    bareNumbersOf(country).map((bare) => ({
      country: country.country,
      kind: 'named ids',
      text: sentence.replace('{}', bare),
      numbers: [],
    })),
  ),
);
const collection = [...found, ...hard, ...shaped, ...named];

const misses: string[] = [];
const byCountry = new Map<string, Tally>();
const byKind = new Map<string, Tally>();
for (const snippet of collection) {
  const numbers = marked(snippet.text, snippet.country);
  const right = snippet.numbers.filter((number) => numbers.includes(number)).length;
  const missed = snippet.numbers.length - right;
  const wrong = numbers.filter((number) => !snippet.numbers.includes(number)).length;
  add(byCountry, snippet.country, { snippets: 1, right, missed, wrong });
  add(byKind, snippet.kind, { snippets: 1, right, missed, wrong });
  if (missed + wrong > 0)
    misses.push(`${snippet.country} ${snippet.kind}: ${JSON.stringify(snippet.text)} read as [${numbers.join(' ')}]`);
}

function add(tallies: Map<string, Tally>, key: string, tally: Tally): void {
  const sum = tallies.get(key) ?? { snippets: 0, right: 0, missed: 0, wrong: 0 };
  for (const field of ['snippets', 'right', 'missed', 'wrong'] as const) sum[field] += tally[field];
  tallies.set(key, sum);
}

function table(tallies: Map<string, Tally>): string {
  const rows = [...tallies].map(([key, { snippets, right, missed, wrong }]) =>
    [key.padEnd(14), ...[snippets, right, missed, wrong].map((count) => String(count).padStart(9))].join(''),
  );
  return ['                snippets    right   missed    wrong', ...rows].join('\n');
}

describe('the labelled collection', () => {
  const sum = (field: 'right' | 'missed' | 'wrong'): number =>
    [...byCountry.values()].reduce((all, tally) => all + tally[field], 0);
  const precision = sum('right') / (sum('right') + sum('wrong'));
  const recall = sum('right') / (sum('right') + sum('missed'));
  console.info(
    [
      table(byCountry),
      table(byKind),
      `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, ${String(misses.length)} snippets misread`,
      ...misses,
    ].join('\n\n'),
  );

  it('holds at least 1,000 snippets of 20 countries and 10 languages', () => {
    expect(new Set(collection.map(({ text }) => text)).size).toBeGreaterThanOrEqual(1000);
    expect(new Set(countries.map(({ country }) => country)).size).toBeGreaterThanOrEqual(20);
    expect(new Set(countries.map(({ language }) => language)).size).toBeGreaterThanOrEqual(10);
  });

  it('is read with a precision of at least 0.995', () => expect(precision).toBeGreaterThanOrEqual(0.995));
  it('is read with a recall of at least 0.98', () => expect(recall).toBeGreaterThanOrEqual(0.98));
});
