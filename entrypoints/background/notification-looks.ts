/** What a notification has besides its text. Chrome: buttons, and the choice to stay. */

import type { Notice } from './notice';
import { say } from './say';

export function moreThanText(
  notice: Notice,
): Pick<chrome.notifications.NotificationCreateOptions, 'buttons' | 'requireInteraction'> {
  return {
    requireInteraction: notice.stays,
    buttons: notice.buttons.map((button) => ({ title: say(button.words) })),
  };
}
