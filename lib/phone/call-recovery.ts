/** How a call comes back: the sequences behind the decision of recovery.ts, and the ICE restart while the line lives. */

import type { CallCore } from './call-core';
import type { LegFacts, Offered } from './dialects/dialect';
import { PhoneError } from './model/errors';
import { decideRecovery, recoveryFacts, sameTransport, type Recovery, type RecoveryFacts } from './recovery';
import { Timers } from './timers';

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
const DISCONNECTED_MS = 3000;
/** The peer calls it a stall after two seconds without a packet; one more, and a new route is looked for. */
const STALLED_MS = 1000;
const RESTART_AGAIN_MS = 5000;

export class CallRecovery {
  readonly #core: CallCore;
  readonly #call: Recoverable;
  readonly #timers: Timers;
  #iceRestart: RecoveryFacts['iceRestart'] = 'none';
  #waiting: Offered | null = null;
  #busy = false;
  #recoveredBefore = false;
  #restartedForSilence = false;

  constructor(core: CallCore, call: Recoverable) {
    this.#core = core;
    this.#call = call;
    this.#timers = new Timers(core.options.ports.clock);
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
    else this.restart(false);
  }

  /** The connection changed its mind about itself. */
  onConnection(state: RecoveryFacts['connection']): void {
    if (state === 'connected') {
      this.#timers.cancel('disconnected');
      this.#iceRestart = 'none';
    }
    if (state === 'failed') this.restart(this.#escalate());
    if (state === 'disconnected')
      this.#timers.after('disconnected', DISCONNECTED_MS, () => this.restart(this.#escalate()));
  }

  onSound(flowing: boolean): void {
    this.#timers.cancel('stalled');
    if (flowing) {
      this.#restartedForSilence = false;
      return;
    }
    if (this.#restartedForSilence || this.#core.held) return;
    this.#timers.after('stalled', STALLED_MS, () => {
      if (this.#core.held) return;
      // A far side may be silent by right: one restart a silence, no more.
      this.#restartedForSilence = true;
      this.restart(this.#escalate());
    });
  }

  /** The line is back: what could not be asked while it was away. */
  onLineUp(): void {
    const { connection } = this.#core.media;
    if (connection === 'failed' || connection === 'disconnected') {
      this.#timers.after('line-up', STALLED_MS, () => this.restart(false));
    }
  }

  close(): void {
    this.#timers.clear();
    this.#waiting = null;
  }

  /** Never two at a time, never while the socket is down. */
  restart(relayOnly: boolean): void {
    const { media, alive } = this.#core;
    const possible = alive && this.#core.options.verbs.up && media.peer !== null && !media.peer.isSignallingClosed();
    if (!possible || this.#busy || this.#iceRestart === 'running' || this.#timers.has('restarted')) return;
    this.#timers.after('restarted', RESTART_AGAIN_MS, () => this.#stillBroken());
    this.#iceRestart = 'running';
    this.#restartIce(relayOnly).then(
      () => this.#core.note({ iceRestart: 'answered', relayOnly }),
      (thrown: unknown) => this.#restartFailed(PhoneError.from(thrown)),
    );
  }

  async #restartIce(relayOnly: boolean): Promise<void> {
    const { media } = this.#core;
    const { verbs, options } = this.#core.options;
    this.#core.note({ iceRestart: 'started', relayOnly });
    const offer = await media.restart({ relayOnly });
    const answered = verbs.updateMedia(this.#core.leg.facts(false), offer, options.media.trickle);
    media.descriptionSent();
    await media.accept(await answered);
  }

  /** A server that will not take the offer may still offer the leg anew, on another socket. */
  #restartFailed(error: PhoneError): void {
    if (!this.#core.alive) return;
    this.#core.note({ iceRestart: 'failed', error: error.toJson() });
    // The line went in the middle: it was not tried, and is tried again when the line is back.
    this.#iceRestart = error.reason === 'disconnected' ? 'none' : 'failed';
    this.#timers.cancel('restarted');
    // One that never talked has its own end, soon.
    if (this.#core.state.phase === 'connecting') return;
    if (this.#core.media.flowing || error.reason === 'disconnected') return;
    this.#call.recovering(false);
    this.#core.options.verbs.replaceSocket(new PhoneError('ice-restart-failed', error.facts, { cause: error }));
  }

  #stillBroken(): void {
    const { media } = this.#core;
    if (media.flowing || this.#iceRestart !== 'running') {
      if (this.#iceRestart === 'running') this.#iceRestart = 'none';
      return;
    }
    const { connection } = media;
    if (connection === 'connected') this.#iceRestart = 'none';
    else this.#restartFailed(new PhoneError('ice-restart-failed', { connection }));
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
    await verbs.attach(this.#core.leg.facts(true), sdp, options.media.trickle);
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
    const flowing = await media.changeOver(CHANGE_OVER_MS);
    if (!this.#core.alive) return;
    this.#iceRestart = 'none';
    this.#recoveredBefore = true;
    this.#core.note({ rebuilt: true, flowing });
    this.#call.recovered();
    if (!flowing) this.onSound(false);
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
    this.#iceRestart = 'none';
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

  /** A call that was brought back once and stalls again on a direct path goes over a relay, where there is one. */
  #escalate(): boolean {
    const { media } = this.#core;
    const { options } = this.#core.options;
    const relays = options.media.iceServers.some(({ urls }) => [urls].flat().some((url) => /^turns?:/i.test(url)));
    return this.#recoveredBefore && relays && !media.relayOnly;
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
      iceRestart: this.#iceRestart,
      transport: sameTransport(peer?.remoteSdp() ?? null, offer.sdp) ? 'same' : 'new',
      keptInVain,
      canInvite: this.#core.leg.destination !== null,
    };
  }
}
