/** One call as readable sequences: dial, answer, hold, digits, transfer, hang up; and one identity from ring to end. */

import { CallFacts } from './call-facts';
import { CallLeg } from './call-leg';
import { CallMedia } from './call-media';
import { firstState, type CallEvents, type CallOptions } from './call-options';
import { CallRecovery } from './call-recovery';
import { CallStrands } from './call-strands';
import { Digits } from './call-digits';
import { CallDebug } from './debug';
import type { Bye, CallMessage, LegFacts, Offered } from './dialects/dialect';
import { Emitter } from './emitter';
import { next, type CallEvent, type CallState, type EndCause } from './model/call-state';
import { causeFromWire, causeHere, causeOfTransfer } from './model/end-cause';
import { PhoneError, type PhoneErrorJson } from './model/errors';
import type { CallId, LegId, LineId } from './model/ids';
import type { CallView, Party, PhoneNotice, QualityView, TranscriptLine } from './model/snapshot';
import { QualityWatch } from './quality';
import { Timers } from './timers';

/** Thrown by a step whose call ended meanwhile; no one's to handle. */
class Over extends Error {}

const CONNECT_MS = 20_000;
const CONNECTED_IS_TALKING_MS = 1500;
const ANSWER_SDP_MS = 10_000;

export class Call {
  readonly events: Emitter<CallEvents>;
  readonly id: CallId;
  readonly line: LineId;
  readonly direction: 'out' | 'in';
  readonly from: string | null;
  readonly startedAt: number;
  readonly #options: CallOptions;
  readonly #facts: CallFacts;
  readonly #leg: CallLeg;
  readonly #media: CallMedia;
  readonly #recovery: CallRecovery;
  readonly #strands: CallStrands;
  readonly #digits: Digits;
  readonly #quality: QualityWatch;
  /** Only where the `debug` option asks for it. */
  readonly #debug: CallDebug | null;
  readonly #timers: Timers;
  #state: CallState;
  #invited = false;
  #offer: string | null;
  #inbox: Promise<void> = Promise.resolve();
  #orders: Promise<void> = Promise.resolve();
  #answeringHere = false;
  #remoteDescribed = false;
  #transferring = false;

