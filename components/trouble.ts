/** Every trouble in words: what happened, what it means, and the one thing to do. One row for each reason there is. */

import { t } from '../lib/extension/i18n';
import type { PhoneErrorJson, Reason } from '../lib/phone/model/errors';

/** What the person can do about it; the screen that shows it knows how. */
export type Remedy =
  | 'none'
  | 'allow-microphone'
  | 'choose-audio'
  | 'call-again'
  | 'call-back'
  | 'try-again'
  | 'edit'
  | 'update-password'
  | 'sign-in'
  | 'renew'
  | 'add-account'
  | 'settings'
  | 'take-over'
  | 'copy-report';

export interface Trouble {
  readonly heading: string;
  readonly line: string;
  readonly remedy: Remedy;
  /** The button's word; null where there is nothing to press. */
  readonly remedyLabel: string | null;
}

const REMEDIES: { readonly [R in Reason]: Remedy } = {
  'bad-option': 'settings',
  'bad-number': 'edit',
  'no-account': 'add-account',
  'no-such-call': 'none',
  'wrong-phase': 'none',
  unsupported: 'none',
  'too-many-calls': 'none',
  'microphone-prompt': 'allow-microphone',
  'microphone-denied': 'allow-microphone',
  'microphone-missing': 'choose-audio',
  'microphone-busy': 'try-again',
  'login-refused': 'update-password',
  'token-malformed': 'renew',
  'token-expired': 'renew',
  'signed-out': 'sign-in',
  'not-registered': 'try-again',
  'gateway-failed': 'try-again',
  'taken-over': 'take-over',
  offline: 'none',
  unreachable: 'try-again',
  disconnected: 'try-again',
  timeout: 'try-again',
  refused: 'none',
  'bad-message': 'copy-report',
  'reconnect-exhausted': 'try-again',
  negotiation: 'call-again',
  'ice-restart-failed': 'try-again',
  'not-reattached': 'call-back',
  'hold-failed': 'try-again',
  'transfer-failed': 'try-again',
  'not-allowed': 'none',
  'engine-gone': 'try-again',
  'storage-failed': 'try-again',
  unexpected: 'copy-report',
};

export const REASONS = Object.keys(REMEDIES) as readonly Reason[];

/** `line` is the account's name, `person` what the other side is called in a sentence. */
export function troubleOf(error: PhoneErrorJson, names: { readonly line: string; readonly person: string }): Trouble {
  const key = `error_${error.reason.replaceAll('-', '_')}`;
  const remedy = REMEDIES[error.reason];
  return {
    heading: t(key, names.line, names.person),
    line: detailOf(error) ?? t(`${key}_line`, names.line, names.person),
    remedy,
    remedyLabel: remedy === 'none' ? null : t(`remedy_${remedy.replaceAll('-', '_')}`),
  };
}

/** Heading and line as one text, where there is no room for two. */
export function inOneLine({ heading, line }: Pick<Trouble, 'heading' | 'line'>): string {
  if (line === '') return heading;
  return `${/[.?!。؟]$/u.test(heading) ? heading : `${heading}${t('full_stop')}`} ${line}`;
}

/** What is known better than the reason says it. */
function detailOf({ reason, facts }: PhoneErrorJson): string | null {
  if (reason !== 'negotiation') return null;
  if (facts['why'] === 'no codec in common') return t('trouble_no_codec');
  return facts['why'] === 'no candidates' || facts['why'] === 'no connection' ? t('trouble_no_route') : null;
}
