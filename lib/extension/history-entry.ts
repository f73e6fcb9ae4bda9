/** What is kept of a finished call; pure. */

import type { EndCause } from '../phone/model/call-state';
import type { FinishedCall } from '../phone/model/finished-call';
import type { CallId, LineId } from '../phone/model/ids';
import type { QualityView, TranscriptLine } from '../phone/model/snapshot';

export interface HistoryEntry {
  readonly id: CallId;
  readonly line: LineId;
  readonly lineName: string;
  readonly direction: 'out' | 'in';
  readonly name: string | null;
  readonly number: string | null;
  readonly ours: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number;
  readonly outcome: EndCause['kind'];
  /** How often the call was held through a drop. */
  readonly drops: number;
  readonly quality: QualityView['word'] | null;
  /** Address of the page that the call was clicked on. */
  readonly from: string | null;
  readonly transcript: readonly TranscriptLine[];
  readonly note: string;
}

export function entryOf(call: FinishedCall, lineName: string): HistoryEntry {
  return {
    id: call.id,
    line: call.line,
    lineName,
    direction: call.direction,
    name: call.who.name,
    number: call.who.number,
    ours: call.ours.number,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    outcome: call.cause.kind,
    drops: call.drops,
    quality: call.quality?.word ?? null,
    from: call.from,
    transcript: call.transcript.filter((line) => line.final),
    note: '',
  };
}

export const isMissed = (entry: Pick<HistoryEntry, 'direction' | 'outcome'>): boolean =>
  entry.direction === 'in' && entry.outcome === 'missed';
