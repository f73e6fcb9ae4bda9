/** Asks the background which candidates are numbers: in batches, one at a time, never twice for the same text. */

import type { NumberLook, PageNumber } from '../../lib/extension/contract';
import { speaksForItself } from '../../lib/numbers/candidates';
import { ask } from './background';
import { headOf } from './heads';
import type { Mark } from './marks';

export type Verdict = Omit<PageNumber, 'index'> | null;

/** The contract's bound on one request. */
const BATCH = 200;
/** Verdicts that are remembered, so that rows that scroll back ask nothing. */
const REMEMBERED = 4000;
/** Then the background is gone for good. */
const MOST_FAILURES = 6;
/** Before the first request, and between two of one frame. */
const FIRST_MS = 16;
const PAUSE_MS = 120;

export class Ask {
  readonly #onAnswer: () => void;
  readonly #onLook: (look: NumberLook | null) => void;
  #against: readonly RegExp[] | null = null;
  readonly #verdicts = new Map<string, Verdict>();
  readonly #waiting = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #closed = false;
  #failures = 0;
  #listeners: (() => void)[] = [];

  constructor(onAnswer: () => void, onLook: (look: NumberLook | null) => void) {
    this.#onAnswer = onAnswer;
    this.#onLook = onLook;
  }

  /** The verdict, or undefined while it is asked for; `onAnswer` tells when to look again. */
  about({ candidate, before, after, nodes: [first] }: Mark): Verdict | undefined {
    // Only what the page's own words do not speak against is asked for at all.
    if (this.#against !== null) {
      const front = /\S/.test(before) || speaksForItself(candidate) ? before : headOf(first);
      if (this.#against.some((words, index) => words.test(index === 0 ? front : after))) return null;
    }
    const known = this.#verdicts.get(candidate);
    if ((known !== undefined && this.#against !== null) || this.#closed) return known;
    // Beyond what one page can show at once, new texts wait until they are seen again.
    if (this.#waiting.size < 2 * REMEMBERED) this.#waiting.add(candidate);
    this.#timer ??= setTimeout(() => void this.#next(), FIRST_MS);
    return undefined;
  }

  /** Settles when the next batch was answered, or failed. */
  answered(): Promise<void> {
    return this.#closed ? Promise.resolve() : new Promise((resolve) => this.#listeners.push(resolve));
  }

  /** The rules changed: everything is asked again. */
  forget(): void {
    this.#verdicts.clear();
    this.#against = null;
  }

  /** Nobody looks: what is asked already comes, and nothing more is asked. */
  rest(): void {
    this.#waiting.clear();
    this.#settle();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.rest();
  }

  #settle(): void {
    for (const listener of this.#listeners.splice(0)) listener();
  }

  async #next(): Promise<void> {
    const batch = [...this.#waiting].slice(0, BATCH);
    if (batch.length === 0) {
      this.#timer = null;
      return;
    }
    let pause = PAUSE_MS;
    try {
      if (this.#against === null) {
        // The words come first; then the marks are looked at again, and fewer are asked for.
        this.#waiting.clear();
        const { before, after, look } = await ask('words');
        this.#onLook(look);
        this.#against = [new RegExp(before, 'iu'), new RegExp(after, 'iu')];
        pause = FIRST_MS;
      } else {
        for (const candidate of batch) this.#waiting.delete(candidate);
        const numbers = await ask('confirm', batch);
        // What was answered by rules that changed meanwhile is asked again.
        if (this.#against === null) batch.length = 0;
        for (const candidate of batch) this.#remember(candidate, null);
        for (const number of numbers) {
          const candidate = batch[number.index];
          if (candidate !== undefined) this.#remember(candidate, number);
        }
      }
      this.#failures = 0;
      if (!this.#closed) this.#onAnswer();
    } catch {
      // The background refuses a flood or is being updated: later, and each time later still.
      if (++this.#failures < MOST_FAILURES) for (const candidate of batch) this.#waiting.add(candidate);
    }
    this.#settle();
    const rests = this.#closed || this.#waiting.size === 0;
    this.#timer = rests ? null : setTimeout(() => void this.#next(), pause * 2 ** this.#failures);
  }

  #remember(candidate: string, verdict: Verdict): void {
    this.#verdicts.delete(candidate);
    this.#verdicts.set(candidate, verdict);
    if (this.#verdicts.size <= REMEMBERED) return;
    const [oldest] = this.#verdicts.keys();
    if (oldest !== undefined) this.#verdicts.delete(oldest);
  }
}
