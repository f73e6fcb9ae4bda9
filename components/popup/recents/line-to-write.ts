/** Which line a message outside of a call goes out on; pure. */

import type { LineId } from '../../../lib/phone/model/ids';
import type { LineView } from '../../../lib/phone/model/snapshot';

/** The one that they wrote to, else another that takes messages; null where none does now. */
export function lineToWrite(lines: readonly LineView[], before?: LineId): LineView | null {
  const takes = lines.filter(({ kind, can, session }) => kind === 'verto' && can.type && session.phase === 'ready');
  return takes.find(({ id }) => id === before) ?? takes[0] ?? null;
}
