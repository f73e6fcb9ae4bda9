/** The title of the call window, which the system shows in its lists of windows: the call's party and phase. Pure. */

import { t } from '../../lib/extension/i18n';
import type { CallView, Party, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { isHeld, isRingingHere, livingCalls, mainCall } from './screen';

/** `nameOf` is null where nobody is to be named; the phone's own name where no call is. */
export function titleOf(snapshot: PhoneSnapshot | null, nameOf: (who: Party) => string | null): string {
  const call = snapshot === null ? null : (livingCalls(snapshot).find(isRingingHere) ?? mainCall(snapshot));
  if (call === null) return t('name');
  const name = nameOf(call.who);
  return name === null ? phaseOf(call) : t('title_call', name, phaseOf(call));
}

function phaseOf(call: CallView): string {
  const { phase } = call.state;
  switch (phase) {
    case 'dialling':
      return t('call_calling');
    case 'ringing':
      return t(call.direction === 'in' ? 'incoming_title' : 'call_ringing');
    case 'connecting':
      return t('call_connecting');
    case 'recovering':
      return t('quality_server_lost');
    case 'active':
      return t(isHeld(call) ? 'title_held' : 'title_active');
    case 'ended':
      return t('ended_call');
  }
  phase satisfies never;
  return t('ended_call');
}
