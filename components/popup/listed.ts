/** "Dana and Marcus", "You, Dana and Marcus": names in a row, as the language on screen joins them. */

import { locale } from '../../lib/extension/i18n';

export function listed(names: readonly string[]): string {
  // Intl's own comma before "and" is one that these sentences do without.
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names).replace(/, and /u, ' and ');
}
