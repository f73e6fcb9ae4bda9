/** How the address bar takes text. Chrome: as XML (chrome.omnibox, description). */

const ENTITIES: { readonly [sign: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function asDescription(text: string): string {
  // Signs that no XML may hold would make the browser refuse the whole list.
  return text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').replace(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? '');
}
