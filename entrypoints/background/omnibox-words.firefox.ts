/** How the address bar takes text. Firefox: as it is. */

export function asDescription(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, ' ');
}