  constructor(options: CallOptions) {
    const { ports, verbs, resumed } = options;
    this.#options = options;
    this.#facts = new CallFacts(options, ports.clock.now());
    this.#leg = new CallLeg(options, this.#facts);
    this.id = options.id;
    this.line = options.line;
    this.direction = options.direction;
    this.from = options.from;
    this.#offer = options.offer;
    this.startedAt = resumed?.startedAt ?? ports.clock.now();
    this.#state = firstState(options, ports.clock.now());
    this.events = new Emitter(ports.log);
    this.#timers = new Timers(ports.clock);
    this.#media = new CallMedia({
      ports,
      media: options.options.media,
      codecs: options.codecs,
      muted: options.muted,
      device: options.device,
    });
    this.#debug = options.options.debug === 'off' ? null : new CallDebug(options, this.#media);
    this.#digits = new Digits(
      {
        clock: ports.clock,
        send: (digit) => verbs.digits(this.legFacts(), digit),
        ready: () => verbs.up && this.#state.phase === 'active',
        onChange: () => this.#changed(),
        onFailed: (error) => this.#setTrouble(error),
      },
      options.digits,
    );
    this.#quality = new QualityWatch({
      clock: ports.clock,
      peer: () => this.#media.peer,
      onChange: () => this.#changed(),
    });
    this.#recovery = new CallRecovery(this.#recoverable());
    this.#strands = new CallStrands(this.#strung());
    this.#listen();
    if (resumed) this.#strands.expectEnd();
  }

  get state(): CallState {
    return this.#state;
  }
  get leg(): LegId {
    return this.#leg.id;
  }
  get who(): Party {
    return this.#facts.who;
  }
  get silenced(): boolean {
    return this.#facts.silenced;
  }
  get media(): CallMedia {
    return this.#media;
  }
  get held(): boolean {
    return (this.#state.phase === 'active' || this.#state.phase === 'recovering') && this.#state.held;
  }
  get alive(): boolean {
    return this.#state.phase !== 'ended';
  }
  get answeredAt(): number | null {
    return this.#facts.answeredAt;
  }
  get drops(): number {
    return this.#facts.drops;
  }
  get quality(): QualityView | null {
    return this.#quality.worstView;
  }
  /** Was the leg told to the server and not yet answered? */
  get unanswered(): boolean {
    return this.#state.phase === 'dialling' || this.#state.phase === 'ringing';
  }

  /** Outgoing, from microphone to invite. Never rejects: a failure ends the call with its reason. */
  async dial(): Promise<void> {
    const { verbs } = this.#options;
    try {
      this.#media.prepare();
      await this.#step(this.#media.open());
      this.#offer = await this.#step(this.#media.offer());
      await this.#invite();
    } catch (thrown) {
      this.#fail(thrown, verbs.byes.cancel);
    }
  }

  /**
   * Takes an incoming call. Throws `wrong-phase` where it does not ring (any more), or the microphone's reason, in which
   * case it rings on.
   */
  async answer(how: { readonly muted?: boolean; readonly headers?: CallOptions['headers'] } = {}): Promise<void> {
    if (this.direction !== 'in' || this.#state.phase !== 'ringing' || this.#answeringHere)
      throw this.#wrongPhase('answer');
    this.#answeringHere = true;
    this.#facts.trouble = null;
    if (how.muted !== undefined) this.#media.setMuted(how.muted);
    if (how.headers !== undefined) this.#leg.headers = how.headers;
    try {
      this.#media.prepare();
      await this.#step(this.#media.open());
    } catch (thrown) {
      this.#answeringHere = false;
      if (thrown instanceof Over) throw this.#wrongPhase('answer');
      const error = PhoneError.from(thrown);
      this.#awaitMicrophone(error);
      this.#setTrouble(error);
      throw error;
    }
    this.#timers.cancel('microphone');
    this.#wasAnswered();
    await this.#sendAnswer();
  }

  /** Is it answered as soon as a microphone may be opened? */
  get waitsForMicrophone(): boolean {
    return this.#timers.has('microphone');
  }

  /** The microphone may be opened now: a call that was answered without one takes itself (`mediaPermissionsRecovery`). */
  microphoneAllowed(): void {
    if (!this.#timers.has('microphone') || this.#answeringHere) return;
    this.answer().catch((thrown: unknown) => {
      this.#options.ports.log.warn('not answered although the microphone was allowed', { call: this.id, thrown });
    });
  }

  hangUp(): void {
    const { byes } = this.#options.verbs;
    switch (this.#state.phase) {
      case 'dialling':
      case 'ringing':
        if (this.direction === 'in') return this.decline();
        return this.#end(causeHere('cancelled'), byes.cancel);
      default:
        return this.#end(causeHere('hung-up-here'), byes.hangUp);
    }
  }

  decline(): void {
    this.#end(causeHere('declined-here'), this.#options.verbs.byes.decline);
  }

  /** Do not disturb: the other side hears "busy", and the history keeps a missed call. */
  refuseAsBusy(): void {
    this.#end(causeHere('missed'), this.#options.verbs.byes.busy);
  }

  /** Throws `hold-failed` or `wrong-phase`; the call stays as it was. */
  hold(held: boolean): Promise<void> {
    return this.#inOrder(async () => {
      if (this.#state.phase !== 'active') throw this.#wrongPhase('hold');
      if (this.#state.held === held) return;
      this.#facts.trouble = null;
      try {
        if (held) this.#media.setSilent(true);
        this.#setHeld(await this.#step(this.#options.verbs.hold(this.legFacts(), held)));
      } catch (thrown) {
        if (thrown instanceof Over) return;
        this.#media.setSilent(this.held);
        const error = new PhoneError('hold-failed', { held, ...PhoneError.from(thrown).facts }, { cause: thrown });
        this.#setTrouble(error);
        throw error;
      }
    });
  }

  mute(muted: boolean): void {
    this.#media.setMuted(muted);
    this.#changed();
  }

  /** Digits and pauses (`,` 500 ms, `w` 2 s). Throws `bad-number` or `wrong-phase`. */
  sendDigits(digits: string): void {
    if (!this.alive) throw this.#wrongPhase('sendDigits');
    this.#facts.trouble = null;
    this.#digits.add(digits);
  }

  silence(): void {
    this.#facts.silenced = true;
    this.#changed();
  }

  /** Blind: the other side is sent on, and this call ends. Throws `transfer-failed` or `wrong-phase`. */
  transfer(to: string): Promise<void> {
    return this.#handOver('transfer', () => this.#options.verbs.transfer(this.legFacts(), to));
  }

  /** Attended: the two others hear each other, and both our calls end. Throws `transfer-failed` or `wrong-phase`. */
  connect(other: Call): Promise<void> {
    return this.#handOver('connect', async () => {
      other.#transferring = true;
      try {
        await this.#step(this.#options.verbs.replace(this.legFacts(), other.leg));
      } catch (thrown) {
        other.#transferring = false;
        throw thrown;
      }
    });
  }

  resume(): void {
    this.#facts.trouble = null;
    this.#recovery.resume();
  }

  /** What the server says about this leg. A bye goes first; the rest is done one after another. */
  receive(message: CallMessage): void {
    if (!this.alive) return;
    switch (message.type) {
      case 'bye':
        return this.#end(this.#causeOf(message), null);
      case 'candidate':
        return this.#media.addCandidate(message.candidate);
      case 'display':
        this.#facts.nowWith(message.who);
        return this.#changed();
      default:
        this.#inbox = this.#inbox.then(() => this.#take(message));
    }
  }

  /** The server offers this leg again. */
  attach(offered: Offered): void {
    if (this.unanswered) {
      // A ringing call that the server kept: the newer offer is the one to answer.
      if (this.direction === 'in' && !this.#answeringHere) this.#offer = offered.sdp;
      if (this.direction === 'in') return;
    }
    this.#leg.attached = true;
    this.#strands.attachCame();
    if (offered.ids) this.#facts.ids = offered.ids;
    void this.#recovery.attached(offered);
  }

  /** The line to the server was lost, or is back. */
  signalling(up: boolean): void {
    if (!this.alive) return;
    // Where unanswered calls are not kept the caller was told already: nobody is left to answer.
    const gone = !up && this.direction === 'in' && this.#state.phase === 'ringing' && !this.#answeringHere;
    if (gone && !this.#options.verbs.keepsUnanswered) return this.#end(causeHere('missed'), null);
    this.#strands.signalling(up);
  }

  /** Ready again after a loss: does the server still have this leg? `listed` is null where it did not say. */
  reattached(listed: boolean | null): void {
    if (!this.alive) return;
    if (listed === false) return this.#notListed();
    const needsAttach = this.#state.phase === 'recovering' && !this.#recovery.waitsForPerson;
    if (needsAttach) this.#strands.expectAttach();
    else if (this.#state.phase === 'dialling' && this.#invited) this.#inviteAgain();
  }

  /** The line will not come back by itself: a call lives on only as long as its sound does. */
  abandoned(because: PhoneErrorJson): void {
    if (this.#media.flowing && this.#state.phase === 'active') return;
    this.#end(causeHere('lost', because), null);
  }

  /** It cannot be dialled. */
  fail(error: PhoneError): void {
    this.#fail(error, this.#options.verbs.byes.cancel);
  }

  notice(notice: PhoneNotice): void {
    this.#facts.note(notice);
    this.#changed();
  }

  trouble(error: PhoneError): void {
    this.#setTrouble(error);
  }

  setTranscript(transcript: readonly TranscriptLine[]): void {
    this.#facts.transcript = transcript;
    this.#changed();
  }

  setConference(conference: string | null): void {
    this.#facts.conference = conference;
    this.#changed();
  }

  view(): CallView {
    return this.#facts.view({
      id: this.id,
      line: this.line,
      direction: this.direction,
      state: this.#state,
      ours: this.#options.ours,
      startedAt: this.startedAt,
      media: this.#media,
      digits: this.#digits,
      quality: this.#quality.view,
      leg: this.#leg.id,
      recoveredFrom: this.#leg.recoveredFrom,
      headers: this.#options.headers,
    });
  }

  /** Every wait of a sequence: what comes after the end of the call does not go on. */
  async #step<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      if (!this.alive) throw new Over();
      return result;
    } catch (thrown) {
      throw this.alive ? thrown : new Over();
    }
  }

  async #invite(): Promise<void> {
    const { verbs, options } = this.#options;
    if (this.#offer === null) throw new PhoneError('negotiation', { why: 'no offer' });
    this.#leg.onServer = this.#invited = true;
    try {
      const invited = verbs.invite(this.legFacts(), this.#offer, options.media.trickle && verbs.trickles);
      this.#media.descriptionSent();
      await this.#step(invited);
    } catch (thrown) {
      // The line dropped: after it is back, `reattached` tells whether the server had heard us.
      if (!(thrown instanceof Over) && PhoneError.from(thrown).reason === 'disconnected') return;
      throw thrown;
    }
    if (!verbs.saysRinging) this.#move({ type: 'ringing', at: this.#now(), earlyMedia: false });
  }

  /** Answered, but there is no microphone: so long it may be allowed, and then the call is declined. */
  #awaitMicrophone(error: PhoneError): void {
    const { enabled, timeoutMs } = this.#options.options.microphoneRecovery;
    if (!enabled || this.#timers.has('microphone')) return;
    this.#timers.after('microphone', timeoutMs, () => {
      if (this.#state.phase === 'ringing') this.#fail(error, this.#options.verbs.byes.decline);
    });
  }

  #inviteAgain(): void {
    this.#renewLeg();
    this.#invite().catch((thrown: unknown) => this.#fail(thrown, this.#options.verbs.byes.cancel));
  }

  async #sendAnswer(): Promise<void> {
    const { verbs, options } = this.#options;
    try {
      const sdp = await this.#step(this.#media.answer(this.#offer ?? ''));
      this.#remoteDescribed = true;
      const answered = verbs.answer(this.legFacts(), sdp, options.media.trickle && verbs.trickles);
      this.#media.descriptionSent();
      await this.#step(answered);
    } catch (thrown) {
      if (thrown instanceof Over) return;
      const error = PhoneError.from(thrown);
      // Unanswered answers may have arrived: the sound will tell, or the next attach.
      if (error.reason === 'disconnected' || error.reason === 'timeout') return;
      this.#fail(error, verbs.byes.hangUp);
      throw error;
    }
  }

  async #take(message: Exclude<CallMessage, { type: 'bye' | 'candidate' | 'display' }>): Promise<void> {
    if (!this.alive) return;
    if ('ids' in message && message.ids) this.#facts.ids = message.ids;
    try {
      if (message.type === 'ringing') this.#move({ type: 'ringing', at: this.#now(), earlyMedia: false });
      else await this.#hearAnswer(message);
    } catch (thrown) {
      this.#fail(thrown, this.#options.verbs.byes.hangUp);
    }
  }

  /** `media` brings the sound before the answer; `answer` brings it too, or only the word. Either order works. */
  async #hearAnswer(message: Extract<CallMessage, { type: 'media' | 'answer' }>): Promise<void> {
    if (this.#leg.direction === 'in') return this.#changed();
    if (message.sdp !== null && !this.#remoteDescribed) {
      this.#remoteDescribed = true;
      await this.#step(this.#media.accept(message.sdp));
      this.#timers.cancel('answer-sdp');
    }
    if (this.#media.changing) return this.#changeOver();
    if (message.type === 'media') {
      this.#move({ type: 'ringing', at: this.#now(), earlyMedia: true });
      return this.#settle();
    }
    this.#wasAnswered();
    if (!this.#remoteDescribed) {
      const missing = new PhoneError('negotiation', { why: 'an answer without a description' });
      this.#timers.after('answer-sdp', ANSWER_SDP_MS, () => this.#fail(missing, this.#options.verbs.byes.hangUp));
    }
  }

  /** The new leg of a recovered call was answered. */
  async #changeOver(): Promise<void> {
    await this.#step(this.#media.changeOver(CONNECT_MS));
    this.#strands.recovered();
  }

  #wasAnswered(): void {
    if (!this.#move({ type: 'answered' })) return;
    this.#facts.answeredAt ??= this.#now();
    this.#timers.after('connect', CONNECT_MS, () => this.#notConnected());
    this.#settle();
  }

  /** Answered, and heard: the talk begins. A line that is up but silent begins too, a moment later. */
  #settle(): void {
    if (this.#state.phase !== 'connecting') return;
    if (this.#media.flowing) return this.#talk();
    if (this.#media.connection === 'connected') this.#timers.after('talk', CONNECTED_IS_TALKING_MS, () => this.#talk());
  }

  #talk(): void {
    this.#timers.cancel('talk');
    this.#timers.cancel('connect');
    if (!this.#move({ type: 'talking', at: this.#facts.answeredAt ?? this.#now() })) return;
    this.#quality.start();
    this.#digits.pump();
  }

  #notConnected(): void {
    if (this.#state.phase !== 'connecting') return;
    this.#fail(
      new PhoneError('negotiation', { why: 'no connection', connection: this.#media.connection }),
      this.#options.verbs.byes.hangUp,
    );
  }

  #setHeld(held: boolean): void {
    this.#media.setSilent(held);
    this.#facts.heldSince = held ? this.#now() : null;
    this.#move({ type: 'held', held });
  }

  #handOver(command: string, ask: () => Promise<void>): Promise<void> {
    return this.#inOrder(async () => {
      if (this.#state.phase !== 'active') throw this.#wrongPhase(command);
      this.#facts.trouble = null;
      this.#transferring = true;
      try {
        await this.#step(ask());
      } catch (thrown) {
        if (thrown instanceof Over) return;
        this.#transferring = false;
        const error = new PhoneError('transfer-failed', PhoneError.from(thrown).facts, { cause: thrown });
        this.#setTrouble(error);
        throw error;
      }
    });
  }

  /** Orders to the server about one call go out one after another, and each waits for its answer. */
  #inOrder(order: () => Promise<void>): Promise<void> {
    const done = this.#orders.then(order);
    this.#orders = done.catch(() => undefined);
    return done;
  }

  #causeOf({ cause }: Extract<CallMessage, { type: 'bye' }>): EndCause {
    return this.#transferring
      ? causeOfTransfer(cause)
      : causeFromWire(cause, { direction: this.direction, phase: this.#state.phase });
  }

  #fail(thrown: unknown, bye: Bye): void {
    if (thrown instanceof Over) return;
    const error = PhoneError.from(thrown);
    this.#end(causeHere('failed', error.toJson()), bye);
  }

  #lose(error: PhoneError): void {
    this.#end(causeHere('lost', error.toJson()), this.#options.verbs.byes.hangUp);
  }

  #notListed(): void {
    const { phase } = this.#state;
    if (phase === 'dialling') {
      if (this.#invited) this.#inviteAgain();
      return;
    }
    // A server that keeps no unanswered call gave up for us what the person has not: it rings again.
    const redial = phase === 'ringing' && this.direction === 'out' && !this.#remoteDescribed;
    if (redial && !this.#options.verbs.keepsUnanswered) return this.#inviteAgain();
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
    this.#timers.clear();
    this.#media.close();
    this.#move({ type: 'ended', cause, at: this.#now() });
    if (bye && this.#leg.onServer) {
      this.#options.verbs.bye(facts, bye).catch((thrown: unknown) => {
        this.#options.ports.log.warn('the server was not told of the end', { call: this.id, thrown });
      });
    }
    this.events.emit('ended', cause);
    this.#debug?.finish(this.startedAt, cause);
  }

  #renewLeg(): LegFacts {
    const old = this.#leg.renew();
    this.#remoteDescribed = false;
    this.#debug?.leg(this.#leg.id);
    this.events.emit('leg', this.#leg.id, old.id);
    return old;
  }

  /** What the wire is told about the leg. */
  legFacts(attached?: boolean): LegFacts {
    return this.#leg.facts(attached);
  }

  #listen(): void {
    const { events } = this.#media;
    this.#debug?.events.on('sample', (stats) => this.events.emit('sample', stats));
    this.#debug?.events.on('finished', (report) => this.events.emit('report', report));
    const { verbs, options } = this.#options;
    const sound = (flowing: boolean) => (): void => {
      this.#strands.sound(flowing);
      if (this.#state.phase === 'active') this.#recovery.onSound(flowing);
    };
    events.on('flowing', sound(true));
    events.on('stalled', sound(false));
    events.on('connection', (state) => {
      if (this.#facts.answeredAt !== null && this.#state.phase !== 'connecting') this.#recovery.onConnection(state);
      this.#settle();
      this.#changed();
    });
    events.on('candidate', (candidate) => {
      if (!options.media.trickle || !verbs.trickles) return;
      verbs.candidate(this.legFacts(), candidate).catch((thrown: unknown) => {
        this.#options.ports.log.debug('a candidate was not sent', { thrown });
      });
    });
    events.on('signallingClosed', () => {
      this.#note({ peer: 'signalling closed' });
      this.#changed();
    });
    events.on('microphoneLost', (label) => {
      this.#changed();
      this.events.emit('microphoneLost', label);
    });
    events.on('microphoneChanged', () => this.#changed());
    events.on('microphoneRefused', (error) => this.trouble(error));
  }

  #strung(): ConstructorParameters<typeof CallStrands>[0] {
    return {
      facts: this.#facts,
      media: this.#media,
      clock: this.#options.ports.clock,
      state: () => this.#state,
      held: () => this.held,
      lineUp: () => this.#options.verbs.up,
      waitsForPerson: () => this.#recovery.waitsForPerson,
      move: (event) => this.#move(event),
      changed: () => this.#changed(),
      onSound: () => this.#settle(),
      onLine: () => {
        this.#recovery.onLineUp();
        this.#digits.pump();
      },
      onRecovered: () => {
        this.#quality.start();
        this.#digits.pump();
      },
      lose: (error) => this.#lose(error),
    };
  }

  #recoverable(): ConstructorParameters<typeof CallRecovery>[0] {
    const { verbs, options, ports } = this.#options;
    return {
      media: this.#media,
      verbs,
      options,
      clock: ports.clock,
      log: ports.log,
      alive: () => this.alive,
      held: () => this.held,
      destination: () => this.#leg.destination,
      leg: (attached) => this.legFacts(attached),
      renewLeg: () => this.#renewLeg(),
      recovering: (waitsForPerson) => this.#strands.recovering(waitsForPerson),
      recovered: () => this.#strands.recovered(),
      lost: (error) => this.#lose(error),
      note: (facts) => this.#note(facts),
    };
  }

  #wrongPhase(command: string): PhoneError {
    return new PhoneError('wrong-phase', { command, phase: this.#state.phase });
  }

  #setTrouble(error: PhoneError): void {
    this.#facts.trouble = error.toJson();
    this.#changed();
  }

  #note(facts: { readonly [key: string]: unknown }): void {
    this.#options.journal.note(this.line, { call: this.id, ...facts });
    this.#debug?.note('recovery', facts);
    this.events.emit('noted', facts);
  }

  #now(): number {
    return this.#options.ports.clock.now();
  }

  #changed(): void {
    this.events.emit('change');
  }

  /** The only place that assigns the state. False where the event cannot happen from here. */
  #move(event: CallEvent): boolean {
    const state = next(this.#state, event);
    if (state === null) return false;
    this.#state = state;
    this.#options.journal.move(this.line, { call: this.id, ...state });
    this.#debug?.note('state', state.phase);
    this.#options.ports.log.info('call', { call: this.id, phase: state.phase });
    this.#changed();
    return true;
  }
}
