/** Words of the pure tables, spoken in the person's language. */

import { formatNumber, locale, plural, t } from '../../lib/extension/i18n';
import type { Words } from './badge';

export function say(words: Words): string {
  const filled = words.with.map(spell);
  return words.count === undefined ? t(words.key, ...filled) : plural(words.key, words.count, ...filled);
}

function spell(part: Words['with'][number]): string {
  if (typeof part === 'string') return part;
  if ('minutes' in part) return formatNumber(part.minutes, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(part.time);
}
