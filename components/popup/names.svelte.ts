/** How people are called on screen: their name where one is known, else their number as it is read here. */

import { createContext } from 'svelte';
import { t } from '../../lib/extension/i18n';
import type { Party } from '../../lib/phone/model/snapshot';
import type { People } from '../people.svelte';
import type { Preferences } from '../preferences.svelte';
import { readTyped, showNumber } from './numbers';
import { fullName, shortName } from './words';

export class Names {
  readonly #people: People;
  readonly #preferences: Preferences;

  constructor(people: People, preferences: Preferences) {
    this.#people = people;
    this.#preferences = preferences;
  }

  /** National form for the person's own country, international for others. */
  number(number: string): string {
    return showNumber(number, this.#preferences.values.country);
  }

  /** Two to six digits that only the server at hand knows (ui-spec 8.1); no emergency number. */
  isExtension(number: string): boolean {
    if (!/^\d{2,6}$/.test(number)) return false;
    return readTyped(number, { country: this.#preferences.values.country, extensions: true }).kind === 'extension';
  }

  full(who: Party): string {
    return fullName(this.#people.known(who), (number) => this.number(number));
  }

  /** A name that is only a number, to be set as one. */
  isNumber(who: Party): boolean {
    const { name, number } = this.#people.known(who);
    return (name === null || name.trim() === '') && number !== null && number !== '';
  }

  /** "Dana", or the number: for buttons and sentences, where a wrong call must never be ended. */
  inSentence(who: Party): string {
    const known = this.#people.known(who);
    return (
      shortName(known) ?? (known.number === null || known.number === '' ? t('person_them') : this.number(known.number))
    );
  }

  /** Beside a post of the rope, where there is room for a word only. */
  atPost(who: Party, direction: 'in' | 'out'): string {
    return shortName(this.#people.known(who)) ?? t(direction === 'in' ? 'person_caller' : 'person_called');
  }

  company(who: Party): string | null {
    const company = this.#people.contactOf(who.number)?.company ?? '';
    return company === '' ? null : company;
  }
}

export const [getNames, setNames] = createContext<Names>();
