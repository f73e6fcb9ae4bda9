/** One call: what a person may do with it, what the server says of it, and one identity from first ring to end. */

import { onLoss, onReturn, onStop, type AwayFacts, type Fate } from './away';
import type { CallCore } from './call-core';
import { CallLife } from './call-life';
import type { CallMedia } from './call-media';
import type { CallEvents, CallOptions } from './call-options';
import type { Answering } from './call-setup';
import type { CallMessage, LegFacts, Offered } from './dialects/dialect';
import type { Emitter } from './emitter';
import type { CallState, EndCause } from './model/call-state';
import type { DeclineReason } from './model/decline';
import { causeFromWire, causeHere, causeOfTransfer } from './model/end-cause';
import { PhoneError, type PhoneErrorJson } from './model/errors';
import type { CallId, LegId, LineId } from './model/ids';
import type { CallView, Party, PhoneNotice, QualityView, RoomView, TranscriptLine } from './model/snapshot';

export class Call {
  readonly events: Emitter<CallEvents>;
  readonly id: CallId;
  readonly line: LineId;
  readonly direction: 'out' | 'in';
  readonly from: string | null;
  readonly startedAt: number;
  readonly #core: CallCore;
  readonly #life: CallLife;
  #offered = false;

  constructor(options: CallOptions) {
    this.#life = new CallLife(options);
    this.#core = this.#life.core;
    this.events = this.#core.events;
    this.id = options.id;
    this.line = options.line;
    this.direction = options.direction;
    this.from = options.from;
    this.startedAt = this.#life.startedAt;
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
    return this.#life.quality.worstView;
  }
  /** Was the leg told to the server and not yet answered? */
  get unanswered(): boolean {
    return this.state.phase === 'dialling' || this.state.phase === 'ringing';
  }

  /** Outgoing, from microphone to invite. Never rejects: a failure ends the call with its reason. */
  dial(): Promise<void> {
    return this.#life.setup.dial();
  }

  /**
   * Takes an incoming call. Throws `wrong-phase` where it does not ring (any more), or the microphone's reason, in which
   * case it rings on.
   */
  answer(how: Answering = {}): Promise<void> {
    return this.#life.setup.answer(how);
  }

  /** Is it answered as soon as a microphone may be opened? */
  get waitsForMicrophone(): boolean {
    return this.#life.setup.waitsForMicrophone;
  }

  microphoneAllowed(): void {
    this.#life.setup.microphoneAllowed();
  }

  hangUp(): void {
    const { byes } = this.#core.options.verbs;
    switch (this.state.phase) {
      case 'dialling':
      case 'ringing':
        if (this.direction === 'in') return this.decline();
        return this.#life.end(causeHere('cancelled'), byes.cancel);
      default:
        return this.#life.end(causeHere('hung-up-here'), byes.hangUp);
    }
  }

  /** Sends an incoming call away; the reason is told to the caller's side in the server's own causes. */
  decline(reason?: DeclineReason): void {
    this.#life.end(causeHere('declined-here'), this.#core.options.verbs.byes[reason ?? 'decline']);
  }

  /** From a number that the person blocked: the other side hears a decline, and nobody here hears anything. */
  refuseAsBlocked(): void {
    this.#life.end(causeHere('blocked'), this.#core.options.verbs.byes.decline);
  }

  /** Do not disturb: the other side hears "busy", and the history keeps a missed call. */
  refuseAsBusy(): void {
    this.#life.end(causeHere('missed'), this.#core.options.verbs.byes.busy);
  }

  /** Throws `hold-failed` or `wrong-phase`; the call stays as it was. */
  hold(held: boolean): Promise<void> {
    return this.#life.orders.hold(held);
  }

  mute(muted: boolean): void {
    this.media.setMuted(muted);
    this.#core.changed();
  }

  /** Digits and pauses (`,` 500 ms, `w` 2 s). Throws `bad-number` or `wrong-phase`. */
  sendDigits(digits: string): void {
    if (!this.alive) throw this.#core.wrongPhase('sendDigits');
    this.#core.facts.trouble = null;
    this.#life.digits.add(digits);
  }

  silence(): void {
    this.#core.facts.silenced = true;
    this.#core.changed();
  }

  /** Blind: the other side is sent on, and this call ends. Throws `transfer-failed` or `wrong-phase`. */
  transfer(to: string): Promise<void> {
    return this.#life.orders.transfer(to);
  }

