/** What a row of Recents says of its call, to see and to hear. Pure. */

import { isMissed, type HistoryEntry } from '../../../lib/extension/history-entry';
import { t } from '../../../lib/extension/i18n';
import type { IconName } from '../../icons';
import { duration, roughDuration, spokenDuration } from '../words';

export interface RowWords {
  readonly icon: IconName;
  /** "12 min, held once", "Missed, rang 24 s". */
  readonly line: string;
  /** The same as it is read aloud. */
  readonly spoken: string;
  readonly missed: boolean;
}

export interface RowFacts {
  /** There are several lines, so that the row says over which one it was. */
  readonly tellsLine?: boolean;
  /** Their number is one, and their name stands above it. */
  readonly extension?: boolean;
}

export function rowWords(entry: HistoryEntry, { tellsLine = false, extension = false }: RowFacts = {}): RowWords {
  const missed = isMissed(entry);
  const over = tellsLine ? [entry.lineName] : [];
  const at = extension ? [t('number_extension', entry.number ?? '')] : [];
  const facts = [...at, ...factsOf(entry, roughDuration, duration), ...over];
  const spoken = [...at, ...factsOf(entry, spokenDuration, spokenDuration), ...over];
  return {
    icon: missed ? 'missed' : entry.direction === 'in' ? 'in' : 'out',
    line: facts.join(t('list_separator')),
    spoken: [...(missed ? [] : [t(entry.direction === 'in' ? 'recents_in' : 'recents_out')]), ...spoken].join(
      t('list_separator'),
    ),
    missed,
  };
}

function factsOf(entry: HistoryEntry, talk: (ms: number) => string, ring: (ms: number) => string): readonly string[] {
  const rang = Math.max(1000, entry.endedAt - entry.startedAt);
  const note = entry.note.trim() === '' ? [] : [t('recents_noted')];
  if (entry.answeredAt !== null) {
    const lost = entry.outcome === 'lost' ? [t('recents_lost')] : [];
    const passed = entry.outcome === 'transferred' ? [t('recents_passed')] : [];
    const parked = entry.outcome === 'parked' ? [t('recents_parked_at', entry.parkedAt ?? '')] : [];
    const held = entry.drops > 0 ? [t('recents_held')] : [];
    return [talk(entry.endedAt - entry.answeredAt), ...lost, ...passed, ...parked, ...held, ...note];
  }
  if (isMissed(entry)) return [t('recents_missed'), t('recents_rang', ring(rang)), ...note];
  return [t(`recents_${entry.outcome.replaceAll('-', '_')}`), ...note];
}
