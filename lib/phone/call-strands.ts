/** The two strands of a call, its sound and its line to the server: they fail apart, and are told apart. */

import type { CallFacts } from './call-facts';
import type { CallMedia } from './call-media';
import type { CallEvent, CallState } from './model/call-state';
import { PhoneError } from './model/errors';
import type { Clock } from './ports';
import { Timers } from './timers';

/** What the strands need of their call. */
export interface Strung {
  readonly facts: CallFacts;
  readonly media: CallMedia;
  readonly clock: Clock;
  state(): CallState;
  held(): boolean;
  /** May the server be spoken to? */
  lineUp(): boolean;
  waitsForPerson(): boolean;
  move(event: CallEvent): boolean;
  changed(): void;
  /** Sound came, or the line did: what waited for it may go on. */
  onSound(): void;
  onLine(): void;
  onRecovered(): void;
  lose(error: PhoneError): void;
}

const ATTACH_MS = 20_000;
const RECOVER_MS = 300_000;
const SHOWN_MS = 6000;

export class CallStrands {
  readonly #call: Strung;
  readonly #timers: Timers;

  constructor(call: Strung) {
    this.#call = call;
    this.#timers = new Timers(call.clock);
  }

  /** The line to the server was lost, or is back. */
  signalling(up: boolean): void {
    const { facts, media, clock, onLine, changed } = this.#call;
    if (up) {
      facts.signallingLostAt = null;
      onLine();
    } else if (facts.signallingLostAt === null) {
      facts.signallingLostAt = clock.now();
      facts.drops += 1;
      if (!media.flowing) this.#bothLost();
    }
    changed();
  }

  sound(flowing: boolean): void {
    const { facts, clock, held, state, waitsForPerson, onSound } = this.#call;
    if (flowing) {
      facts.everFlowed = true;
      if (facts.soundLostAt !== null) this.#show();
      facts.soundLostAt = null;
      onSound();
      if (state().phase === 'recovering' && !waitsForPerson()) this.recovered();
    } else if (facts.everFlowed && !held()) {
      facts.soundLostAt ??= clock.now();
      if (facts.signallingLostAt !== null) this.#bothLost();
    }
    this.#call.changed();
  }

  /** A call that comes back from an earlier life, or whose leg is rebuilt; never for ever. */
  recovering(waitsForPerson: boolean): void {
    const { facts, clock, move } = this.#call;
    const moved = move({ type: 'lost', at: facts.answeredAt ?? clock.now(), until: null, waitsForPerson });
    if (moved) this.expectEnd();
  }

  expectEnd(): void {
    if (this.#timers.has('recover')) return;
    const error = new PhoneError('not-reattached', { afterMs: RECOVER_MS });
    this.#timers.after('recover', RECOVER_MS, () => this.#call.lose(error));
  }

  recovered(): void {
    const { facts, media, held, state, move, onSound, onRecovered } = this.#call;
    this.#timers.cancel('recover');
    this.#timers.cancel('attach');
    media.setSilent(held());
    this.#show();
    if (media.flowing) facts.soundLostAt = null;
    if (state().phase === 'connecting') onSound();
    else if (state().phase === 'recovering') move({ type: 'recovered' });
    onRecovered();
    this.#call.changed();
  }

  /** Listed, and nothing heard of it: waited for so long on a line that is up, however often that line changes meanwhile. */
  expectAttach(): void {
    if (this.#timers.has('attach')) return;
    this.#timers.after('attach', ATTACH_MS, () => {
      if (this.#call.lineUp()) this.#call.lose(new PhoneError('not-reattached', { why: 'no attach' }));
      else this.expectAttach();
    });
  }

  attachCame(): void {
    this.#timers.cancel('attach');
  }

  close(): void {
    this.#timers.clear();
  }

  #bothLost(): void {
    const { facts, clock, state } = this.#call;
    facts.soundLostAt ??= clock.now();
    const { phase } = state();
    if (phase === 'active' || phase === 'connecting') this.recovering(false);
  }

  /** "Reconnected", for a moment. */
  #show(): void {
    const { facts, clock, changed } = this.#call;
    facts.recoveredAt = clock.now();
    this.#timers.after('shown', SHOWN_MS, () => {
      facts.recoveredAt = null;
      changed();
    });
  }
}
