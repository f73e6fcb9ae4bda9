/** One call: what a person may do with it, what the server says of it, and one identity from first ring to end. */

import { CallCore, Over } from './call-core';
import { Digits } from './call-digits';
import type { CallMedia } from './call-media';
import type { CallEvents, CallOptions } from './call-options';
import { CallOrders } from './call-orders';
import { CallRecovery } from './call-recovery';
import { CallSetup, type Answering } from './call-setup';
import { CallStrands } from './call-strands';
import type { Bye, CallMessage, LegFacts, Offered } from './dialects/dialect';
import type { Emitter } from './emitter';
import type { CallState, EndCause } from './model/call-state';
import type { DeclineReason } from './model/decline';
import { causeFromWire, causeHere, causeOfTransfer } from './model/end-cause';
import { PhoneError, type PhoneErrorJson } from './model/errors';
import type { CallId, LegId, LineId } from './model/ids';
import type { CallView, Party, PhoneNotice, QualityView, RoomView, TranscriptLine } from './model/snapshot';
import { QualityWatch } from './quality';

export class Call {
  readonly events: Emitter<CallEvents>;
  readonly id: CallId;
  readonly line: LineId;
  readonly direction: 'out' | 'in';
  readonly from: string | null;
  readonly startedAt: number;
  readonly #core: CallCore;
  readonly #setup: CallSetup;
  readonly #orders: CallOrders;
  readonly #recovery: CallRecovery;
  readonly #strands: CallStrands;
  readonly #digits: Digits;
  readonly #quality: QualityWatch;

