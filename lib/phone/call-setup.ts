/** How a call comes about: microphone, offer, invite or answer, and the far side's words. */

import { CallConnecting, type Connecting } from './call-connecting';
import { Over, type CallCore } from './call-core';
import type { CallOptions } from './call-options';
import { CallPatience } from './call-patience';
import type { CallMessage } from './dialects/dialect';
import { PhoneError } from './model/errors';
import { Timers } from './timers';

export interface Answering {
  readonly muted?: boolean;
  readonly headers?: CallOptions['headers'];
}

/** What the setup tells the call it sets up. */
export interface SettingUp extends Connecting {
  /** The new leg of a recovered call was answered, and its sound came. */
  onCalledAgain(): void;
  /** It rang, and nobody answered for longer than anybody rings. */
  onUnanswered(): void;
}

const CALLED_AGAIN_MS = 20_000;
const ANSWER_SDP_MS = 10_000;

export class CallSetup {
  readonly #core: CallCore;
  readonly #call: SettingUp;
  readonly #timers: Timers;
  readonly #connecting: CallConnecting;
  readonly #patience: CallPatience;
  #offer: string | null;
  #inbox: Promise<void> = Promise.resolve();
  #answeringHere = false;
  #remoteDescribed = false;
  /** Did the server get the invite, as far as is known? */
  invited = false;

