/** What an avatar shows for a name: up to two letters, and one of four tints that stays with the name. */

const TINTS = ['a', 'b', 'c', 'd'] as const;

export type Tint = (typeof TINTS)[number];

/** First letters of the first and last word that begin with a letter; empty for a bare number. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map((word) => Array.from(word ?? '')[0]?.toLocaleUpperCase() ?? '').join('');
}

export function tint(name: string): Tint {
  let hash = 0;
  for (const sign of name) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) >>> 0;
  return TINTS[hash % TINTS.length] ?? 'a';
}
