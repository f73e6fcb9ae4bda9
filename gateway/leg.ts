/** One client's end of a call: what was said about it on the wire, its state, and its sound. */

import { randomUUID } from 'node:crypto';
import type { Account } from './accounts';
import type { Cause } from './causes';
import { byeFields, causeOf } from './causes';
import type { Fields } from './fields';
import { LegAudio } from './media/leg-audio';
import type { AudioPacket, CodecName } from './media/packet';
import type { Candidate } from './media/peer';
import type { Pacer } from './media/pacer';
import { withoutCandidates } from './media/sdp';
import type { Sound } from './media/sounds';
import { holdMusic, ringback, silence } from './media/sounds';
import type { Label, News, Party } from './party';
import type { Header, LegFacts, Speak, Verb } from './speak/speak';

export type Phase = 'new' | 'ringing' | 'early' | 'answered' | 'ended';

/** The way to the client: resolves true when it acknowledged. */
export type Tell = (verb: Verb | 'candidate' | 'endOfCandidates', facts: LegFacts, extra: Fields) => Promise<boolean>;

/** What does not change in the life of a leg. */
export interface LegAbout {
  readonly callId: string;
  /** `in`: the client called us; `out`: we call the client. */
  readonly direction: 'in' | 'out';
  readonly caller: Label;
  readonly callee: Label;
  readonly headers: readonly Header[];
  readonly clientState: string | null;
  /** May it outlive its socket? */
  readonly recoverable: boolean;
}

/** How a leg ended, and whose doing it was. */
export interface Outcome {
  readonly cause: Cause;
  readonly by: 'client' | 'server';
}

export interface LegOptions {
  readonly about: LegAbout;
  readonly account: Account;
  readonly pacer: Pacer;
  readonly tell: Tell;
  readonly ended: (leg: Leg) => void;
  /** Our candidates go one by one, not in the description. */
  readonly trickle: boolean;
  readonly speak: Speak;
}

export class Leg implements Party {
  readonly about: LegAbout;
  readonly account: Account;
  readonly startedAt = Date.now();
  readonly audio: LegAudio;
  readonly digits: string[] = [];
  readonly messages: Fields[] = [];
  readonly #options: LegOptions;
  readonly #ids = { controlId: `v3:${randomUUID()}`, sessionId: randomUUID(), legId: randomUUID() };
  peer: Party | null = null;
  #phase: Phase = 'new';
  #held = false;
  #outcome: Outcome | null = null;
  #answer: Promise<string> | null = null;
  #mediaSent = false;
  #order: Promise<void> = Promise.resolve();
  #offer: string | null = null;
  readonly #found: (Candidate | null)[] = [];

