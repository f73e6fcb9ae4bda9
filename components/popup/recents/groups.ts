/** Rows under the heading of their day, newest first. Pure. */

import type { HistoryEntry } from '../../../lib/extension/history-entry';
import { dayHeading } from '../words';

export interface DayGroup {
  readonly heading: string;
  readonly entries: readonly HistoryEntry[];
}

export function byDay(entries: readonly HistoryEntry[], now: number): readonly DayGroup[] {
  const groups = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const heading = dayHeading(entry.startedAt, now);
    groups.set(heading, [...(groups.get(heading) ?? []), entry]);
  }
  return [...groups].map(([heading, rows]) => ({ heading, entries: rows }));
}
