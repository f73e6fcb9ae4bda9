/** What a number is to its owner, told from the words that other programs use; pure. */

import type { NumberLabel, NumberLabels } from './contacts';

/** Of a heading, a label, or a vCard's type; null where it says nothing. */
export function labelIn(words: string): NumberLabel | null {
  if (/mobile|cell|iphone|handy/iu.test(words)) return 'mobile';
  if (/work|business|office|company/iu.test(words)) return 'work';
  if (/home|private/iu.test(words)) return 'home';
  return /\bmain\b|primary/iu.test(words) ? 'main' : null;
}

/** The labels of numbers as they were written; of a number that is there twice, the later one counts. */
export function labelsOf(numbers: readonly { readonly number: string; readonly label: NumberLabel | null }[]): {
  readonly labels?: NumberLabels;
} {
  const labels = numbers.flatMap(({ number, label }) => (label === null ? [] : [[number, label] as const]));
  return labels.length === 0 ? {} : { labels: Object.fromEntries(labels) };
}
