/** The notification of what somebody wrote in a call that goes on, for who looks elsewhere; pure. */

import type { CallView } from '../../lib/phone/model/snapshot';
import { nameOf } from './badge';
import { shows, type Wanted, words } from './notice';

const SHOWN_CHARACTERS = 200;

/** One for each call, beside the one of the call itself: neither takes the other's place. */
export function writtenId(call: CallView['id']): string {
  return `written ${call}`;
}

/**
 * The newest words, once: `before` is the kind that was wanted last. `seen`: whatever is there by now needs no notification, now
 * or later. Null where nothing was written.
 */
export function forWritten(
  call: CallView,
  before: string | undefined,
  { seen, hideNames }: { readonly seen: boolean; readonly hideNames: boolean },
): Wanted | null {
  const newest = call.transcript.findLast(({ who }) => who === 'other');
  if (newest === undefined) return null;
  const read = `seen-${newest.id}`;
  if (seen || before === read) return { kind: read, notice: null };
  const title = hideNames ? words('notify_message_hidden') : words('notify_message', newest.name ?? nameOf(call));
  const text = hideNames ? '' : newest.text.slice(0, SHOWN_CHARACTERS);
  return shows(`written-${newest.id}`, 'on-call', title, { text });
}

export function isWritten(kind: string | undefined): boolean {
  return kind?.startsWith('written-') === true;
}

/** It was read before, or there was no need to tell of it. */
export function isSeen(kind: string): boolean {
  return kind.startsWith('seen-');
}
