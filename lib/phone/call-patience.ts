/** How long an outgoing call waits: for a first word of it, and, once it rings, for an answer. */

import type { CallCore } from './call-core';
import { PhoneError } from './model/errors';
import { Timers } from './timers';

export interface Patience {
  /** The server took the invite, or had it, and said no more. */
  silent(error: PhoneError): void;
  /** It rang for so long that nobody will answer any more. */
  unanswered(): void;
}

/** After a loss, when its reply went lost too. */
const NEWS_MS = 30_000;
/** Far networks take their time before anything rings. */
const FIRST_NEWS_MS = 90_000;
/**
 * Networks and servers end what rings, and say why: within three minutes and more by RFC 3261 (16.6, Timer C) and Q.931 (T301), after
 * one by FreeSWITCH unless its dialplan rings one phone after another. So this is longer than theirs, and for a server that forgot.
 */
const ANSWER_MS = 300_000;

export class CallPatience {
  readonly #core: CallCore;
  readonly #call: Patience;
  readonly #timers: Timers;

  constructor(core: CallCore, call: Patience) {
    this.#core = core;
    this.#call = call;
    this.#timers = new Timers(core.options.ports.clock);
  }

  /** The server took the invite: what becomes of it will be told. */
  invited(): void {
    this.#expectNews(FIRST_NEWS_MS);
  }

  /** The server has the invite, whose reply went lost. */
  expectNews(): void {
    this.#expectNews(NEWS_MS);
  }

  /** Another leg rings from now on: the far end is called anew. */
  again(): void {
    this.#timers.cancel('answer');
    this.expectAnswer();
  }

  /** Does it ring, or is the far side's own sound heard? Telling it again changes nothing. */
  expectAnswer(): void {
    if (this.#core.state.phase !== 'ringing' || this.#timers.has('answer')) return;
    this.#timers.after('answer', ANSWER_MS, () => {
      const { state, media } = this.#core;
      if (state.phase !== 'ringing') return;
      // Music of a queue, or a voice that asks to wait: the person hears for themselves that somebody is there.
      if (media.flowing) return this.expectAnswer();
      this.#core.note({ unanswered: { afterMs: ANSWER_MS } });
      this.#call.unanswered();
    });
  }

  close(): void {
    this.#timers.close();
  }

  #expectNews(afterMs: number): void {
    this.#timers.after('news', afterMs, () => {
      if (this.#core.state.phase === 'dialling')
        this.#call.silent(new PhoneError('timeout', { method: 'invite', afterMs }));
    });
  }
}
