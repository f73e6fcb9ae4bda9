/** Is a caller among those whom the person blocked? Pure. */

/** Digits decide, whatever the spelling; an address without digits of its own, by its letters. Who hides the number is never blocked. */
export function isBlocked(number: string | null, blocked: readonly string[]): boolean {
  return number !== null && number.trim() !== '' && blocked.some((one) => plain(one) === plain(number));
}

function plain(number: string): string {
  const digits = number.replace(/\D/g, '');
  return /[a-z@]/i.test(number) || digits === '' ? number.trim().toLowerCase() : digits;
}
