/** Which of a party's numbers it is that most calls with it used; pure. */

import { personOf } from '../../../lib/extension/contacts';
import type { HistoryEntry } from '../../../lib/extension/history-entry';

/** Called there, or calling from there; null while there is no choice to speak of. `spellings` are those of one number. */
export function mostCalled(
  calls: readonly HistoryEntry[],
  numbers: readonly string[],
  spellings: (number: string) => readonly string[],
): string | null {
  if (calls.length < 2) return null;
  const times = new Map(
    numbers.map((number) => {
      const persons = new Set(spellings(number).map(personOf));
      return [number, calls.filter((call) => persons.has(personOf(call.number ?? ''))).length] as const;
    }),
  );
  const most = (one: string, other: string): string => ((times.get(one) ?? 0) >= (times.get(other) ?? 0) ? one : other);
  return numbers.length === 0 ? null : numbers.reduce(most);
}
