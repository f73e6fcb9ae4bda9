/** What every sequence of a call stands on: its facts, its leg, its sound, and the one place that moves its state. */

import { CallFacts } from './call-facts';
import { CallLeg } from './call-leg';
import { CallMedia } from './call-media';
import { firstState, type CallEvents, type CallOptions } from './call-options';
import { CallDebug } from './debug';
import type { LegFacts } from './dialects/dialect';
import { Emitter } from './emitter';
import { next, type CallEvent, type CallState } from './model/call-state';
import { PhoneError } from './model/errors';

/** Thrown by a step whose call ended meanwhile; no one's to handle. */
export class Over extends Error {}

export class CallCore {
  readonly events: Emitter<CallEvents>;
  readonly options: CallOptions;
  readonly facts: CallFacts;
  readonly leg: CallLeg;
  readonly media: CallMedia;
  /** Only where the `debug` option asks for it. */
  readonly debug: CallDebug | null;
  #state: CallState;

  constructor(options: CallOptions) {
    const { ports, codecs, muted, device } = options;
    this.options = options;
    this.facts = new CallFacts(options, ports.clock.now());
    this.leg = new CallLeg(options, this.facts);
    this.media = new CallMedia({ ports, media: options.options.media, codecs, muted, device });
    this.debug = options.options.debug === 'off' ? null : new CallDebug(options, this.media);
    this.events = new Emitter(ports.log);
    this.#state = firstState(options, ports.clock.now());
  }

  get state(): CallState {
    return this.#state;
  }
  get alive(): boolean {
    return this.#state.phase !== 'ended';
  }
  get held(): boolean {
    return (this.#state.phase === 'active' || this.#state.phase === 'recovering') && this.#state.held;
  }

  /** Every wait of a sequence: what comes after the end of the call does not go on. */
  async step<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      if (!this.alive) throw new Over();
      return result;
    } catch (thrown) {
      throw this.alive ? thrown : new Over();
    }
  }

  /** The only place that assigns the state. False where the event cannot happen from here. */
  move(event: CallEvent): boolean {
    const state = next(this.#state, event);
    if (state === null) return false;
    this.facts.moved(this.#state.phase, state.phase, this.now());
    this.#state = state;
    const { journal, line, id, ports } = this.options;
    journal.move(line, { call: id, ...state });
    this.debug?.note('state', state.phase);
    ports.log.info('call', { call: id, phase: state.phase });
    this.changed();
    return true;
  }

  changed(): void {
    this.events.emit('change');
  }

  /** A failure that ends nothing. */
  setTrouble(error: PhoneError): void {
    this.facts.trouble = error.toJson();
    this.changed();
  }

  wrongPhase(command: string): PhoneError {
    return new PhoneError('wrong-phase', { command, phase: this.#state.phase });
  }

  /** For the journal. */
  note(facts: { readonly [key: string]: unknown }): void {
    const { journal, line, id } = this.options;
    journal.note(line, { call: id, ...facts });
    this.debug?.note('recovery', facts);
    this.events.emit('noted', facts);
  }

  /** Another leg stands for the call from now on; the facts of the one it replaces. */
  renewLeg(): LegFacts {
    const old = this.leg.renew();
    this.debug?.leg(this.leg.id);
    this.events.emit('leg', this.leg.id, old.id);
    return old;
  }

  now(): number {
    return this.options.ports.clock.now();
  }
}
