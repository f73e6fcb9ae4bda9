/** Keeps a finished call: in the history where the person keeps one, and among the missed until it was seen. */

import { addCall, forgetOldCalls, forgetOldTranscripts } from '../../lib/extension/history';
import { entryOf, isMissed } from '../../lib/extension/history-entry';
import { lastKept, missedCalls } from '../../lib/extension/memory';
import { readSettings } from '../../lib/extension/settings';
import type { StoredCalls } from '../../lib/extension/stored';
import type { FinishedCall } from '../../lib/phone/model/finished-call';

/** Throws `storage-failed`. */
export async function keepFinished(call: FinishedCall): Promise<void> {
  const { calls, lines } = await readSettings();
  const entry = entryOf(call, lines.find(({ id }) => id === call.line)?.name ?? '');
  if (isMissed(entry)) await missedCalls.setValue((await missedCalls.getValue()) + 1);
  if (calls.keepHistory) {
    await addCall(entry);
    await lastKept.setValue(call.id);
  }
  // A browser that is never closed forgets as well.
  await forgetOld(calls, call.endedAt);
}

/** Calls go first, so that no transcript is taken out of one that goes as well. Throws `storage-failed`. */
export async function forgetOld(
  { historyDays, transcriptDays }: Pick<StoredCalls, 'historyDays' | 'transcriptDays'>,
  now: number,
): Promise<void> {
  await forgetOldCalls(historyDays, now);
  await forgetOldTranscripts(transcriptDays, now);
}
