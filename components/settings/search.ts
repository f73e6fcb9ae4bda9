/** Finds rows of the settings pages by their own words; pure. */

/** One row as the search sees it: where it stands, and every word that a person may look for. */
export interface SearchEntry {
  /** The row's element id; a result leads there. */
  readonly id: string;
  readonly page: string;
  /** What the row says, as shown. */
  readonly title: string;
  /** Explanation, option name, choices: searched, weaker than the title. */
  readonly words: string;
}

/**
 * The entries that hold every word of the query, wherever in title or words; those that match in the title come
 * first, otherwise in the given order. Case and accents do not matter. An empty query finds nothing.
 */
export function findSettings(entries: readonly SearchEntry[], query: string): readonly SearchEntry[] {
  const wanted = fold(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (wanted.length === 0) return [];
  const scored = entries.flatMap((entry) => {
    const title = fold(entry.title);
    const all = `${title} ${fold(entry.words)}`;
    if (!wanted.every((word) => all.includes(word))) return [];
    return [{ entry, inTitle: wanted.every((word) => title.includes(word)) }];
  });
  return [...scored.filter((found) => found.inTitle), ...scored.filter((found) => !found.inTitle)].map(
    (found) => found.entry,
  );
}

/** Lower case without combining marks, so that "ecran" finds "Écran". */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
