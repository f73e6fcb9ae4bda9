/** How a call comes back: the sequences behind the decision of recovery.ts. */

import type { CallCore } from './call-core';
import { CallRestart } from './call-restart';
import type { LegFacts, Offered } from './dialects/dialect';
import { PhoneError } from './model/errors';
import { decideRecovery, recoveryFacts, sameTransport, type Recovery, type RecoveryFacts } from './recovery';

/** What recovery tells the call that it brings back. */
export interface Recoverable {
  /** Another leg stands for the call from now on; the facts of the one it replaces. */
  renewLeg(): LegFacts;
  /** The sound is on its way back: show it. */
  recovering(waitsForPerson: boolean): void;
  recovered(): void;
  /** The call cannot be brought back. */
  lost(error: PhoneError): void;
}

const WATCH_KEPT_MS = 2000;
const CHANGE_OVER_MS = 5000;
/** Attempts to rebuild before the call is told lost. */
const REBUILDS = 2;

export class CallRecovery {
  readonly #core: CallCore;
  readonly #call: Recoverable;
  readonly #restart: CallRestart;
  #waiting: Offered | null = null;
  #busy = false;

  constructor(core: CallCore, call: Recoverable) {
    this.#core = core;
    this.#call = call;
    this.#restart = new CallRestart(core, {
      busy: () => this.#busy,
      recovering: () => this.#call.recovering(false),
    });
  }

  get waitsForPerson(): boolean {
    return this.#waiting !== null;
  }

  /** An attach for this call. `byPerson` where "Resume call" was pressed. Never rejects. */
  async attached(offer: Offered, byPerson = false, keptInVain = false): Promise<void> {
    if (this.#busy) {
      // The newest offer is the one that counts; it is taken up when the sequence under way is done.
      this.#waiting = offer;
      return;
    }
    this.#busy = true;
    this.#waiting = null;
    const facts = this.#facts(offer, byPerson, keptInVain);
    const decision = decideRecovery(facts);
    this.#core.note({ recovery: recoveryFacts(facts, decision) });
    try {
      await this.#follow(decision, offer);
    } catch (thrown) {
      if (this.#core.alive) this.#failed(PhoneError.from(thrown));
    } finally {
      this.#busy = false;
    }
    const later = this.#waiting;
    if (later && decision !== 'wait-for-person' && this.#core.alive) await this.attached(later, byPerson);
  }

  /** "Resume call". */
  resume(): void {
    const offer = this.#waiting;
    if (offer && !this.#busy) void this.attached(offer, true);
    else this.restart();
  }

  /** The connection changed its mind about itself. */
  onConnection(state: RecoveryFacts['connection']): void {
    this.#restart.onConnection(state);
  }

  /** The browser destroyed the peer. */
  onPeerGone(): void {
    this.#restart.onPeerGone();
  }

  onSound(flowing: boolean): void {
    this.#restart.onSound(flowing);
  }

  /** The line is back: what could not be asked while it was away. */
  onLineUp(): void {
    this.#restart.askSoon();
  }

  /** Something may have broken unseen. */
  look(): void {
    this.#restart.look();
  }

  /** Looks for another path while the line lives. */
  restart(): void {
    this.#restart.start(false);
  }

  close(): void {
    this.#restart.close();
    this.#waiting = null;
  }

  async #follow(decision: Recovery, offer: Offered): Promise<void> {
    switch (decision) {
      case 'bye':
        return this.#call.lost(new PhoneError('not-reattached'));
      case 'wait-for-person':
        this.#waiting = offer;
        return this.#call.recovering(true);
      case 'keep':
        return this.#keep(offer);
      case 'rebuild':
        return this.#rebuild(offer);
      case 'new-invite':
        return this.#inviteAgain();
    }
    decision satisfies never;
  }

  /** The same peer: the server hears our present description, and the sound never stopped. */
  async #keep(offer: Offered): Promise<void> {
    const { media } = this.#core;
    const { verbs, options } = this.#core.options;
    const sdp = media.peer?.localSdp();
    if (!sdp) return this.#rebuild(offer);
    try {
      await verbs.attach(this.#core.leg.facts(true), sdp, options.media.trickle);
    } catch (thrown) {
      if (PhoneError.from(thrown).reason !== 'refused' || !this.#core.alive) throw thrown;
      this.#core.note({ kept: 'refused' });
      return this.#rebuild(offer);
    }
    this.#call.recovered();
    if (this.#core.held || (await media.hears(WATCH_KEPT_MS)) || !this.#core.alive) return;
    this.#core.note({ kept: 'in vain' });
    await this.#rebuild(offer);
  }

  /** Make before break: the old peer plays and sends until the new one flows. */
  async #rebuild(offer: Offered): Promise<void> {
    const { media } = this.#core;
    const { verbs, options } = this.#core.options;
    if (!media.flowing) this.#call.recovering(false);
    await media.open();
    for (let attempt = 1; ; attempt += 1) {
      try {
        const sdp = await media.answerAnew(offer.sdp);
        const attached = verbs.attach(this.#core.leg.facts(true), sdp, options.media.trickle);
        media.descriptionSent();
        await attached;
        break;
      } catch (thrown) {
        media.dropNext();
        const error = PhoneError.from(thrown);
        if (!this.#core.alive || error.reason === 'disconnected' || attempt >= REBUILDS) throw error;
      }
    }
    const flowing = await media.changeOver(CHANGE_OVER_MS, this.#core.held ? 'path' : 'sound');
    if (!this.#core.alive) return;
    this.#restart.replaced();
    this.#core.note({ rebuilt: true, flowing });
    // A far side may be silent by right; without a path the call is not back yet.
    if (flowing || media.connection === 'connected') this.#call.recovered();
    else {
      this.#call.recovering(false);
      this.#restart.askSoon();
    }
    if (!flowing) this.#restart.onSound(false);
  }

  /** The failed leg ends with BYE; another takes its place, and the person sees one call. */
  async #inviteAgain(): Promise<void> {
    const { media } = this.#core;
    const { verbs, options } = this.#core.options;
    this.#call.recovering(false);
    const old = this.#call.renewLeg();
    verbs.bye(old, verbs.byes.hangUp).catch((thrown: unknown) => {
      this.#core.options.ports.log.warn('the old leg was not told', { thrown });
    });
    this.#restart.replaced();
    const sdp = await media.offerAnew();
    const invited = verbs.invite(this.#core.leg.facts(false), sdp, options.media.trickle);
    media.descriptionSent();
    await invited;
  }

  #failed(error: PhoneError): void {
    this.#core.note({ recovery: 'failed', error: error.toJson() });
    // The line dropped again in the middle: the next attach begins anew.
    if (error.reason === 'disconnected' || (error.reason === 'timeout' && !this.#core.options.verbs.up)) return;
    if (this.#core.media.flowing) return this.#call.recovered();
    this.#call.lost(error);
  }

  #facts(offer: Offered, byPerson: boolean, keptInVain: boolean): RecoveryFacts {
    const { media } = this.#core;
    const { options } = this.#core.options;
    const { peer } = media;
    return {
      keepAlive: options.recovery.keepAlive,
      auto: options.recovery.auto || byPerson,
      wanted: this.#core.alive,
      peer: peer === null ? 'none' : peer.isSignallingClosed() ? 'signalling-closed' : 'alive',
      connection: media.connection,
      iceRestart: this.#restart.outcome,
      transport: sameTransport(peer?.remoteSdp() ?? null, offer.sdp) ? 'same' : 'new',
      keptInVain,
      canInvite: this.#core.leg.destination !== null,
    };
  }
}
