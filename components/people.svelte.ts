/** The view's mirror of people and past calls: names for numbers, the newest calls, how many were missed. */

import { createContext } from 'svelte';
import { personOf, type Contact } from '../lib/extension/contacts';
import type { HistoryEntry } from '../lib/extension/history-entry';
import type { HistoryPage, HistoryQuery } from '../lib/extension/history';
import type { MessageEntry } from '../lib/extension/message-entry';
import { everySpelling, plain, type Sought, spellingsBeginning, wordsOf } from '../lib/extension/sought';
import type { Party } from '../lib/phone/model/snapshot';
import { callingCodeOf, partyOf, spellingsOf } from './popup/numbers';

/** Where they are kept; the screens' harness brings its own. Everything may throw `storage-failed`. */
export interface PeopleSource {
  listCalls(query: HistoryQuery): Promise<HistoryPage>;
  /** With whoever has one of these numbers, newest first. */
  callsWith(numbers: readonly string[], limit: number): Promise<readonly HistoryEntry[]>;
  readNote(call: string): Promise<string>;
  saveNote(call: string, text: string): Promise<void>;
  deleteCall(call: string): Promise<void>;
  addCall(entry: HistoryEntry): Promise<void>;
  /** Calls back with every finished call, once it is in the list, and with every change of a contact. */
  onKept(listener: () => void): () => void;
  listContacts(): Promise<readonly Contact[]>;
  saveContact(contact: Contact): Promise<void>;
  deleteContact(id: string): Promise<void>;
  /** The newest message with each party, newest first. */
  conversations(): Promise<readonly MessageEntry[]>;
  /** The oldest first. */
  messagesWith(numbers: readonly string[]): Promise<readonly MessageEntry[]>;
  /** They were seen. */
  readMessages(numbers: readonly string[]): Promise<void>;
  /** Messages that nobody has read yet; called again with every one that comes or is read. */
  onUnread(listener: (count: number) => void): () => void;
  unread(): Promise<number>;
  /** Missed calls that nobody has looked at yet. */
  missed(): Promise<number>;
  seen(): Promise<void>;
  onMissed(listener: (count: number) => void): () => void;
}

const RECENT_ROWS = 4;

export class People {
  readonly source: PeopleSource;
  #contacts = $state.raw<readonly Contact[]>([]);
  #recent = $state.raw<readonly HistoryEntry[] | null>(null);
  #missed = $state(0);
  #unread = $state(0);
  #conversations = $state.raw<readonly MessageEntry[]>([]);
  /** Grows with every change; lists that read it ask anew. */
  #version = $state(0);
  readonly #country: () => string;
  readonly #byNumber = $derived(
    new Map(this.#contacts.flatMap((contact) => contact.numbers.map((number) => [personOf(number), contact] as const))),
  );

  /** The newest message with each person, newest first. */
  readonly conversations: readonly MessageEntry[] = $derived.by(() => {
    const met = new Set<string>();
    return this.#conversations.filter(({ number }) => {
      const person = this.contactOf(number)?.id ?? partyOf(number, this.#country());
      const first = !met.has(person);
      met.add(person);
      return first;
    });
  });

  /** `country`: ISO 3166 alpha-2 of numbers that do not begin with +. */
  constructor(source: PeopleSource, country: () => string) {
    this.source = source;
    this.#country = country;
  }

  /** Reads what Home shows; returns the stop. */
  start(): () => void {
    this.refresh();
    const stops = [
      this.source.onKept(() => this.refresh()),
      this.source.onMissed((count) => (this.#missed = count)),
      // As many as before may still be others.
      this.source.onUnread(() => this.refresh()),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Reads anew, for instance after a call was kept. */
  refresh(): void {
    this.#version++;
    void this.#read();
  }

  get contacts(): readonly Contact[] {
    return this.#contacts;
  }
  /** The newest calls; null until they were read. */
  get recent(): readonly HistoryEntry[] | null {
    return this.#recent;
  }
  get missed(): number {
    return this.#missed;
  }
  get unread(): number {
    return this.#unread;
  }
  get version(): number {
    return this.#version;
  }

  /** Theirs is the number as it is written, or as it is dialled from anywhere: a server may tell it nationally. */
  contactOf(number: string | null): Contact | null {
    if (number === null) return null;
    const named = this.#byNumber.get(personOf(number));
    return named ?? this.#byNumber.get(personOf(partyOf(number, this.#country()))) ?? null;
  }

  /** What is kept of this number may be kept under any of these. */
  spellings(number: string): readonly string[] {
    return spellingsOf(number, this.#country());
  }

  /** What these words mean here: with the names of contacts, and a number in every spelling. */
  sought(typed: string): Sought {
    const { words, numbers } = wordsOf(typed);
    const code = callingCodeOf(this.#country());
    const number = numbers.join(' ');
    const named = this.#contacts.filter(({ name }) => words.some((word) => plain(name).includes(word)));
    return {
      words,
      numbers,
      begins: number === '' ? [] : [...spellingsBeginning(number, code), ...this.spellings(number).map(personOf)],
      names: new Map(
        named.flatMap(({ name, numbers: theirs }) =>
          theirs.flatMap((one) =>
            (/^\d{8,}$/.test(one) ? everySpelling(one, code) : [one]).map((each) => [each, name]),
          ),
        ),
      ),
    };
  }

  /** The party with the name that the person here gave it, where there is one. */
  known(party: Party): Party {
    const contact = this.contactOf(party.number);
    return contact === null ? party : { name: contact.name, number: party.number };
  }

  async #read(): Promise<void> {
    const { source } = this;
    // Recents that cannot be read never keep anyone from calling; the Recents page says so and offers another try.
    const [page, missed, contacts, unread, conversations] = await Promise.all([
      source.listCalls({ limit: RECENT_ROWS }).catch(() => null),
      source.missed().catch(() => 0),
      source.listContacts().catch(() => []),
      source.unread().catch(() => 0),
      source.conversations().catch(() => []),
    ]);
    this.#recent = page?.entries ?? [];
    this.#missed = missed;
    this.#contacts = contacts;
    this.#unread = unread;
    this.#conversations = conversations;
  }
}

export const [getPeople, setPeople] = createContext<People>();
