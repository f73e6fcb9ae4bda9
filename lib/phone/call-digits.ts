/** Digits on their way: one after another, in order, with pauses; they wait out a lost line instead of being lost. */

import { PhoneError } from './model/errors';
import type { Clock } from './ports';

export interface DigitsOptions {
  readonly clock: Clock;
  /** Sends one digit. Throws like any request. */
  send(digit: string): Promise<void>;
  /** May one be sent now? */
  ready(): boolean;
  /** One was sent, or the queue changed. */
  onChange(): void;
  /** One could not be sent and was given up. */
  onFailed(error: PhoneError): void;
}

const PAUSE_MS: { readonly [sign: string]: number } = { ',': 500, w: 2000, W: 2000, p: 500, ';': 2000 };
/** Servers play a digit for some 250 ms; handing them over faster than that only makes a queue there. */
const GAP_MS = 100;
const DIGITS = /^[\d*#A-Da-d,wWp;]+$/;

/** Throws `bad-number` where something is no digit of a telephone. */
export function requireDigits(digits: string): void {
  if (!DIGITS.test(digits)) throw new PhoneError('bad-number', { digits });
}

export class Digits {
  readonly #options: DigitsOptions;
  #queue = '';
  #sent = '';
  #busy = false;
  #cancel: () => void = () => undefined;

  constructor(options: DigitsOptions, queue = '') {
    this.#options = options;
    this.#queue = queue;
  }

  get sent(): string {
    return this.#sent;
  }
  get queued(): string {
    return this.#queue;
  }

  add(digits: string): void {
    requireDigits(digits);
    this.#queue += digits;
    this.#options.onChange();
    this.pump();
  }

  /** Sends what waits, where it may. Called again whenever that may have changed. */
  pump(): void {
    if (this.#busy || this.#queue === '' || !this.#options.ready()) return;
    const sign = this.#queue.charAt(0);
    const pause = PAUSE_MS[sign];
    this.#busy = true;
    if (pause !== undefined) {
      this.#queue = this.#queue.slice(1);
      return this.#after(pause);
    }
    this.#options.send(sign.toUpperCase()).then(
      () => this.#wasSent(sign),
      (thrown: unknown) => this.#failed(PhoneError.from(thrown)),
    );
  }

  clear(): void {
    this.#queue = '';
    this.#cancel();
  }

  #wasSent(sign: string): void {
    this.#queue = this.#queue.slice(1);
    this.#sent += sign;
    this.#options.onChange();
    this.#after(GAP_MS);
  }

  #failed(error: PhoneError): void {
    // A line that dropped keeps the digit; anything else would be refused again.
    if (error.reason !== 'disconnected') {
      this.#queue = this.#queue.slice(1);
      this.#options.onFailed(error);
    }
    this.#after(GAP_MS);
  }

  #after(ms: number): void {
    this.#cancel = this.#options.clock.after(ms, () => {
      this.#busy = false;
      this.#options.onChange();
      this.pump();
    });
  }
}
