/** The pages of the settings, and which one an address means; pure. */

export const PAGES = ['account', 'audio', 'click', 'calls', 'shortcuts', 'advanced'] as const;

export type Page = (typeof PAGES)[number];

/** `#audio` or `audio`; anything else is the first page. */
export function pageOf(hash: string): Page {
  const name = hash.replace(/^#/u, '');
  return PAGES.find((page) => page === name) ?? 'account';
}
