/** What is kept of a finished call; pure. */

import type { EndCause } from '../phone/model/call-state';
import type { FinishedCall } from '../phone/model/finished-call';
import type { CallId, LineId } from '../phone/model/ids';
import type { QualityView, TranscriptLine } from '../phone/model/snapshot';
import type { StoredCalls } from './stored';

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
  /** Of one that was parked: what is dialled to have it back. */
  readonly parkedAt?: string;
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
    ...(call.cause.place === undefined ? {} : { parkedAt: call.cause.place }),
    drops: call.drops,
    quality: call.quality?.word ?? null,
    from: call.from,
    transcript: settled(call.transcript),
    note: '',
  };
}

/** A transcript to which nothing comes any more: half a sentence was not said, and a tool that never told its end has ended. */
export function settled(transcript: readonly TranscriptLine[]): readonly TranscriptLine[] {
  return transcript
    .filter(({ final, who }) => final || who === 'tool')
    .map((line) => (line.final ? line : { ...line, final: true }));
}

/** For how many days a transcript is kept: not longer than its call. 0 is for ever, null is not at all. */
export function transcriptDays({
  keepHistory,
  historyDays,
  transcriptDays: own,
}: Pick<StoredCalls, 'keepHistory' | 'historyDays' | 'transcriptDays'>): number | null {
  if (!keepHistory) return null;
  const limits = [historyDays, own].filter((days) => days > 0);
  return limits.length === 0 ? 0 : Math.min(...limits);
}

export const isMissed = (entry: Pick<HistoryEntry, 'direction' | 'outcome'>): boolean =>
  entry.direction === 'in' && entry.outcome === 'missed';
