/** What is kept of a finished call, made from its last view; pure. */

import type { EndCause } from '../phone/model/call-state';
import type { CallId, LineId } from '../phone/model/ids';
import type { CallView, PhoneSnapshot, QualityView, TranscriptLine } from '../phone/model/snapshot';

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
  /** True where a recovery closed a gap. */
  readonly held: boolean;
  readonly quality: QualityView['word'] | null;
  readonly transcript: readonly TranscriptLine[];
  readonly note: string;
}

export const isMissed = (entry: HistoryEntry): boolean => entry.direction === 'in' && entry.outcome === 'missed';

/** Calls that ended between the two snapshots; `previous` is null for a background that remembers nothing. */
export function finishedCalls(previous: PhoneSnapshot | null, next: PhoneSnapshot): readonly HistoryEntry[] {
  const before = new Map(previous?.calls.map((call) => [call.id, call]));
  return next.calls.flatMap((call) => {
    const known = before.get(call.id);
    if (call.state.phase !== 'ended' || known?.state.phase === 'ended') return [];
    return [entryOf(call, next, call.state.at, call.state.cause.kind)];
  });
}

function entryOf(call: CallView, snapshot: PhoneSnapshot, endedAt: number, outcome: EndCause['kind']): HistoryEntry {
  return {
    id: call.id,
    line: call.line,
    lineName: snapshot.lines.find((line) => line.id === call.line)?.name ?? '',
    direction: call.direction,
    name: call.who.name,
    number: call.who.number,
    ours: call.ours.number,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    endedAt,
    outcome,
    held: call.recoveredAt !== null,
    quality: call.quality?.word ?? null,
    transcript: call.transcript.filter((line) => line.final),
    note: '',
  };
}