  constructor(core: CallCore, call: SettingUp) {
    this.#core = core;
    this.#call = call;
    this.#timers = new Timers(core.options.ports.clock);
    this.#connecting = new CallConnecting(core, call);
    this.#patience = new CallPatience(core, {
      silent: (error) => this.#call.fail(error, core.options.verbs.byes.cancel),
      unanswered: () => this.#call.onUnanswered(),
    });
    this.#offer = core.options.offer;
  }

  /** Outgoing, from microphone to invite. Never rejects: a failure ends the call with its reason. */
  async dial(): Promise<void> {
    const { media, options } = this.#core;
    try {
      media.prepare();
      await this.#step(media.open());
      this.#offer = await this.#step(media.offer());
      await this.#invite();
    } catch (thrown) {
      this.#call.fail(thrown, options.verbs.byes.cancel);
    }
  }

  /** Throws `wrong-phase`, or the microphone's reason, in which case it rings on. */
  async answer(how: Answering): Promise<void> {
    const { media, facts, leg, options } = this.#core;
    const rings = options.direction === 'in' && this.#core.state.phase === 'ringing';
    // One that rang in an earlier life waits for the server to offer it again.
    if (!rings || this.#answeringHere || this.#offer === null) throw this.#core.wrongPhase('answer');
    this.#answeringHere = true;
    facts.trouble = null;
    if (how.muted !== undefined) media.setMuted(how.muted);
    leg.answerWith(how.headers);
    try {
      media.prepare();
      await this.#step(media.open());
    } catch (thrown) {
      this.#answeringHere = false;
      if (thrown instanceof Over) throw this.#core.wrongPhase('answer');
      const error = PhoneError.from(thrown);
      this.#awaitMicrophone(error);
      this.#core.setTrouble(error);
      throw error;
    }
    this.#timers.cancel('microphone');
    this.#connecting.answered();
    await this.#sendAnswer(this.#offer);
  }

  /** Is it answered as soon as a microphone may be opened? */
  get waitsForMicrophone(): boolean {
    return this.#timers.has('microphone');
  }

  /** The microphone may be opened now: a call that was answered without one takes itself (`mediaPermissionsRecovery`). */
  microphoneAllowed(): void {
    if (!this.waitsForMicrophone || this.#answeringHere) return;
    this.answer({}).catch((thrown: unknown) => {
      const { ports, id } = this.#core.options;
      ports.log.warn('not answered although the microphone was allowed', { call: id, thrown });
    });
  }

  get answeringHere(): boolean {
    return this.#answeringHere;
  }
  /** Is the far side's description of the present leg known? */
  get remoteDescribed(): boolean {
    return this.#remoteDescribed;
  }

  /** A ringing call that the server kept: the newer offer is the one to answer. */
  offeredAgain(sdp: string): void {
    if (!this.#answeringHere) this.#offer = sdp;
  }

  /** Rang in an earlier life of this document, and the server has not offered it again yet. */
  get needsOffer(): boolean {
    const { direction } = this.#core.options;
    return direction === 'in' && this.#core.state.phase === 'ringing' && this.#offer === null;
  }

  /** The far side answered while we were away; its description is in the offer that told us. */
  answeredMeanwhile(): void {
    this.#remoteDescribed = true;
    this.#connecting.answered();
  }

  /** The server has the invite, and what becomes of it will be told: not waited for for ever. */
  expectNews(): void {
    this.#patience.expectNews();
  }

  /** Another leg with the same offer: the server never heard of the first, or let it go. */
  inviteAgain(): void {
    this.forgetAnswer();
    this.#core.renewLeg();
    this.#patience.again();
    this.#invite().catch((thrown: unknown) => this.#call.fail(thrown, this.#core.options.verbs.byes.cancel));
  }

  /** What the server says is done one after another. */
  take(message: Exclude<CallMessage, { type: 'bye' | 'candidate' | 'display' }>): void {
    this.#inbox = this.#inbox.then(() => this.#hear(message));
  }

  /** Another leg stands for the call: its answer is a new one. */
  forgetAnswer(): void {
    this.#remoteDescribed = false;
  }

  /** Sound came, or a path: an answered call begins its talk. */
  settle(): void {
    this.#connecting.settle();
  }

  close(): void {
    this.#timers.close();
    this.#connecting.close();
    this.#patience.close();
  }

  async #invite(): Promise<void> {
    const { media, leg, options } = this.#core;
    const { verbs } = options;
    if (this.#offer === null) throw new PhoneError('negotiation', { why: 'no offer' });
    leg.onServer = this.invited = true;
    try {
      const invited = verbs.invite(leg.facts(), this.#offer, options.options.media.trickle && verbs.trickles);
      media.descriptionSent();
      await this.#step(invited);
    } catch (thrown) {
      // The line dropped: after it is back, `reattached` tells whether the server had heard us.
      if (!(thrown instanceof Over) && PhoneError.from(thrown).reason === 'disconnected') return;
      throw thrown;
    }
    this.#patience.invited();
    if (!verbs.saysRinging) this.#rings(false);
  }

  #rings(earlyMedia: boolean): void {
    this.#core.move({ type: 'ringing', at: this.#core.now(), earlyMedia });
    this.#patience.expectAnswer();
  }

  /** Answered, but there is no microphone: so long it may be allowed, and then the call is declined. */
  #awaitMicrophone(error: PhoneError): void {
    const { options, verbs } = this.#core.options;
    const { enabled, timeoutMs } = options.microphoneRecovery;
    if (!enabled || this.waitsForMicrophone) return;
    this.#timers.after('microphone', timeoutMs, () => {
      if (this.#core.state.phase === 'ringing') this.#call.fail(error, verbs.byes.decline);
    });
  }

  async #sendAnswer(offer: string): Promise<void> {
    const { media, leg, options } = this.#core;
    const { verbs } = options;
    try {
      const sdp = await this.#step(media.answer(offer));
      this.#remoteDescribed = true;
      const answered = verbs.answer(leg.facts(), sdp, options.options.media.trickle && verbs.trickles);
      media.descriptionSent();
      await this.#step(answered);
    } catch (thrown) {
      if (thrown instanceof Over) return;
      const error = PhoneError.from(thrown);
      // Unanswered answers may have arrived: the sound will tell, or the next attach.
      if (error.reason === 'disconnected' || error.reason === 'timeout') return;
      this.#call.fail(error, verbs.byes.hangUp);
      throw error;
    }
  }

  async #hear(message: Exclude<CallMessage, { type: 'bye' | 'candidate' | 'display' }>): Promise<void> {
    if (!this.#core.alive) return;
    if ('ids' in message && message.ids) this.#core.facts.ids = message.ids;
    try {
      if (message.type === 'ringing') this.#rings(false);
      else await this.#hearAnswer(message);
    } catch (thrown) {
      this.#call.fail(thrown, this.#core.options.verbs.byes.hangUp);
    }
  }

  /** `media` brings the sound before the answer; `answer` brings it too, or only the word. Either order works. */
  async #hearAnswer(message: Extract<CallMessage, { type: 'media' | 'answer' }>): Promise<void> {
    const { leg, media, options } = this.#core;
    if (leg.direction === 'in') return this.#core.changed();
    if (message.sdp !== null && !this.#remoteDescribed) {
      this.#remoteDescribed = true;
      await this.#step(media.accept(message.sdp));
      this.#timers.cancel('answer-sdp');
    }
    if (media.changing) return this.#changeOver();
    if (message.type === 'media') {
      this.#rings(true);
      return this.settle();
    }
    this.#connecting.answered();
    if (!this.#remoteDescribed) {
      const missing = new PhoneError('negotiation', { why: 'an answer without a description' });
      this.#timers.after('answer-sdp', ANSWER_SDP_MS, () => this.#call.fail(missing, options.verbs.byes.hangUp));
    }
  }

  /** The new leg of a recovered call was answered. */
  async #changeOver(): Promise<void> {
    const { media, held } = this.#core;
    const flowing = await this.#step(media.changeOver(CALLED_AGAIN_MS, held ? 'path' : 'sound'));
    // Where yet another peer took its place, that one tells; without a path the call is not back yet.
    if (media.changing) return;
    if (flowing || media.connection === 'connected') this.#call.onCalledAgain();
    else this.#call.onSlow();
  }

  #step<T>(work: Promise<T>): Promise<T> {
    return this.#core.step(work);
  }
}
