/** What a page would mark in a text: the very steps of the content script and of the background. */

import { findCandidates, speaksForItself } from '../../lib/numbers/candidates';
import { confirm } from '../../lib/numbers/confirm';
import { speaksAgainst } from '../../lib/numbers/context';

/** E.164, with `;ext=` where an extension follows; national numbers are read in `country`. `head`: of the cell that the text is in. */
export function marked(text: string, country: string, head = ''): string[] {
  const candidates = findCandidates(text).filter((candidate) => {
    const bare = candidate.before.trim() === '' && !speaksForItself(candidate.text);
    return !speaksAgainst(bare ? head : candidate.before, candidate.after);
  });
  const numbers = confirm(
    candidates.map((candidate) => candidate.text),
    { countries: [country] },
  );
  return numbers.map(({ e164, extension }) => (extension === null ? e164 : `${e164};ext=${extension}`));
}
