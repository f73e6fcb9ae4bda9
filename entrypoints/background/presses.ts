/** What a press on a notification does. */

import type { EngineApi } from '../../lib/extension/contract';
import { getCall } from '../../lib/extension/history';
import { lastSnapshot } from '../../lib/extension/memory';
import { openPhoneWindow } from '../../lib/extension/phone-window';
import type { Remote } from '../../lib/extension/rpc';
import { openPopup } from '../../lib/extension/toolbar-popup';
import type { CallId } from '../../lib/phone/model/ids';
import type { Dialler } from './dialler';
import { MESSAGE_NOTICE, openMessage } from './messages';
import type { NoticeCommand } from './notice';
import { openOptions } from './windows';

/** `id` is the notification's: a call's, or a line's. */
export async function press(
  command: NoticeCommand | 'open',
  id: string,
  { engine, dialler }: { readonly engine: Remote<EngineApi>; readonly dialler: Dialler },
): Promise<void> {
  const call = id as CallId;
  switch (command) {
    case 'answer':
      return dialler.answer(call);
    case 'decline':
      return engine.decline(call);
    case 'resume-held':
      return engine.hold(call, false);
    case 'unmute':
      return engine.mute(call, false);
    case 'end':
      return engine.hangUp(call);
    case 'call-back': {
      const shown = (await lastSnapshot.getValue())?.calls.find((one) => one.id === id)?.who.number;
      // The engine forgets a call after a minute; its notification stays.
      const number = shown ?? (await getCall(call).catch(() => null))?.number;
      if (typeof number === 'string') await dialler.dial({ to: number });
      else await openPopup();
      return;
    }
    case 'sign-in':
    case 'renew':
      return openOptions('account');
    case 'choose-device':
      return openOptions('audio');
    case 'open-window':
      return openPhoneWindow({ forCall: true });
    case 'open':
      return id === MESSAGE_NOTICE ? openMessage() : openPopup();
    case 'open-call':
      return openPopup();
    default:
      return command satisfies never;
  }
}
