/** Several phones of one account that ring at once: the first to answer has the call, the others stop. */

import type { Cause } from './causes';
import { causeOf } from './causes';
import { Leg } from './leg';
import type { CodecName } from './media/packet';
import type { Label, News, Party } from './party';
import { join } from './party';

export class Fork implements Party {
  readonly label: Label;
  readonly answered = false;
  readonly codec: CodecName = 'opus';
  peer: Party | null = null;
  /** What a bot that calls does once it is answered. */
  onTaken: (() => void) | null = null;
  readonly #legs: readonly Leg[];
  #rang = false;
  #ended = false;
  #timer: NodeJS.Timeout | null = null;
  #lastCause: Cause = causeOf('NO_ANSWER');

  constructor(label: Label, legs: readonly Leg[]) {
    this.label = label;
    this.#legs = legs;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Rings them all; gives up after `noAnswerMs`. */
  start(noAnswerMs: number): void {
    for (const leg of this.#legs) {
      leg.peer = new Branch(this, leg);
      leg.invite().catch(() => leg.end(causeOf('NORMAL_TEMPORARY_FAILURE')));
    }
    this.#timer = setTimeout(() => this.#giveUp(causeOf('NO_ANSWER')), noAnswerMs);
  }

  hear(): void {
    // Nobody has picked up: there is no one to hear it.
  }

  learn(news: News): void {
    if (news.type === 'ended') this.#stop(causeOf('ORIGINATOR_CANCEL'), null);
  }

  rings(): void {
    if (!this.#rang) this.peer?.learn({ type: 'ringing' });
    this.#rang = true;
  }

  taken(by: Leg): void {
    const caller = this.peer;
    if (this.#ended || !caller) return;
    this.#stop(causeOf('LOSE_RACE'), by);
    join(caller, by);
    caller.learn({ type: 'answered' });
    this.onTaken?.();
    if (caller instanceof Leg) {
      caller.announce(by.label);
      by.announce(caller.label);
    }
  }

  lost(cause: Cause): void {
    this.#lastCause = cause;
    if (!this.#ended && this.#legs.every((leg) => leg.ended)) this.#giveUp(this.#lastCause);
  }

  #giveUp(cause: Cause): void {
    const caller = this.peer;
    this.#stop(cause, null);
    this.peer = null;
    if (caller?.peer === this) caller.peer = null;
    caller?.learn({ type: 'ended', cause });
  }

  #stop(cause: Cause, except: Leg | null): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const leg of this.#legs) if (leg !== except) leg.end(cause);
  }
}

/** Stands at the far end of one ringing leg, and tells the fork about it. */
class Branch implements Party {
  readonly answered = false;
  readonly ended = false;
  readonly codec: CodecName = 'opus';
  peer: Party | null;
  readonly #fork: Fork;
  readonly #leg: Leg;

  constructor(fork: Fork, leg: Leg) {
    this.#fork = fork;
    this.#leg = leg;
    this.peer = leg;
  }

  get label(): Label {
    return this.#fork.label;
  }

  hear(): void {
    // Not answered yet.
  }

  learn(news: News): void {
    if (news.type === 'ringing') this.#fork.rings();
    if (news.type === 'answered') this.#fork.taken(this.#leg);
    if (news.type === 'ended') this.#fork.lost(news.cause);
  }
}