  /** Leaves it in a parking place of the server, and this call ends. Throws `transfer-failed` or `wrong-phase`. */
  park(place: string): Promise<void> {
    return this.#life.orders.park(place);
  }

  /** Attended: the two others hear each other, and both our calls end. Throws `transfer-failed` or `wrong-phase`. */
  connect(other: Call): Promise<void> {
    return this.#life.orders.connect(other.#life.orders);
  }

  /** The computer slept: what broke unseen is mended now. */
  look(): void {
    this.#life.recovery.look();
  }

  resume(): void {
    this.#core.facts.trouble = null;
    this.#life.recovery.resume();
  }

  /** What the server says about this leg. A bye goes first; the rest is done one after another. */
  receive(message: CallMessage): void {
    if (!this.alive) return;
    switch (message.type) {
      case 'bye':
        this.#core.facts.headers = [...this.#core.facts.headers, ...message.headers];
        return this.#life.end(this.#causeOf(message), null);
      case 'candidate':
        return this.media.addCandidate(message.candidate);
      case 'display':
        this.#core.facts.nowWith(message.who);
        return this.#core.changed();
      default:
        this.#life.setup.take(message);
    }
  }

  /** The server offers this leg again. */
  attach(offered: Offered): void {
    this.#offered = true;
    this.#life.strands.attachCame();
    if (this.unanswered && this.direction === 'in') return this.#life.setup.offeredAgain(offered.sdp);
    // Only what was answered is offered again: the far side did while we were away.
    if (this.unanswered) this.#life.setup.answeredMeanwhile();
    this.#core.leg.attached = true;
    if (offered.ids) this.#core.facts.ids = offered.ids;
    void this.#life.recovery.attached(offered);
  }

  /** The line to the server is back. */
  lineUp(): void {
    if (this.alive) this.#life.strands.signalling(true);
  }

  /** The line to the server was lost, as that says: while it waits for its next attempt, or for good. */
  lineLost(because: PhoneErrorJson): void {
    this.#offered = false;
    this.#become(onLoss(this.#away()), because);
    if (this.alive) this.#life.strands.signalling(false);
  }

  /** Ready again after a loss: does the server still have this leg? `listed` is null where it did not say. */
  reattached(listed: boolean | null): void {
    this.#become(onReturn(this.#away(), listed), new PhoneError('not-reattached').toJson());
  }

  /** The line will not come back by itself. */
  abandoned(because: PhoneErrorJson): void {
    this.#become(onStop(this.#away()), because);
  }

  /** It cannot be dialled. */
  fail(error: PhoneError): void {
    this.#life.fail(error, this.#core.options.verbs.byes.cancel);
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
      digits: this.#life.digits,
      quality: this.#life.quality.view,
      leg: this.#core.leg.id,
      recoveredFrom: this.#core.leg.recoveredFrom,
      from: this.from,
    });
  }

  /** What the wire is told about the leg. */
  legFacts(attached?: boolean): LegFacts {
    return this.#core.leg.facts(attached);
  }

  #away(): AwayFacts {
    const { setup, strands, recovery } = this.#life;
    return {
      phase: this.state.phase,
      direction: this.direction,
      soundLives: strands.soundLives,
      invited: setup.invited,
      remoteDescribed: setup.remoteDescribed,
      answeringHere: setup.answeringHere,
      needsOffer: setup.needsOffer,
      offered: this.#offered,
      waitsForPerson: recovery.waitsForPerson,
      keepsUnanswered: this.#core.options.verbs.keepsUnanswered,
    };
  }

  #become(fate: Fate, because: PhoneErrorJson): void {
    if (!this.alive) return;
    switch (fate) {
      case 'goes-on':
        return;
      case 'expect-attach':
        return this.#life.strands.expectAttach();
      case 'expect-news':
        return this.#life.setup.expectNews();
      case 'invite-again':
        return this.#life.setup.inviteAgain();
      case 'missed':
      case 'lost':
        return this.#life.end(causeHere(fate, because), null);
    }
    fate satisfies never;
  }

  #causeOf({ cause }: Extract<CallMessage, { type: 'bye' }>): EndCause {
    return this.#life.orders.transferring
      ? causeOfTransfer(cause, this.#life.orders.place)
      : causeFromWire(cause, { direction: this.direction, phase: this.state.phase });
  }
}
