/** Words of the pure tables, spoken in the person's language. */

import { formatNumber, locale, t } from '../../lib/extension/i18n';
import type { Words } from './badge';

export function say(words: Words): string {
  return t(words.key, ...words.with.map(spell));
}

function spell(part: Words['with'][number]): string {
  if (typeof part === 'string') return part;
  if ('minutes' in part) return formatNumber(part.minutes, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(part.time);
}
