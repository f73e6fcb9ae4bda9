/** Shows and clears the system's notifications, and turns a press of theirs into a command. */

import { browser } from 'wxt/browser';
import type { Log } from '../../lib/phone/ports';
import { shownNotices } from '../../lib/extension/memory';
import type { Notice, NoticeCommand } from './notice';
import { moreThanText } from './notification-looks';
import type { NoticeAction } from './notices';
import { say } from './say';

/** Carries the actions out; one that the system refuses is logged and does not stop the others. */
export async function show(actions: readonly NoticeAction[], log: Log): Promise<void> {
  for (const action of actions) {
    try {
      if (action.do === 'clear') await browser.notifications.clear(action.id);
      else await browser.notifications.create(action.id, optionsOf(action.notice));
    } catch (thrown) {
      log.warn('a notification was refused', { do: action.do, thrown: String(thrown) });
    }
  }
}

/** Must be called on the first tick. `press` gets the command and the id of the call or line. */
export function listenToPresses(press: (command: NoticeCommand | 'open', id: string) => Promise<void>, log: Log): void {
  const run = (id: string, index: number | null): void => {
    pressed(id, index)
      .then((command) => press(command, id))
      .catch((thrown: unknown) => log.warn('a press on a notification failed', { thrown: String(thrown) }));
  };
  browser.notifications.onButtonClicked?.addListener((id, index) => run(id, index));
  browser.notifications.onClicked.addListener((id) => run(id, null));
}

/** Which command stands on a button of each kind of notice; the order is that of `notices.ts`. */
const COMMANDS: { readonly [kind: string]: readonly NoticeCommand[] } = {
  incoming: ['answer', 'decline'],
  'incoming-second': ['answer', 'decline'],
  missed: ['call-back'],
  lost: ['call-back'],
  'sound-lost': ['open-call'],
  rejoined: ['unmute', 'end'],
  token: ['renew'],
};

async function pressed(id: string, index: number | null): Promise<NoticeCommand | 'open'> {
  const kind = (await shownNotices.getValue())[id] ?? '';
  if (kind === 'voice-away') return 'open-window';
  if (index === null) return 'open';
  if (kind.startsWith('held-')) return 'resume-held';
  if (kind.startsWith('signed-out-')) return 'sign-in';
  if (kind.startsWith('device-')) return 'choose-device';
  return COMMANDS[kind]?.[index] ?? 'open';
}

function optionsOf(notice: Notice): chrome.notifications.NotificationCreateOptions {
  return {
    type: 'basic' as const,
    iconUrl: browser.runtime.getURL(`/icon/${notice.icon}-128.png`),
    title: say(notice.title),
    message: 'text' in notice.message ? notice.message.text : say(notice.message),
    ...moreThanText(notice),
  };
}
