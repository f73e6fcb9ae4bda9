/** Numbers as the popup reads and shows them. Until the book is open nothing is known of them: they look as they are. */

import { personOf } from '../../lib/extension/contacts';
import type { CountryChoice } from '../../lib/numbers/dialable';
import { openedBook } from './book.svelte';
import type { PastedNumber, Typed, TypedRules } from './number-book';

export type { PastedNumber, Typed, TypedRules } from './number-book';

export function readTyped(text: string, rules: TypedRules): Typed {
  const unread: Typed = { kind: 'empty', to: null, digits: '', shown: text, country: null, by: 0 };
  return openedBook()?.readTyped(text, rules) ?? unread;
}

/** National form in the person's own country, international elsewhere; what is no number stays as it is. */
export function showNumber(number: string, country: string): string {
  return openedBook()?.showNumber(number, country) ?? number;
}

/** One spelling for one party: E.164 where it is a number of a country. */
export function partyOf(number: string, country: string): string {
  return openedBook()?.partyOf(number, country) ?? personOf(number);
}

/** As it is written, and in every other spelling that a server may have told of it. */
export function spellingsOf(number: string, country: string): readonly string[] {
  return [number, ...(openedBook()?.spellingsOf(number, country) ?? [])];
}

/** The country that a number is in, by name; empty where unknown. */
export function placeOf(number: string): string {
  return openedBook()?.placeOf(number) ?? '';
}

/** The numbers in a pasted text; empty where the text is one number, or a name, and nothing else. */
export function numbersPasted(text: string, country: string): readonly PastedNumber[] {
  return openedBook()?.numbersPasted(text, country) ?? [];
}

/** What the field shows while a number is typed. */
export function formatAsTyped(text: string, country: string): string {
  return openedBook()?.formatAsTyped(text, country) ?? text;
}

/** Digits without the plus; null where the country is none, or not known yet. */
export function callingCodeOf(country: string): string | null {
  return openedBook()?.callingCodeOf(country) ?? null;
}

/** By name, in that language. */
export function countryChoices(language: string): readonly CountryChoice[] {
  return openedBook()?.countryChoices(language) ?? [];
}

/** The number of a phone link that holds nothing else; any other text as it is. */
export function withoutScheme(text: string): string {
  return /^(?:tel|callto):(?:\/\/)?([+\d().\s-]+)$/i.exec(text.replaceAll('%20', ' '))?.[1] ?? text;
}
