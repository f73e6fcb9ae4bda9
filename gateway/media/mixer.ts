/** Many voices at once: each member hears all the others together, decoded, added up and encoded again on the pacer's beat. */

import type { AudioPacket, CodecName } from './packet';
import { codecs } from './packet';
import type { Pacer } from './pacer';
import type { Decoder, Encoder } from './transcoder';
import { createDecoder, createEncoder } from './transcoder';

const FRAME = codecs.opus.frame;
/** A voice that is late is waited for so many beats, which are made up for when it comes; then the others go on without it. */
const PATIENCE = 5;
/** A voice falls no further behind than this. */
const MOST_WAITING = 10 * FRAME;
const LOUDEST = 0x7fff;

/** A member's way into the mix and out of it. */
export interface Voices {
  /** A frame of the member's; `stream` names where its numbers count from. */
  hear(packet: AudioPacket, stream: unknown): void;
  leave(): void;
}

export class Mixer {
  readonly #pacer: Pick<Pacer, 'every20ms'>;
  readonly #members = new Set<Member>();
  #stop: (() => void) | null = null;
  #owed = 0;

  constructor(pacer: Pick<Pacer, 'every20ms'>) {
    this.#pacer = pacer;
  }

  /** `tell` gets what the others say, fifty frames a second while there are others, in that codec. */
  enter(codec: CodecName, tell: (packet: AudioPacket, stream: unknown) => void): Voices {
    const member = new Member(codec, tell);
    this.#members.add(member);
    this.#stop ??= this.#pacer.every20ms(() => this.#beat());
    return {
      hear: (packet, stream) => member.take(packet, stream),
      leave: () => {
        member.close();
        this.#members.delete(member);
        if (this.#members.size > 0) return;
        this.#stop?.();
        this.#stop = null;
      },
    };
  }

  #beat(): void {
    this.#owed = Math.min(this.#owed + 1, PATIENCE + 1);
    while (this.#owed > PATIENCE || (this.#owed > 0 && [...this.#members].every(({ ready }) => ready))) {
      this.#owed -= 1;
      this.#mix();
    }
  }

  #mix(): void {
    const all = new Int32Array(FRAME);
    const said = [...this.#members].map((member) => ({ member, own: member.next() }));
    for (const { own } of said) own?.forEach((sample, at) => (all[at] = (all[at] ?? 0) + sample));
    if (said.length < 2) return;
    for (const { member, own } of said) member.say(others(all, own));
  }
}

function others(all: Int32Array, own: Int16Array | null): Int16Array {
  const rest = own ? all.map((sample, at) => sample - (own[at] ?? 0)) : all;
  return Int16Array.from(rest, (sample) => Math.max(-LOUDEST, Math.min(LOUDEST, sample)));
}

function joined(one: Int16Array, other: Int16Array): Int16Array<ArrayBuffer> {
  const both = new Int16Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

class Member {
  readonly #codec: CodecName;
  readonly #tell: (packet: AudioPacket, stream: unknown) => void;
  readonly #encoder: Encoder;
  #decoder: { readonly codec: CodecName; readonly decoder: Decoder } | null = null;
  #stream: unknown = null;
  #heard = 0;
  #waiting = new Int16Array();
  #flows = false;
  #sequence = 0;
  #timestamp = 0;
  #gone = false;

  constructor(codec: CodecName, tell: (packet: AudioPacket, stream: unknown) => void) {
    this.#codec = codec;
    this.#tell = tell;
    this.#encoder = createEncoder(codec);
  }

  take(packet: AudioPacket, stream: unknown): void {
    if (this.#gone || !this.#isNew(packet.sequence, stream)) return;
    try {
      const samples = this.#decoderFor(packet.codec).decode(packet.payload);
      this.#waiting = joined(this.#waiting, samples).subarray(-MOST_WAITING);
      this.#flows = true;
    } catch {
      // Not sound: the others hear nothing of it.
    }
  }

  /** Has it 20 ms to give, or nothing to be waited for? */
  get ready(): boolean {
    return !this.#flows || this.#waiting.length >= FRAME;
  }

  /** 20 ms of this voice; null where it has none to give. */
  next(): Int16Array | null {
    this.#flows = this.#waiting.length >= FRAME;
    if (!this.#flows) return null;
    const frame = this.#waiting.subarray(0, FRAME);
    this.#waiting = this.#waiting.subarray(FRAME);
    return frame;
  }

  say(pcm: Int16Array): void {
    const payload = this.#encoder.encode(pcm);
    this.#tell({ codec: this.#codec, payload, sequence: this.#sequence, timestamp: this.#timestamp }, this);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + codecs[this.#codec].frame) >>> 0;
  }

  close(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#encoder.free();
    this.#decoder?.decoder.free();
  }

  /** Twice the same, or older than what was heard: there is no place for it in the mix. */
  #isNew(sequence: number, stream: unknown): boolean {
    const ahead = (sequence - this.#heard) & 0xffff;
    if (this.#stream === stream && (ahead === 0 || ahead >= 0x8000)) return false;
    this.#stream = stream;
    this.#heard = sequence;
    return true;
  }

  #decoderFor(codec: CodecName): Decoder {
    if (this.#decoder?.codec !== codec) {
      this.#decoder?.decoder.free();
      this.#decoder = { codec, decoder: createDecoder(codec) };
    }
    return this.#decoder.decoder;
  }
}
