/** Paces what is said: one message in two seconds; of those that wait, a newer one replaces the older. */

export interface PaceClock {
  after(ms: number, run: () => void): () => void;
}

export const BETWEEN_MS = 2000;

export class Pace<Message> {
  readonly #clock: PaceClock;
  readonly #say: (message: Message) => void;
  #waiting: Message | null = null;
  #cancel: (() => void) | null = null;

  constructor(clock: PaceClock, say: (message: Message) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  push(message: Message): void {
    if (this.#cancel !== null) {
      this.#waiting = message;
      return;
    }
    this.#say(message);
    this.#rest();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#waiting = null;
  }

  #rest(): void {
    this.#cancel = this.#clock.after(BETWEEN_MS, () => {
      this.#cancel = null;
      const next = this.#waiting;
      this.#waiting = null;
      if (next !== null) this.push(next);
    });
  }
}
