/** One notification: what it says, how it looks, and what its buttons do. */

import type { Icon, Words } from './badge';

export type NoticeCommand =
  | 'answer'
  | 'decline'
  | 'call-back'
  | 'open-call'
  | 'open-window'
  | 'resume-held'
  | 'unmute'
  | 'end'
  | 'sign-in'
  | 'renew'
  | 'choose-device';

export interface Notice {
  readonly title: Words;
  /** What somebody wrote is its own words. */
  readonly message: Words | { readonly text: string };
  readonly icon: Icon;
  /** Stays until it is answered or cleared. */
  readonly stays: boolean;
  readonly buttons: readonly { readonly words: Words; readonly command: NoticeCommand }[];
}

/** What a call or a line wants to be shown. */
export interface Wanted {
  readonly kind: string;
  /** Null: what is shown stays as it is. */
  readonly notice: Notice | null;
}

export function shows(
  kind: string,
  icon: Icon,
  title: Words,
  message: Notice['message'],
  more: Partial<Notice> = {},
): Wanted {
  return { kind, notice: { title, message, icon, stays: false, buttons: [], ...more } };
}

export function words(key: string, ...filled: Words['with']): Words {
  return { key, with: filled };
}
