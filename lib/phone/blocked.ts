/** Is a caller among those whom the person blocked? Pure. */

/**
 * Digits decide, whatever stands between them; an address is told by its letters. What a caller's `+` says is heeded: a number
 * written without one may be national, and then another than the same digits behind a `+`. Who hides the number is never blocked.
 */
export function isBlocked(number: string | null, blocked: readonly string[]): boolean {
  if (number === null || number.trim() === '') return false;
  return blocked.some((one) => plain(one) === plain(number) && (isInternational(one) || !isInternational(number)));
}

function plain(number: string): string {
  const digits = number.replace(/\D/g, '');
  return /[a-z@]/i.test(number) || digits === '' ? number.trim().toLowerCase() : digits;
}

function isInternational(number: string): boolean {
  return /^\s*\+/.test(number);
}
