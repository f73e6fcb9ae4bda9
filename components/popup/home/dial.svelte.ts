/** The dial field's state: the text, the country it is read in, who may be meant, and the call that waits for the line. */

import type { DialRequest } from '../../../lib/extension/contract';
import type { LineView } from '../../../lib/phone/model/snapshot';
import type { People } from '../../people.svelte';
import type { Preferences } from '../../preferences.svelte';
import { formatAsTyped, numbersPasted, readTyped, withoutScheme, type Typed } from '../numbers';
import { matchesFor, type Match } from './matches';

export interface DialContext {
  readonly people: People;
  readonly preferences: Preferences;
  readonly line: () => LineView | null;
}

export class Dial {
  readonly #context: DialContext;
  #text = $state('');
  /** The country chosen for this number; null is the person's own. */
  #country = $state<string | null>(null);
  #pasted = $state(false);
  /** Several numbers in one pasted text. */
  #found = $state.raw<readonly Match[]>([]);
  /** Which match is chosen by the arrows. */
  chosen = $state(0);

  readonly typed: Typed = $derived.by(() =>
    readTyped(this.#text, { country: this.country, extensions: this.#context.line()?.kind !== 'assistant' }),
  );
  readonly matches: readonly Match[] = $derived.by(() => {
    if (this.#found.length > 0) return this.#found;
    const { people } = this.#context;
    return this.typed.kind === 'name' || this.typed.kind === 'unreadable'
      ? matchesFor(this.#text, people.contacts, people.recent ?? [])
      : [];
  });

  constructor(context: DialContext) {
    this.#context = context;
  }

  get text(): string {
    return this.#text;
  }
  get pasted(): boolean {
    return this.#pasted;
  }
  /** ISO 3166 alpha-2 that a number without + is read in. */
  get country(): string {
    return this.#country ?? this.#context.preferences.values.country;
  }
  set country(country: string) {
    this.#country = country;
    this.type(this.#text);
  }

  /** The text as it now stands in the field; returned as it shall stand there. */
  type(text: string): string {
    this.#pasted = false;
    this.#found = [];
    this.chosen = 0;
    this.#text = isShort(text) ? text : formatAsTyped(text, this.country);
    return this.#text;
  }

  /** A number that a link or the address bar handed over: of a plain one, nobody wants to read the scheme. */
  take(text: string): void {
    this.type(withoutScheme(text));
  }

  /** The text as it stands, where the person edits its middle: the caret would jump. */
  edit(text: string): void {
    this.type(text);
    this.#text = text;
  }

  press(key: string): void {
    this.type(this.#text + key);
  }

  back(): void {
    this.type(this.#text.replace(/\D*.$/u, ''));
  }

  clear(): void {
    this.type('');
    this.#country = null;
  }

  /** Takes the number, or offers the numbers, out of a longer text; true where it found any. */
  paste(text: string): boolean {
    const numbers = numbersPasted(text, this.country);
    const [only] = numbers;
    if (only === undefined) return false;
    this.type(numbers.length === 1 ? only.shown : '');
    this.#pasted = numbers.length === 1;
    this.#found = numbers.length === 1 ? [] : numbers.map(({ number, shown }) => ({ name: shown, number }));
    return true;
  }

  /** What Call would do now; null while there is nothing to call. */
  request(callerId: string | null): DialRequest | null {
    const match = this.matches[this.chosen];
    if (match !== undefined) {
      const named = match.name === match.number || this.#found.length > 0 ? {} : { name: match.name };
      return { to: match.number, ...named, ...this.#from(callerId) };
    }
    const { to, digits } = this.typed;
    if (to === null) return null;
    const name = this.#context.people.contactOf(to)?.name;
    return {
      to,
      ...(digits === '' ? {} : { digits }),
      ...(name === undefined ? {} : { name }),
      ...this.#from(callerId),
    };
  }

  #from(callerId: string | null): Pick<DialRequest, 'line' | 'callerId'> {
    const line = this.#context.line();
    return { ...(line === null ? {} : { line: line.id }), ...(callerId === null ? {} : { callerId }) };
  }
}

/** So few digits are an extension or a short code, and stand as they are typed. */
function isShort(text: string): boolean {
  return !text.trim().startsWith('+') && text.replace(/\D/g, '').length <= 6;
}
