/** From the answer to the talk: an answered call waits for its sound, looks for another path, and does not wait for ever. */

import type { CallCore } from './call-core';
import type { Bye } from './dialects/dialect';
import { PhoneError } from './model/errors';
import { Timers } from './timers';

export interface Connecting {
  /** The call cannot go on. */
  fail(thrown: unknown, bye: Bye): void;
  /** Answered, by whichever side; sound may be there already. */
  onAnswered(): void;
  /** Answered, and long not connected: the way that was offered may lead nowhere any more. */
  onSlow(): void;
  /** The talk has begun. */
  onTalk(): void;
}

const CONNECT_MS = 20_000;
const SLOW_MS = 5000;
const CONNECTED_IS_TALKING_MS = 1500;

export class CallConnecting {
  readonly #core: CallCore;
  readonly #call: Connecting;
  readonly #timers: Timers;

  constructor(core: CallCore, call: Connecting) {
    this.#core = core;
    this.#call = call;
    this.#timers = new Timers(core.options.ports.clock);
  }

  answered(): void {
    if (!this.#core.move({ type: 'answered' })) return;
    this.#core.facts.answeredAt ??= this.#core.now();
    this.#timers.after('connect', CONNECT_MS, () => this.#notConnected());
    this.#timers.after('slow', SLOW_MS, () => {
      if (this.#core.state.phase === 'connecting') this.#call.onSlow();
    });
    this.#call.onAnswered();
    this.settle();
  }

  /** Answered, and heard: the talk begins. A line that is up but silent begins too, a moment later. */
  settle(): void {
    const { state, media } = this.#core;
    if (state.phase !== 'connecting') return;
    if (media.flowing) return this.#talk();
    if (media.connection === 'connected') this.#timers.after('talk', CONNECTED_IS_TALKING_MS, () => this.#talk());
  }

  close(): void {
    this.#timers.close();
  }

  #talk(): void {
    for (const name of ['talk', 'connect', 'slow']) this.#timers.cancel(name);
    const at = this.#core.facts.answeredAt ?? this.#core.now();
    if (this.#core.move({ type: 'talking', at })) this.#call.onTalk();
  }

  #notConnected(): void {
    const { state, media, options } = this.#core;
    if (state.phase !== 'connecting') return;
    const error = new PhoneError('negotiation', { why: 'no connection', connection: media.connection });
    this.#call.fail(error, options.verbs.byes.hangUp);
  }
}
