/** A call that is over, for the history: plain JSON, no secret in it. */

import type { EndCause } from './call-state';
import type { CallId, LineId } from './ids';
import type { Party, QualityView, TranscriptLine } from './snapshot';

/** Times are epoch milliseconds. */
export interface FinishedCall {
  readonly id: CallId;
  readonly line: LineId;
  readonly direction: 'out' | 'in';
  readonly who: Party;
  readonly ours: Party;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number;
  readonly cause: EndCause;
  /** How often the line to the server was lost and the call held. */
  readonly drops: number;
  /** The worst that was measured; null where nothing was. */
  readonly quality: QualityView | null;
  /** Address of the page that the call was clicked on. */
  readonly from: string | null;
  readonly transcript: readonly TranscriptLine[];
}
