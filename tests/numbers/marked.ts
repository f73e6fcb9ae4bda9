/** What a page would mark in a text: the very steps of the content script and of the background. */

import { findCandidates } from '../../lib/numbers/candidates';
import { confirm } from '../../lib/numbers/confirm';
import { speaksAgainst } from '../../lib/numbers/context';

/** E.164, with `;ext=` where an extension follows; national numbers are read in `country`. */
export function marked(text: string, country: string): string[] {
  const candidates = findCandidates(text).filter(({ before, after }) => !speaksAgainst(before, after));
  const numbers = confirm(
    candidates.map((candidate) => candidate.text),
    { countries: [country] },
  );
  return numbers.map(({ e164, extension }) => (extension === null ? e164 : `${e164};ext=${extension}`));
}
