/** What a trial call found out, said to whoever looks after the server; pure. */

import { t } from '../../lib/extension/i18n';
import type { PhoneErrorJson } from '../../lib/phone/model/errors';
import type { Trial } from '../../lib/phone/model/trial';
import { inOneLine, troubleOf } from '../trouble';

export function trialWorks(to: string, { codec, tookMs }: Trial): string {
  return t('options_trial_works', to, codec, Math.round(tookMs));
}

/** `line` is the account's name. */
export function trialFails(to: string, error: PhoneErrorJson, line: string): string {
  const { reason, facts } = error;
  if (reason === 'timeout') return t('options_trial_no_answer', to);
  if (reason === 'refused') return refusedWords(to, facts);
  const known = reason === 'negotiation' ? negotiationWords(facts['why']) : null;
  return known ?? inOneLine(troubleOf(error, { line, person: to }));
}

/** The browser gives away its addresses to whoever may use the microphone. */
export function wantsMicrophone({ reason, facts }: PhoneErrorJson): boolean {
  return reason === 'negotiation' && facts['why'] === 'hidden addresses';
}

function negotiationWords(why: unknown): string | null {
  switch (why) {
    case 'no codec in common':
      return t('options_trial_no_codec');
    case 'no ice there':
      return t('options_trial_no_ice');
    case 'not encrypted':
      return t('options_trial_not_encrypted');
    case 'no connection':
      return t('options_trial_no_path');
    case 'no candidates':
      return t('options_trial_no_address');
    case 'hidden addresses':
      return t('options_trial_hidden');
    default:
      return null;
  }
}

/** By a bye with its cause, or by an error in reply to the invite. */
function refusedWords(to: string, { kind, cause, message }: PhoneErrorJson['facts']): string {
  if (kind === 'no-such-number') return t('options_trial_no_extension', to);
  if (kind === 'no-answer') return t('options_trial_no_answer', to);
  const why = [cause, message].find((each): each is string => typeof each === 'string' && each !== '');
  return t('options_trial_refused', to, why ?? '?');
}
