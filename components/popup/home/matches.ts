/** Who the text in the dial field may mean: contacts first, then parties of recent calls. Pure. */

import { dialledForm, type Contact } from '../../../lib/extension/contacts';
import type { HistoryEntry } from '../../../lib/extension/history-entry';

export interface Match {
  readonly name: string;
  readonly number: string;
}

const MOST = 6;

/** Names of which some word begins with the text, then names that contain it. */
export function matchesFor(
  text: string,
  contacts: readonly Contact[],
  recent: readonly HistoryEntry[],
): readonly Match[] {
  const sought = fold(text);
  if (sought === '') return [];
  const known: Match[] = [
    ...contacts.flatMap(({ name, numbers }) => numbers.map((number) => ({ name, number: dialledForm(number) }))),
    ...recent.flatMap(({ name, number }) => (name === null || number === null ? [] : [{ name, number }])),
  ];
  const within = known.filter(({ name }) => fold(name).includes(sought));
  const first = within.filter(({ name }) => startsAWord(name, sought));
  return unique([...first, ...within]).slice(0, MOST);
}

/** The name in three parts: before, what was typed, after; so that it can be marked without markup. */
export function marked(name: string, text: string): readonly [string, string, string] {
  const at = fold(name).indexOf(fold(text));
  if (at < 0 || fold(name).length !== name.length) return [name, '', ''];
  const end = at + text.trim().length;
  return [name.slice(0, at), name.slice(at, end), name.slice(end)];
}

function startsAWord(name: string, sought: string): boolean {
  return fold(name)
    .split(/[\s-]+/u)
    .some((word) => word.startsWith(sought));
}

function unique(matches: readonly Match[]): readonly Match[] {
  return matches.filter(({ number }, index) => matches.findIndex((other) => other.number === number) === index);
}

function fold(text: string): string {
  return text.trim().toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}
