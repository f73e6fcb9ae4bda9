/** A scripted far end: the script reads like what it does, and stops wherever it stands when the call ends. */

import type { Account } from './accounts';
import type { Cause, CauseName } from './causes';
import { causeOf } from './causes';
import type { Fields } from './fields';
import { Ear } from './media/ear';
import type { AudioPacket, CodecName } from './media/packet';
import type { Pacer } from './media/pacer';
import type { Sound } from './media/sounds';
import { holdMusic } from './media/sounds';
import { Voice } from './media/voice';
import type { Label, News, Party } from './party';
import type { Attendant, Listener, Rooms } from './rooms';

export interface BotKind {
  readonly number: string;
  /** The same bot under a number that looks like one. */
  readonly e164: string;
  /** What a stock FreeSWITCH has it under. */
  readonly stock?: string;
  /** An application of the dialplan, not a person: FreeSWITCH calls who speaks to one "not bridged", and passes nobody on. */
  readonly application?: boolean;
  readonly name: string;
  /** For the list of numbers: what a person who dials it will meet. */
  readonly does: string;
  readonly play: (line: BotLine) => Promise<void>;
}

/** What a bot may ask of the gateway about the client at the other end. */
export interface BotServices {
  readonly pacer: Pacer;
  /** Times that a person or a test may choose. */
  readonly timing: BotTiming;
  readonly accountOf: (party: Party | null) => Account | null;
  readonly dropSocket: (party: Party | null) => void;
  readonly callBack: (account: Account, number: string) => void;
  readonly converse: (party: Party | null, params: Fields) => void;
  readonly rooms: Rooms;
}

export interface BotTiming {
  /** From the first ring to the answer, for bots that answer at once. */
  readonly ringMs: number;
  readonly noAnswerMs: number;
  readonly slowRingMs: number;
  readonly hangUpAfterMs: number;
  readonly callBackMs: number;
  readonly dropAfterMs: number;
  /** How long two bots that a transfer joined go on without anyone listening. */
  readonly aloneMs: number;
}

class Over extends Error {}

export class BotLine implements Party, Attendant {
  readonly kind: BotKind;
  readonly services: BotServices;
  readonly ear = new Ear();
  readonly digits: string[] = [];
  readonly items: Fields[] = [];
  peer: Party | null = null;
  #echoes = false;
  #listener: Listener | null = null;
  #answered = false;
  #ended = false;
  readonly #voice: Voice;
  readonly #over = new AbortController();
  #wakeDigit: (() => void) | null = null;
  #wakeItem: (() => void) | null = null;
  #readDigits = 0;
  #readItems = 0;

  constructor(kind: BotKind, services: BotServices) {
    this.kind = kind;
    this.services = services;
    this.#voice = new Voice(services.pacer, (packet) => this.peer?.hear(packet, this.#voice));
  }

  get label(): Label {
    return { name: this.kind.name, number: this.kind.e164 };
  }

  get answered(): boolean {
    return this.#answered;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get codec(): CodecName {
    // Two bots would ask each other for ever.
    return !(this.peer instanceof BotLine) && this.peer?.codec === 'pcmu' ? 'pcmu' : 'opus';
  }

  get saying(): string | null {
    return this.#echoes ? 'echo' : this.#voice.saying;
  }

  /** Plays the script to its end, or until the call's. */
  run(): void {
    this.kind.play(this).catch((error: unknown) => {
      if (!(error instanceof Over)) this.hangUp('NORMAL_TEMPORARY_FAILURE');
    });
  }

