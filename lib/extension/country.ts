/** The country that a national number is read in. */

/** What the person chose, else the region of the browser's language, as ISO 3166 alpha-2. */
export function defaultCountry(chosen: string | null, language: string): string {
  if (chosen !== null && /^[A-Z]{2}$/.test(chosen)) return chosen;
  try {
    return new Intl.Locale(language.replace('_', '-')).maximize().region ?? 'US';
  } catch {
    return 'US'; // A language tag that Intl does not understand.
  }
}
