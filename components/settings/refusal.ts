/** The server's no, said about the field that was typed. */

import { t } from '../../lib/extension/i18n';
import type { PhoneErrorJson } from '../../lib/phone/model/errors';
import { troubleOf } from '../trouble';
import type { AccountDraft } from './account-form';

export function refusalOf(error: PhoneErrorJson, draft: AccountDraft): string {
  if (error.reason === 'login-refused') {
    if (draft.kind === 'assistant') return t('options_refused_assistant');
    return t(
      draft.kind === 'telnyx' && draft.signIn === 'token' ? 'options_refused_token' : 'options_refused_password',
    );
  }
  const { heading, line } = troubleOf(error, {
    line: draft.name || draft.login || t(`options_kind_${draft.kind}`),
    person: '',
  });
  return line === '' ? heading : `${heading} ${line}`;
}