  hear(packet: AudioPacket, stream: unknown): void {
    this.ear.hear(packet, stream);
    this.#listener?.hear(packet, stream);
    // Two echoes joined by a transfer would pass one frame round for ever.
    if (this.#echoes && !(this.peer instanceof BotLine)) this.peer?.hear(packet, stream);
  }

  learn(news: News): void {
    switch (news.type) {
      case 'digits':
        this.digits.push(...news.digits);
        this.#wakeDigit?.();
        break;
      case 'item':
        this.items.push(news.item);
        this.#wakeItem?.();
        break;
      case 'answered':
        this.#answered = true;
        break;
      case 'ended':
        this.#end();
        break;
      case 'held':
        this.#listener?.held(news.held);
        break;
      case 'back':
        this.#listener?.back();
        break;
      case 'message':
        if (this.#echoes) this.#writeBack(news.message);
        break;
      case 'ringing':
      case 'early':
      case 'shows':
      case 'answered twice':
        break;
      default:
        news satisfies never;
    }
  }

  // The script's verbs.

  ring(): void {
    this.peer?.learn({ type: 'ringing' });
  }

  /** Sound before the answer. */
  early(sound: Sound): void {
    this.peer?.learn({ type: 'early' });
    this.say(sound);
  }

  answer(how: { readonly withoutMedia?: boolean } = {}): void {
    this.#answered = true;
    this.peer?.learn({ type: 'answered', ...how });
  }

  /** What the display of whoever called shows from now on. */
  show(who: Label): void {
    this.peer?.learn({ type: 'shows', who });
  }

  answerAgain(): void {
    this.peer?.learn({ type: 'answered twice' });
  }

  echo(): void {
    this.#voice.hush();
    this.#echoes = true;
  }

  passTo(listener: Listener): void {
    this.#listener = listener;
  }

  waits(waits: boolean): void {
    if (waits) this.say(holdMusic);
    else this.#voice.hush();
  }

  say(sound: Sound): void {
    void this.#voice.play(sound, this.codec);
  }

  async sayToTheEnd(sound: Sound): Promise<void> {
    await this.#voice.play(sound, this.codec);
    if (this.#ended) throw new Over();
  }

  hangUp(name: CauseName): void {
    this.hangUpWith(causeOf(name));
  }

  hangUpWith(cause: Cause): void {
    const peer = this.peer;
    this.#end();
    peer?.learn({ type: 'ended', cause });
  }

  /** Hangs up after a while: there is no client left in this call to end it. */
  takeLeave(): void {
    this.wait(this.services.timing.aloneMs).then(
      () => this.hangUp('NORMAL_CLEARING'),
      () => undefined,
    );
  }

  wait(ms: number): Promise<void> {
    return this.#unlessOver((done) => {
      const timer = setTimeout(done, ms);
      return () => clearTimeout(timer);
    });
  }

  async nextDigit(): Promise<string> {
    for (;;) {
      const digit = this.digits[this.#readDigits];
      if (digit !== undefined) {
        this.#readDigits++;
        return digit;
      }
      await this.#unlessOver((done) => {
        this.#wakeDigit = done;
        return () => undefined;
      });
    }
  }

  async nextItem(): Promise<Fields> {
    for (;;) {
      const item = this.items[this.#readItems];
      if (item !== undefined) {
        this.#readItems++;
        return item;
      }
      await this.#unlessOver((done) => {
        this.#wakeItem = done;
        return () => undefined;
      });
    }
  }

  /** For ever, that is until the call ends. */
  stay(): Promise<void> {
    return this.#unlessOver(() => () => undefined);
  }

  #writeBack({ from, to, body }: Fields): void {
    this.peer?.learn({ type: 'message', message: { from: to, to: from, body } });
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#voice.hush();
    if (this.peer?.peer === this) this.peer.peer = null;
    this.peer = null;
    this.#over.abort();
  }

  #unlessOver(start: (done: () => void) => () => void): Promise<void> {
    const { signal } = this.#over;
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new Over());
        return;
      }
      const over = (): void => {
        cancel();
        reject(new Over());
      };
      const cancel = start(() => {
        signal.removeEventListener('abort', over);
        resolve();
      });
      signal.addEventListener('abort', over, { once: true });
    });
  }
}
