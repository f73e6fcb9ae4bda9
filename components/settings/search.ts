/** Whether a row of the settings pages holds what a person looks for; pure. */

/** True where every word of the query is somewhere in the texts. Case and accents do not matter; an empty query fits all. */
export function matches(query: string, texts: readonly string[]): boolean {
  const all = fold(texts.join(' '));
  return fold(query)
    .split(/\s+/u)
    .every((word) => all.includes(word));
}

/** Lower case without combining marks, so that "ecran" finds "Écran". */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
