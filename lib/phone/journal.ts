/** The last minutes as they went: frames, commands, moves. A ring buffer, redacted as it is written, exportable as JSON. */

import type { Json } from './model/json';
import type { Clock } from './ports';
import { redact } from './wire/redact';

export interface JournalEntry {
  readonly at: number;
  readonly what: 'frame-in' | 'frame-out' | 'command' | 'move' | 'note';
  readonly line: string | null;
  readonly facts: Json;
}

const LONGEST = 1000;

export class Journal {
  readonly #clock: Clock;
  readonly #longest: number;
  #entries: JournalEntry[] = [];

  constructor(clock: Clock, longest = LONGEST) {
    this.#clock = clock;
    this.#longest = longest;
  }

  frame(line: string, direction: 'in' | 'out', text: string): void {
    this.#write(direction === 'in' ? 'frame-in' : 'frame-out', line, parsed(text));
  }

  command(name: string, facts: Json): void {
    this.#write('command', null, { name, facts });
  }

  move(line: string | null, facts: { readonly [key: string]: unknown }): void {
    this.#write('move', line, facts);
  }

  note(line: string | null, facts: { readonly [key: string]: unknown }): void {
    this.#write('note', line, facts);
  }

  /** A copy, oldest first, that can be handed to anyone. */
  export(): readonly JournalEntry[] {
    return [...this.#entries];
  }

  #write(what: JournalEntry['what'], line: string | null, facts: unknown): void {
    this.#entries.push({ at: this.#clock.now(), what, line, facts: redact(facts) });
    // Dropping a tenth at a time keeps writing cheap.
    if (this.#entries.length > this.#longest) this.#entries = this.#entries.slice(Math.ceil(this.#longest / 10));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
