/** Text messages outside of calls: kept, counted until they are read, and told by a notification where nobody looks. */

import { browser } from 'wxt/browser';
import type { EngineApi } from '../../lib/extension/contract';
import { t } from '../../lib/extension/i18n';
import { addMessage, countUnread, forgetOldMessages } from '../../lib/extension/messages';
import { showPerson } from '../../lib/extension/hand-over';
import { lastSnapshot, messageFrom, unreadMessages } from '../../lib/extension/memory';
import type { Remote } from '../../lib/extension/rpc';
import { readSettings } from '../../lib/extension/settings';
import { openPopup } from '../../lib/extension/toolbar-popup';
import type { LineId } from '../../lib/phone/model/ids';
import type { WrittenMessage } from '../../lib/phone/model/message';
import { isPhoneInFront } from './in-front';
import { contactWith } from './known';

/** One notification for all of them: the newest words. */
export const MESSAGE_NOTICE = 'message';
const SHOWN_CHARACTERS = 200;

/** Throws `storage-failed`; then the notification, which comes first, is what there is of the message. */
export async function keepMessage({ id, line, from, text, at }: WrittenMessage): Promise<void> {
  const { calls, lines, appearance } = await readSettings();
  const number = from.number ?? '';
  const contact = number === '' ? null : await contactWith(number);
  const name = contact?.name ?? from.name;
  const quiet = calls.doNotDisturbUntil === -1 || calls.doNotDisturbUntil > at;
  if (calls.notifications && !quiet && !(await isSeen())) {
    await messageFrom.setValue(number === '' ? null : { number, name });
    await show(appearance.hideNames ? null : { who: name ?? number, text });
  }
  if (number === '') return;
  const lineName = lines.find((one) => one.id === line)?.name ?? '';
  await addMessage({ id, line, lineName, direction: 'in', name, number, text, at, unread: true });
  await forgetMessages(at);
}

/** Writes to somebody, and keeps what was written. Throws what the engine throws, and then nothing is kept. */
export async function writeMessage(
  engine: Remote<EngineApi>,
  { line, to, text }: { readonly line: LineId; readonly to: string; readonly text: string },
): Promise<void> {
  await engine.write(line, to, text);
  const lineName = (await readSettings()).lines.find((one) => one.id === line)?.name ?? '';
  const name = (await contactWith(to))?.name ?? null;
  const [id, at] = [crypto.randomUUID(), Date.now()];
  await addMessage({ id, line, lineName, direction: 'out', name, number: to, text, at, unread: false });
}

/** As long as calls are kept; where they are not kept at all, for a day, so that a message can be read. */
export async function forgetMessages(now: number): Promise<void> {
  const { keepHistory, historyDays } = (await readSettings()).calls;
  await forgetOldMessages(keepHistory ? historyDays : 1, now);
  await unreadMessages.setValue(await countUnread());
}

/** The notification was pressed: the conversation that it tells of opens. */
export async function openMessage(): Promise<void> {
  const from = await messageFrom.getValue();
  await browser.notifications.clear(MESSAGE_NOTICE).catch(() => undefined);
  if (from === null) await openPopup();
  else await showPerson(from);
}

/** What was read somewhere needs no notification any more. */
export function clearWhenRead(failed: (thrown: unknown) => void): void {
  unreadMessages.watch((count) => {
    if (count === 0) browser.notifications.clear(MESSAGE_NOTICE).catch(failed);
  });
}

/** Whoever looks at a call sees its words alone; without one, the list and its count are before them. */
async function isSeen(): Promise<boolean> {
  const calls = (await lastSnapshot.getValue())?.calls ?? [];
  return calls.every(({ state }) => state.phase === 'ended') && (await isPhoneInFront());
}

async function show(message: { readonly who: string; readonly text: string } | null): Promise<void> {
  await browser.notifications
    .create(MESSAGE_NOTICE, {
      type: 'basic',
      iconUrl: browser.runtime.getURL('/icon/ready-128.png'),
      title: message === null ? t('notify_message_hidden') : t('notify_message', message.who),
      message: message === null ? '' : message.text.slice(0, SHOWN_CHARACTERS),
    })
    // A system that shows none still has the message.
    .catch(() => undefined);
}
