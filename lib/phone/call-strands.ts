/** The two strands of a call, its sound and its line to the server: they fail apart, and are told apart. */

import type { CallCore } from './call-core';
import { PhoneError } from './model/errors';
import { Timers } from './timers';

/** What the strands tell their call. */
export interface Strung {
  waitsForPerson(): boolean;
  /** Sound came, or the line did: what waited for it may go on. */
  onSound(): void;
  onSilence(): void;
  onLine(): void;
  onRecovered(): void;
  lose(error: PhoneError): void;
}

const ATTACH_MS = 20_000;
const RECOVER_MS = 300_000;
const SHOWN_MS = 6000;
/** As long as a peer waits for a packet before it calls that a stall. */
const SILENT_MS = 2000;

export class CallStrands {
  readonly #core: CallCore;
  readonly #call: Strung;
  readonly #timers: Timers;

  constructor(core: CallCore, call: Strung) {
    this.#core = core;
    this.#call = call;
    this.#timers = new Timers(core.options.ports.clock);
  }

  /** Is there sound, or (held, when none need come) a path that it could take? */
  get soundLives(): boolean {
    const { media, held } = this.#core;
    return media.flowing || (held && media.connection === 'connected');
  }

  /** The line to the server was lost, or is back. */
  signalling(up: boolean): void {
    const { facts } = this.#core;
    if (up) {
      facts.signallingLostAt = null;
      facts.whole(this.#core.now());
      this.#call.onLine();
    } else if (facts.signallingLostAt === null) {
      facts.signallingLostAt = this.#core.now();
      facts.drops += 1;
      if (!this.soundLives) this.#bothLost();
    }
    this.#core.changed();
  }

  sound(flowing: boolean): void {
    const { facts, state, held } = this.#core;
    if (flowing) {
      facts.everFlowed = true;
      if (facts.soundLostAt !== null) this.#show();
      facts.soundLostAt = null;
      facts.whole(this.#core.now());
      this.#call.onSound();
      if (state.phase === 'recovering' && !this.#call.waitsForPerson()) this.recovered();
    } else if (facts.everFlowed && !held) {
      facts.soundLostAt ??= this.#core.now();
      if (facts.signallingLostAt !== null) this.#bothLost();
    }
    this.#core.changed();
  }

  /** Held no more. What broke while nothing was listened for is noticed now. */
  expectSound(): void {
    this.#timers.after('sound', SILENT_MS, () => {
      const { facts, media, held } = this.#core;
      if (media.flowing || held || !facts.everFlowed) return;
      this.sound(false);
      this.#call.onSilence();
    });
  }

  /** No path is left: without a line to ask for another, held or not, both strands are gone. */
  pathLost(): void {
    if (this.#core.facts.signallingLostAt !== null) this.#bothLost();
  }

  /** A call that comes back from an earlier life, or whose leg is rebuilt; never for ever. */
  recovering(waitsForPerson: boolean): void {
    const at = this.#core.facts.answeredAt ?? this.#core.now();
    if (this.#core.move({ type: 'lost', at, until: null, waitsForPerson })) this.expectEnd();
  }

  expectEnd(): void {
    if (this.#timers.has('recover')) return;
    const error = new PhoneError('not-reattached', { afterMs: RECOVER_MS });
    this.#timers.after('recover', RECOVER_MS, () => this.#call.lose(error));
  }

  recovered(): void {
    const { facts, media, state, alive } = this.#core;
    // The word that it is back may come after the person ended it.
    if (!alive) return;
    this.#timers.cancel('recover');
    this.#timers.cancel('attach');
    media.setSilent(this.#core.held);
    this.#show();
    if (media.flowing) facts.soundLostAt = null;
    facts.whole(this.#core.now());
    if (state.phase === 'connecting') this.#call.onSound();
    else if (state.phase === 'recovering') this.#core.move({ type: 'recovered' });
    this.#call.onRecovered();
    this.#core.changed();
  }

  /** Listed, and nothing heard of it: waited for so long on a line that is up, however often that line changes meanwhile. */
  expectAttach(): void {
    if (this.#timers.has('attach')) return;
    this.#timers.after('attach', ATTACH_MS, () => {
      if (this.#core.options.verbs.up) this.#call.lose(new PhoneError('not-reattached', { why: 'no attach' }));
      else this.expectAttach();
    });
  }

  attachCame(): void {
    this.#timers.cancel('attach');
  }

  close(): void {
    this.#timers.close();
  }

  #bothLost(): void {
    this.#core.facts.soundLostAt ??= this.#core.now();
    const { phase } = this.#core.state;
    if (phase === 'active' || phase === 'connecting') this.recovering(false);
  }

  /** "Reconnected", for a moment. */
  #show(): void {
    const { facts } = this.#core;
    facts.recoveredAt = this.#core.now();
    this.#timers.after('shown', SHOWN_MS, () => {
      facts.recoveredAt = null;
      this.#core.changed();
    });
  }
}
