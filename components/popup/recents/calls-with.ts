/** The calls with a party who has several numbers: all of them in one list, and the number that most of them used. Pure but for the source. */

import { personOf } from '../../../lib/extension/contacts';
import type { HistoryEntry } from '../../../lib/extension/history-entry';
import type { PeopleSource } from '../../people.svelte';

const MOST = 50;

/** Newest first. Throws `storage-failed`. */
export async function callsWithAny(
  source: Pick<PeopleSource, 'callsWith'>,
  numbers: readonly string[],
): Promise<readonly HistoryEntry[]> {
  const found = await Promise.all(numbers.map((number) => source.callsWith(number, MOST)));
  const calls = new Map(found.flat().map((entry) => [entry.id, entry] as const));
  return [...calls.values()].sort((a, b) => b.startedAt - a.startedAt).slice(0, MOST);
}

/** Which of the numbers it is that they are called at, or call from, most often; null while there is no choice to speak of. */
export function mostCalled(calls: readonly HistoryEntry[], numbers: readonly string[]): string | null {
  if (calls.length < 2) return null;
  const times = (number: string): number =>
    calls.filter((call) => personOf(call.number ?? '') === personOf(number)).length;
  return numbers.reduce<string | null>((best, one) => (best !== null && times(best) >= times(one) ? best : one), null);
}
