/** Whom a call might be passed to: what was typed, then contacts and recent parties that match it. Pure. */

import { dialledForm, type Contact } from '../../../lib/extension/contacts';
import type { HistoryEntry } from '../../../lib/extension/history-entry';

export interface Target {
  readonly number: string;
  readonly name: string | null;
}

const MOST = 8;

/** `typed` is the number that the text reads as, or null. Each number comes once, under the best name known. */
export function targetsFor(
  text: string,
  typed: string | null,
  contacts: readonly Contact[],
  recent: readonly HistoryEntry[],
): readonly Target[] {
  const words = text.toLowerCase().trim();
  const known: Target[] = [
    ...contacts.flatMap(({ name, numbers }) => numbers.map((number) => ({ number: dialledForm(number), name }))),
    ...recent.flatMap(({ name, number }) => (number === null ? [] : [{ number, name }])),
  ];
  const matching = known.filter(
    ({ name, number }) => words === '' || (name ?? '').toLowerCase().includes(words) || number.includes(words),
  );
  const all = [...(typed === null ? [] : [{ number: typed, name: nameOf(typed, known) }]), ...matching];
  return all
    .filter((target, index) => all.findIndex(({ number }) => number === target.number) === index)
    .slice(0, MOST);
}

function nameOf(number: string, known: readonly Target[]): string | null {
  return known.find((target) => target.number === number)?.name ?? null;
}