  constructor(options: CallOptions) {
    const { ports, verbs, resumed } = options;
    this.#core = new CallCore(options);
    this.events = this.#core.events;
    this.id = options.id;
    this.line = options.line;
    this.direction = options.direction;
    this.from = options.from;
    this.startedAt = resumed?.startedAt ?? ports.clock.now();
    this.#orders = new CallOrders(this.#core);
    this.#setup = new CallSetup(this.#core, {
      fail: (thrown, bye) => this.#fail(thrown, bye),
      onAnswered: () => {
        // The path of the early media may be gone by now, and only an answered call may ask for another.
        const { connection } = this.media;
        if (this.#core.facts.everFlowed && connection !== 'new') this.#recovery.onConnection(connection);
      },
      onSlow: () => this.#recovery.restart(),
      onTalk: () => this.#talks(),
      onRecovered: () => this.#strands.recovered(),
    });
    this.#digits = new Digits(
      {
        clock: ports.clock,
        send: (digit) => verbs.digits(this.legFacts(), digit),
        ready: () => verbs.up && this.state.phase === 'active',
        onChange: () => this.#core.changed(),
        onFailed: (error) => this.#core.setTrouble(error),
      },
      options.digits,
    );
    this.#quality = new QualityWatch({
      clock: ports.clock,
      peer: () => this.media.peer,
      onChange: () => this.#core.changed(),
      onSample: (stats, quality) => {
        this.events.emit('measured', { stats, quality, muted: this.media.muted, held: this.held });
      },
    });
    this.#recovery = new CallRecovery(this.#core, {
      renewLeg: () => {
        this.#setup.forgetAnswer();
        return this.#core.renewLeg();
      },
      recovering: (waitsForPerson) => this.#strands.recovering(waitsForPerson),
      recovered: () => this.#strands.recovered(),
      lost: (error) => this.#lose(error),
    });
    this.#strands = new CallStrands(this.#core, {
      waitsForPerson: () => this.#recovery.waitsForPerson,
      onSound: () => this.#setup.settle(),
      onLine: () => {
        this.#recovery.onLineUp();
        this.#digits.pump();
      },
      onRecovered: () => this.#talks(),
      lose: (error) => this.#lose(error),
    });
    this.#listen();
    if (this.state.phase === 'recovering') this.#strands.expectEnd();
  }

  get state(): CallState {
    return this.#core.state;
  }
  get leg(): LegId {
    return this.#core.leg.id;
  }
  get who(): Party {
    return this.#core.facts.who;
  }
  get silenced(): boolean {
    return this.#core.facts.silenced;
  }
  get media(): CallMedia {
    return this.#core.media;
  }
  get held(): boolean {
    return this.#core.held;
  }
  get alive(): boolean {
    return this.#core.alive;
  }
  get answeredAt(): number | null {
    return this.#core.facts.answeredAt;
  }
  get drops(): number {
    return this.#core.facts.drops;
  }
  get quality(): QualityView | null {
    return this.#quality.worstView;
  }
  /** Was the leg told to the server and not yet answered? */
  get unanswered(): boolean {
    return this.state.phase === 'dialling' || this.state.phase === 'ringing';
  }

  /** Outgoing, from microphone to invite. Never rejects: a failure ends the call with its reason. */
  dial(): Promise<void> {
    return this.#setup.dial();
  }

  /**
   * Takes an incoming call. Throws `wrong-phase` where it does not ring (any more), or the microphone's reason, in which
   * case it rings on.
   */
  answer(how: Answering = {}): Promise<void> {
    return this.#setup.answer(how);
  }

  /** Is it answered as soon as a microphone may be opened? */
  get waitsForMicrophone(): boolean {
    return this.#setup.waitsForMicrophone;
  }

  microphoneAllowed(): void {
    this.#setup.microphoneAllowed();
  }

  hangUp(): void {
    const { byes } = this.#core.options.verbs;
    switch (this.state.phase) {
      case 'dialling':
      case 'ringing':
        if (this.direction === 'in') return this.decline();
        return this.#end(causeHere('cancelled'), byes.cancel);
      default:
        return this.#end(causeHere('hung-up-here'), byes.hangUp);
    }
  }

  /** Sends an incoming call away; the reason is told to the caller's side in the server's own causes. */
  decline(reason?: DeclineReason): void {
    this.#end(causeHere('declined-here'), this.#core.options.verbs.byes[reason ?? 'decline']);
  }

  /** From a number that the person blocked: the other side hears a decline, and nobody here hears anything. */
  refuseAsBlocked(): void {
    this.#end(causeHere('blocked'), this.#core.options.verbs.byes.decline);
  }

  /** Do not disturb: the other side hears "busy", and the history keeps a missed call. */
  refuseAsBusy(): void {
    this.#end(causeHere('missed'), this.#core.options.verbs.byes.busy);
  }

  /** Throws `hold-failed` or `wrong-phase`; the call stays as it was. */
  hold(held: boolean): Promise<void> {
    return this.#orders.hold(held);
  }

  mute(muted: boolean): void {
    this.media.setMuted(muted);
    this.#core.changed();
  }

  /** Digits and pauses (`,` 500 ms, `w` 2 s). Throws `bad-number` or `wrong-phase`. */
  sendDigits(digits: string): void {
    if (!this.alive) throw this.#core.wrongPhase('sendDigits');
    this.#core.facts.trouble = null;
    this.#digits.add(digits);
  }

  silence(): void {
    this.#core.facts.silenced = true;
    this.#core.changed();
  }

  /** Blind: the other side is sent on, and this call ends. Throws `transfer-failed` or `wrong-phase`. */
  transfer(to: string): Promise<void> {
    return this.#orders.transfer(to);
  }

  /** Attended: the two others hear each other, and both our calls end. Throws `transfer-failed` or `wrong-phase`. */
  connect(other: Call): Promise<void> {
    return this.#orders.connect(other.#orders);
  }

  resume(): void {
    this.#core.facts.trouble = null;
    this.#recovery.resume();
  }

  /** What the server says about this leg. A bye goes first; the rest is done one after another. */
  receive(message: CallMessage): void {
    if (!this.alive) return;
    switch (message.type) {
      case 'bye':
        return this.#end(this.#causeOf(message), null);
      case 'candidate':
        return this.media.addCandidate(message.candidate);
      case 'display':
        this.#core.facts.nowWith(message.who);
        return this.#core.changed();
      default:
        this.#setup.take(message);
    }
  }

  /** The server offers this leg again. */
  attach(offered: Offered): void {
    this.#strands.attachCame();
    if (this.unanswered && this.direction === 'in') return this.#setup.offeredAgain(offered.sdp);
    // Only what was answered is offered again: the far side did while we were away.
    if (this.unanswered) this.#setup.answeredMeanwhile();
    this.#core.leg.attached = true;
    if (offered.ids) this.#core.facts.ids = offered.ids;
    void this.#recovery.attached(offered);
  }

  /** The line to the server was lost, or is back. */
  signalling(up: boolean): void {
    if (!this.alive) return;
    // Where unanswered calls are not kept the caller was told already: nobody is left to answer.
    const gone = !up && this.direction === 'in' && this.state.phase === 'ringing' && !this.#setup.answeringHere;
    if (gone && !this.#core.options.verbs.keepsUnanswered) return this.#end(causeHere('missed'), null);
    this.#strands.signalling(up);
  }

  /** Ready again after a loss: does the server still have this leg? `listed` is null where it did not say. */
  reattached(listed: boolean | null): void {
    if (!this.alive) return;
    if (listed === false) return this.#notListed();
    const { phase } = this.state;
    const needsAttach = phase === 'recovering' && !this.#recovery.waitsForPerson;
    if (needsAttach || this.#setup.needsOffer) this.#strands.expectAttach();
    else if (phase === 'dialling' && this.#setup.invited) {
      // Listed, it was heard, and what becomes of it will be told; unlisted by a server that lists nothing, it is asked anew.
      if (listed === null) this.#setup.inviteAgain();
      else this.#setup.expectNews();
    }
  }

  /** The line will not come back by itself: a call lives on only as long as its sound does. */
  abandoned(because: PhoneErrorJson): void {
    if (this.state.phase === 'active' && this.#strands.soundLives) return;
    const missed = this.direction === 'in' && this.state.phase === 'ringing';
    this.#end(causeHere(missed ? 'missed' : 'lost', because), null);
  }

  /** It cannot be dialled. */
  fail(error: PhoneError): void {
    this.#fail(error, this.#core.options.verbs.byes.cancel);
  }

  notice(notice: PhoneNotice): void {
    this.#core.facts.note(notice);
    this.#core.changed();
  }

  trouble(error: PhoneError): void {
    this.#core.setTrouble(error);
  }

  setTranscript(transcript: readonly TranscriptLine[]): void {
    this.#core.facts.transcript = transcript;
    this.#core.changed();
  }

  setConference(conference: string | null): void {
    this.#core.facts.conference = conference;
    this.#core.changed();
  }

  setRoom(room: RoomView | null): void {
    this.#core.facts.room = room;
    this.#core.changed();
  }

  view(): CallView {
    return this.#core.facts.view({
      id: this.id,
      line: this.line,
      direction: this.direction,
      state: this.state,
      ours: this.#core.options.ours,
      startedAt: this.startedAt,
      media: this.media,
      digits: this.#digits,
      quality: this.#quality.view,
      leg: this.#core.leg.id,
      recoveredFrom: this.#core.leg.recoveredFrom,
      headers: this.#core.options.headers,
      from: this.from,
    });
  }

  /** What goes on only while it talks. */
  #talks(): void {
    this.#quality.start();
    this.#digits.pump();
  }

  #causeOf({ cause }: Extract<CallMessage, { type: 'bye' }>): EndCause {
    return this.#orders.transferring
      ? causeOfTransfer(cause)
      : causeFromWire(cause, { direction: this.direction, phase: this.state.phase });
  }

  #fail(thrown: unknown, bye: Bye): void {
    if (thrown instanceof Over) return;
    const error = PhoneError.from(thrown);
    this.#end(causeHere('failed', error.toJson()), bye);
  }

  #lose(error: PhoneError): void {
    this.#end(causeHere('lost', error.toJson()), this.#core.options.verbs.byes.hangUp);
  }

  #notListed(): void {
    const { phase } = this.state;
    if (phase === 'dialling') {
      if (this.#setup.invited) this.#setup.inviteAgain();
      return;
    }
    // A server that keeps no unanswered call gave up for us what the person has not: it rings again.
    const redial = phase === 'ringing' && this.direction === 'out' && !this.#setup.remoteDescribed;
    if (redial && !this.#core.options.verbs.keepsUnanswered) return this.#setup.inviteAgain();
    const error = new PhoneError('not-reattached').toJson();
    if (phase === 'ringing') return this.#end(causeHere(this.direction === 'in' ? 'missed' : 'lost', error), null);
    this.#end(causeHere('lost', error), null);
  }

  /** The end: the microphone first, then the state, then the server, whose answer changes nothing any more. */
  #end(cause: EndCause, bye: Bye | null): void {
    if (!this.alive) return;
    const facts = this.legFacts();
    this.#quality.stop();
    this.#recovery.close();
    this.#strands.close();
    this.#digits.clear();
    this.#setup.close();
    this.media.close();
    this.#core.move({ type: 'ended', cause, at: this.#core.now() });
    if (bye && this.#core.leg.onServer) {
      this.#core.options.verbs.bye(facts, bye).catch((thrown: unknown) => {
        this.#core.options.ports.log.warn('the server was not told of the end', { call: this.id, thrown });
        this.#core.note({ bye: PhoneError.from(thrown).reason });
      });
    }
    this.events.emit('ended', cause);
    this.#core.debug?.finish(this.startedAt, cause);
  }

  /** What the wire is told about the leg. */
  legFacts(attached?: boolean): LegFacts {
    return this.#core.leg.facts(attached);
  }

  #listen(): void {
    const { media, debug, facts, options } = this.#core;
    const { verbs } = options;
    const { events } = media;
    debug?.events.on('sample', (stats) => this.events.emit('sample', stats));
    debug?.events.on('finished', (report) => this.events.emit('report', report));
    const sound = (flowing: boolean) => (): void => {
      this.#strands.sound(flowing);
      if (this.state.phase === 'active') this.#recovery.onSound(flowing);
    };
    events.on('flowing', sound(true));
    events.on('stalled', sound(false));
    events.on('connection', (state) => {
      if (facts.answeredAt !== null) this.#recovery.onConnection(state);
      if (state === 'failed' || state === 'closed') this.#strands.pathLost();
      this.#setup.settle();
      this.#core.changed();
    });
    events.on('candidate', (candidate) => {
      if (!options.options.media.trickle || !verbs.trickles) return;
      verbs.candidate(this.legFacts(), candidate).catch((thrown: unknown) => {
        options.ports.log.debug('a candidate was not sent', { thrown });
      });
    });
    events.on('signallingClosed', () => {
      this.#core.note({ peer: 'signalling closed' });
      this.#core.changed();
    });
    events.on('microphoneLost', (label) => {
      this.#core.changed();
      this.events.emit('microphoneLost', label);
    });
    events.on('microphoneChanged', () => this.#core.changed());
    events.on('microphoneRefused', (error) => this.trouble(error));
  }
}
