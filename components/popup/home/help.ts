/** The line under the dial field: what was understood of it, or what is missing. Pure. */

import { formatNumber, plural, t } from '../../../lib/extension/i18n';
import type { Typed } from '../numbers';

export interface Help {
  readonly text: string;
  readonly tone: 'plain' | 'ready' | 'bad';
}

export interface HelpContext {
  readonly lineName: string;
  /** The line is on its way to the server. */
  readonly connecting: boolean;
  /** The text was cut out of something longer that was pasted. */
  readonly pasted: boolean;
  /** Names are offered below, to be chosen with the arrows. */
  readonly choosing: boolean;
}

export function helpFor(typed: Typed, context: HelpContext): Help {
  if (context.choosing) return { text: t('home_help_choose'), tone: 'plain' };
  switch (typed.kind) {
    case 'empty':
      return { text: context.connecting ? t('home_help_reaching') : t('home_help_empty'), tone: 'plain' };
    case 'name':
      return { text: t('home_help_nobody'), tone: 'plain' };
    case 'number':
      if (context.pasted) return { text: t('home_help_pasted'), tone: 'ready' };
      return {
        text: typed.country === null ? t('home_help_ready') : t('home_help_place', typed.country.place),
        tone: 'ready',
      };
    case 'extension':
      return { text: t('home_help_extension', typed.to ?? '', context.lineName), tone: 'ready' };
    case 'sip':
      return { text: t('home_help_sip'), tone: 'ready' };
    case 'emergency':
      return { text: t('home_help_emergency'), tone: 'bad' };
    case 'unreadable':
      return { text: t('home_help_unreadable'), tone: 'bad' };
    case 'short':
    case 'long':
      return { text: lengthOff(typed), tone: 'bad' };
  }
  typed.kind satisfies never;
  return { text: '', tone: 'plain' };
}

/** "Two digits short for the United Kingdom."; small counts are words. */
function lengthOff(typed: Typed): string {
  const key = typed.kind === 'short' ? 'home_help_short' : 'home_help_long';
  if (typed.by === 0 || typed.country === null) return t(`${key}_unknown`);
  const word = typed.by <= 5 ? t(`count_${typed.by}`) : formatNumber(typed.by);
  return plural(key, typed.by, word, typed.country.inSentence);
}
