/** Orders to the server about a call that talks: hold, transfer, connect; one after another, each with its answer. */

import { Over, type CallCore } from './call-core';
import { PhoneError } from './model/errors';

export class CallOrders {
  readonly #core: CallCore;
  readonly #onUnheld: () => void;
  #last: Promise<void> = Promise.resolve();
  #transferring = false;
  #place: string | null = null;

  /** `onUnheld`: both talk again, and sound is expected from now on. */
  constructor(core: CallCore, onUnheld: () => void) {
    this.#core = core;
    this.#onUnheld = onUnheld;
  }

  /** Was the call handed over? Then its end is a transfer. */
  get transferring(): boolean {
    return this.#transferring;
  }

  /** The parking place that it was left in. */
  get place(): string | null {
    return this.#place;
  }

  /** Throws `hold-failed` or `wrong-phase`; the call stays as it was. */
  hold(held: boolean): Promise<void> {
    const { media, facts, options, leg } = this.#core;
    return this.#inOrder(async () => {
      const { state } = this.#core;
      if (state.phase !== 'active') throw this.#core.wrongPhase('hold');
      if (state.held === held) return;
      facts.trouble = null;
      try {
        if (held) media.setSilent(true);
        this.#setHeld(await this.#step(options.verbs.hold(leg.facts(), held)));
      } catch (thrown) {
        if (thrown instanceof Over) return;
        media.setSilent(this.#core.held);
        const error = new PhoneError('hold-failed', { held, ...PhoneError.from(thrown).facts }, { cause: thrown });
        this.#core.setTrouble(error);
        throw error;
      }
    });
  }

  /** Another leg stands for a held call, of which the server knows no hold. Where it will have none, the call is held no more. */
  holdAgain(): Promise<void> {
    const { options, leg } = this.#core;
    return this.#inOrder(async () => {
      if (this.#core.state.phase !== 'active' || !this.#core.held) return;
      try {
        await this.#step(options.verbs.hold(leg.facts(), true));
      } catch (thrown) {
        if (thrown instanceof Over) return;
        this.#setHeld(false);
        this.#core.setTrouble(new PhoneError('hold-failed', PhoneError.from(thrown).facts, { cause: thrown }));
      }
    });
  }

  /** Blind. Throws `transfer-failed` or `wrong-phase`. */
  transfer(to: string): Promise<void> {
    const { options, leg } = this.#core;
    return this.#handOver('transfer', () => options.verbs.transfer(leg.facts(), to));
  }

  /** Blind, to a place where it waits (reference, freeswitch-verto: a transfer). Throws `transfer-failed` or `wrong-phase`. */
  park(place: string): Promise<void> {
    const { options, leg } = this.#core;
    return this.#handOver('park', async () => {
      this.#place = place;
      try {
        await this.#step(options.verbs.transfer(leg.facts(), place));
      } catch (thrown) {
        this.#place = null;
        throw thrown;
      }
    });
  }

  /** Attended. Throws `transfer-failed` or `wrong-phase`. */
  connect(other: CallOrders): Promise<void> {
    const { options, leg } = this.#core;
    return this.#handOver('connect', async () => {
      other.#transferring = true;
      try {
        await this.#step(options.verbs.replace(leg.facts(), other.#core.leg.id));
      } catch (thrown) {
        other.#transferring = false;
        throw thrown;
      }
    });
  }

  #setHeld(held: boolean): void {
    const { media, facts } = this.#core;
    media.setSilent(held);
    facts.heldSince = held ? this.#core.now() : null;
    if (this.#core.move({ type: 'held', held }) && !held) this.#onUnheld();
  }

  #handOver(command: string, ask: () => Promise<void>): Promise<void> {
    return this.#inOrder(async () => {
      if (this.#core.state.phase !== 'active') throw this.#core.wrongPhase(command);
      this.#core.facts.trouble = null;
      this.#transferring = true;
      try {
        await this.#step(ask());
      } catch (thrown) {
        if (thrown instanceof Over) return;
        this.#transferring = false;
        const error = new PhoneError('transfer-failed', PhoneError.from(thrown).facts, { cause: thrown });
        this.#core.setTrouble(error);
        throw error;
      }
    });
  }

  #inOrder(order: () => Promise<void>): Promise<void> {
    const done = this.#last.then(order);
    this.#last = done.catch(() => undefined);
    return done;
  }

  #step<T>(work: Promise<T>): Promise<T> {
    return this.#core.step(work);
  }
}
