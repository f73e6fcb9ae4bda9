/** The server's no, said about the field that was typed. */

import { t } from '../../lib/extension/i18n';
import type { PhoneErrorJson } from '../../lib/phone/model/errors';
import { inOneLine, troubleOf } from '../trouble';
import { isThisComputer, serverAddress, type AccountDraft } from './account-form';

/** Is it about what was typed, rather than about the server or the network? */
export function isRefusal({ reason }: PhoneErrorJson): boolean {
  return reason === 'login-refused' || reason === 'token-expired' || reason === 'token-malformed';
}

export function refusalOf(error: PhoneErrorJson, draft: AccountDraft): string {
  const own = draft.kind === 'verto' ? ownServerRefusal(error, draft) : null;
  if (own !== null) return own;
  if (error.reason === 'login-refused') {
    if (draft.kind === 'assistant') return t('options_refused_assistant');
    return t(
      draft.kind === 'telnyx' && draft.signIn === 'token' ? 'options_refused_token' : 'options_refused_password',
    );
  }
  const line = draft.name || draft.login || t(`options_kind_${draft.kind}`);
  return inOneLine(troubleOf(error, { line, person: '' }));
}

/** Where a tab shows what the browser has against the certificate; null where no certificate can be the reason. */
export function certificatePage(error: PhoneErrorJson, draft: AccountDraft): string | null {
  if (draft.kind !== 'verto' || error.reason !== 'unreachable') return null;
  if (draft.plain && isThisComputer(draft.server)) return null;
  const page = `https://${serverAddress(draft)}/`;
  return URL.canParse(page) ? page : null;
}

/** A server of one's own is one's own to mend: what it said, or did not say, with the places to look at. */
function ownServerRefusal({ reason, facts }: PhoneErrorJson, draft: AccountDraft): string | null {
  const address = serverAddress(draft);
  // A method that is not known, or a sign-in that nothing follows: a server, but not this kind.
  if (facts['code'] === -32601 || reason === 'timeout') return t('options_refused_not_verto', address);
  switch (reason) {
    case 'login-refused':
      // FreeSWITCH has one code for all of these; only its words differ.
      if (facts['message'] === 'Login Incorrect') return t('options_refused_extension');
      return facts['message'] === 'Session in use' ? t('options_refused_in_use') : null;
    case 'unreachable': {
      const nobody = t('options_refused_nobody', address);
      const encrypted = !(draft.plain && isThisComputer(draft.server));
      return encrypted ? `${nobody} ${t('options_refused_certificate', address)}` : nobody;
    }
    default:
      return null;
  }
}
