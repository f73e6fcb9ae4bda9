/** A contact while it is written: names and numbers as typed, what is wrong with them, and the contact that comes of it. */

import { dialledForm, labelOf, personOf, type Contact, type NumberLabel } from '../../../lib/extension/contacts';
import { t } from '../../../lib/extension/i18n';
import { helpFor } from '../home/help';
import { readTyped, showNumber } from '../numbers';

/** One line of the form. */
export class DraftNumber {
  text = $state('');
  label = $state<NumberLabel | null>(null);
  /** The person has gone on to something else: what is wrong is said as such from now on. */
  left = $state(false);

  constructor(text: string, label: NumberLabel | null) {
    this.text = text;
    this.label = label;
  }
}

export interface Beginning {
  readonly contact: Contact | null;
  readonly name: string | null;
  readonly number: string | null;
  /** ISO 3166 alpha-2 of numbers that do not begin with +. */
  readonly country: string;
}

export class ContactDraft {
  name = $state('');
  company = $state('');
  #numbers = $state.raw<readonly DraftNumber[]>([]);
  readonly #before: Contact | null;
  readonly #country: string;

  constructor({ contact, name, number, country }: Beginning) {
    this.#before = contact;
    this.#country = country;
    this.name = contact?.name ?? name ?? '';
    this.company = contact?.company ?? '';
    const known = contact?.numbers ?? (number === null ? [] : [number]);
    this.#numbers = known.map(
      (one) => new DraftNumber(showNumber(dialledForm(one), country), contact && labelOf(contact, one)),
    );
    if (known.length === 0) this.add();
  }

  get numbers(): readonly DraftNumber[] {
    return this.#numbers;
  }

  add(): void {
    this.#numbers = [...this.#numbers, new DraftNumber('', null)];
  }

  remove(number: DraftNumber): void {
    this.#numbers = this.#numbers.filter((other) => other !== number);
  }

  /** What is wrong with a number, in words; null for one that can be called, and for an empty line, which is left out. */
  problemOf(number: DraftNumber): string | null {
    if (number.text.trim() === '') return null;
    const typed = readTyped(number.text, { country: this.#country, extensions: true });
    if (typed.kind === 'name') return t('home_help_unreadable');
    if (typed.to === null) return helpFor(typed, NOWHERE).text;
    return this.#isRepeated(number) ? t('contact_number_twice') : null;
  }

  get nameProblem(): string | null {
    return this.name.trim() === '' ? t('contact_name_missing') : null;
  }

  /** Null where all is well: every number that was written can be called, and there is one. */
  get numbersProblem(): string | null {
    const written = this.#numbers.filter(({ text }) => text.trim() !== '');
    if (written.length === 0) return t('contact_number_missing');
    return written.map((number) => this.problemOf(number)).find((problem) => problem !== null) ?? null;
  }

  /** With every number as it is dialled from anywhere. */
  contact(id: string): Contact {
    const written = this.#numbers.filter(({ text }) => text.trim() !== '');
    const labels = written.flatMap((number) =>
      number.label === null ? [] : [[this.#dialled(number), number.label] as const],
    );
    return {
      id: this.#before?.id ?? id,
      name: this.name.trim(),
      company: this.company.trim(),
      numbers: written.map((number) => this.#dialled(number)),
      ...(labels.length === 0 ? {} : { labels: Object.fromEntries(labels) }),
      note: this.#before?.note ?? '',
    };
  }

  #isRepeated(number: DraftNumber): boolean {
    const person = personOf(this.#dialled(number));
    const first = this.#numbers.find((other) => personOf(this.#dialled(other)) === person);
    return first !== number;
  }

  #dialled({ text }: DraftNumber): string {
    return readTyped(text, { country: this.#country, extensions: true }).to ?? text.trim();
  }
}

const NOWHERE = { lineName: '', connecting: false, pasted: false, choosing: false };