  constructor(options: LegOptions) {
    this.#options = options;
    this.about = options.about;
    this.account = options.account;
    const { pacer, speak } = options;
    this.audio = new LegAudio(pacer, speak.ice, {
      packet: (packet, stream) => {
        if (!this.#held && this.#phase === 'answered') this.peer?.hear(packet, stream);
      },
      candidate: (candidate) => this.#trickle(candidate),
    });
  }

  get callId(): string {
    return this.about.callId;
  }

  get label(): Label {
    return this.about.direction === 'in' ? { name: this.account.name, number: this.account.number } : this.about.callee;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get held(): boolean {
    return this.#held;
  }

  /** Null while it lives. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }

  /** What its client's server makes of the numbers that are dialled. */
  get dialplan(): Pick<Speak, 'parks' | 'unassigned'> {
    return this.#options.speak;
  }

  get answered(): boolean {
    return this.#phase === 'answered';
  }

  get ended(): boolean {
    return this.#phase === 'ended';
  }

  get codec(): CodecName {
    return this.audio.codec;
  }

  /** The client's INVITE: its offer is worked on while the other end rings. */
  receive(offer: string): void {
    const answer = this.audio.answer(offer);
    this.#answer = answer;
    answer.catch(() => this.end(causeOf('INCOMPATIBLE_DESTINATION')));
  }

  /** Calls the client. */
  async invite(): Promise<void> {
    this.#offer = this.#options.speak.shape(await this.audio.offer());
    if (this.ended) return;
    this.#phase = 'ringing';
    if (await this.#sendInvite()) this.peer?.learn({ type: 'ringing' });
  }

  /** The client took the call; the other end learns of it from what is returned, once the client has its reply. */
  async accept(answer: string): Promise<() => void> {
    await this.audio.accept(answer);
    if (!this.ended) this.#phase = 'answered';
    return () => {
      if (!this.ended) this.peer?.learn({ type: 'answered' });
    };
  }

  hear(packet: AudioPacket, stream: unknown): void {
    this.audio.send(packet, stream);
  }

  learn(news: News): void {
    if (this.ended) return;
    switch (news.type) {
      case 'ringing':
        if (this.answered) this.audio.cover(ringback);
        else if (this.#phase === 'new') {
          this.#phase = 'ringing';
          this.#say('ringing');
        }
        break;
      case 'early':
        this.#then(() => this.#soundsEarly(news.sound));
        break;
      case 'answered':
        this.#then(() => {
          this.audio.cover(null);
          return this.#takeAnswer(news.withoutMedia === true);
        });
        break;
      case 'shows':
        this.#then(() => this.display(news.who));
        break;
      case 'answered twice':
        this.#then(() => this.#say('answer'));
        break;
      case 'held':
        if (!this.#held) this.audio.cover(news.held ? holdMusic : null);
        break;
      case 'message':
        this.messages.push(news.message);
        if (this.#options.speak.writes) this.#say('info', { msg: news.message });
        break;
      case 'back':
      case 'digits':
      case 'item':
        break;
      case 'ended':
        this.#then(() => this.end(news.cause));
        break;
      default:
        news satisfies never;
    }
  }

  /** The client's `modify`: it hears silence, the other end music. */
  hold(held: boolean): void {
    this.#held = held;
    this.audio.cover(held ? silence : null);
    this.peer?.learn({ type: 'held', held });
  }

  press(digits: string): void {
    this.digits.push(digits);
    this.peer?.learn({ type: 'digits', digits });
  }

  /** Tells the client who it is talking to now. */
  display(who: Label): void {
    this.#say('display', { display_name: who.name, display_number: who.number });
  }

  /** As `display`, where the dialect does so at the start of a call: after the answer, which waits for its description. */
  announce(who: Label): void {
    if (this.#options.speak.announces) this.#then(() => this.display(who));
  }

  /** Does it once the client is told of everything that happened at the other end so far. */
  afterwards(work: () => void): void {
    this.#then(work);
  }

  /** What a conference room has to say to this member alone. */
  tellRoom(params: Fields): void {
    if (this.#options.speak.writes) this.#say('event', params);
  }

  /** Says again what a client that was away must know of a call that is not answered yet. */
  async remind(): Promise<void> {
    if (this.about.direction === 'out') {
      if (await this.#sendInvite()) this.peer?.learn({ type: 'ringing' });
      return;
    }
    if (this.#phase !== 'new') this.#say('ringing');
    if (!this.#mediaSent) return;
    this.#mediaSent = false;
    await this.#sendMedia();
  }

  /** We end it: the client gets a BYE, and so does the other end. */
  end(cause: Cause): void {
    if (this.ended) return;
    if (this.about.direction === 'in' || this.#phase !== 'new') this.#say('bye', byeFields(cause));
    this.#finish(cause, 'server');
  }

  /** The client ended it, or is gone: no BYE for it. */
  finish(cause: Cause): void {
    this.#finish(cause, 'client');
  }

  facts(): LegFacts {
    const { callId, direction, caller, callee, headers, clientState } = this.about;
    return {
      callId,
      callerName: caller.name,
      callerNumber: caller.number,
      calleeName: callee.name,
      calleeNumber: callee.number,
      direction: direction === 'in' ? 'inbound' : 'outbound',
      ...this.#ids,
      headers: direction === 'out' ? headers : [],
      clientState,
    };
  }

  /** What the other end did is told in its order, though a description takes its time. */
  #then(work: () => Promise<void> | void): void {
    this.#order = this.#order.then(work).catch(() => undefined);
  }

  async #takeAnswer(withoutMedia: boolean): Promise<void> {
    if (this.answered) return;
    const inAnswer = withoutMedia || !this.#options.speak.mediaFirst;
    const sdp = inAnswer && !this.#mediaSent ? await this.#answer?.catch(() => null) : null;
    if (!inAnswer) await this.#sendMedia();
    if (this.ended) return;
    this.#mediaSent = true;
    this.#say('answer', sdp ? { sdp: this.#options.speak.shape(sdp) } : {});
    this.#phase = 'answered';
  }

  async #sendMedia(): Promise<void> {
    const sdp = await this.#answer?.catch(() => null);
    if (!sdp || this.#mediaSent || this.ended) return;
    this.#mediaSent = true;
    if (this.#phase !== 'answered') this.#phase = 'early';
    this.#say('media', { sdp: this.#options.speak.shape(this.#options.trickle ? withoutCandidates(sdp) : sdp) });
    this.#found.splice(0).forEach((candidate) => this.#trickle(candidate));
  }

  async #soundsEarly(sound?: Sound): Promise<void> {
    await this.#sendMedia();
    if (sound && this.#phase === 'early') this.audio.cover(sound);
  }

  /** Ours wait for the description that they belong to. */
  #trickle(candidate: Candidate | null): void {
    if (!this.#options.trickle) return;
    if (!this.#mediaSent) this.#found.push(candidate);
    else if (candidate) void this.#options.tell('candidate', this.facts(), { ...candidate });
    else void this.#options.tell('endOfCandidates', this.facts(), { endOfCandidates: true });
  }

  #sendInvite(): Promise<boolean> {
    return this.#options.tell('invite', this.facts(), { sdp: this.#offer });
  }

  #finish(cause: Cause, by: 'client' | 'server'): void {
    if (this.ended) return;
    this.#phase = 'ended';
    this.#outcome = { cause, by };
    const peer = this.peer;
    this.peer = null;
    if (peer?.peer === this) peer.peer = null;
    peer?.learn({ type: 'ended', cause });
    void this.audio.close();
    this.#options.ended(this);
  }

  #say(verb: Verb, extra: Fields = {}): void {
    void this.#options.tell(verb, this.facts(), extra);
  }
}
