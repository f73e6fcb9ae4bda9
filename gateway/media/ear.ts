/** An ear: keeps the last seconds of what arrived and, asked, says what it heard. Nothing is decoded until then. */

import type { AudioPacket } from './packet';
import { codecs } from './packet';
import { loudness, tonesIn } from './spectrum';
import { createDecoder } from './transcoder';

const KEPT_PACKETS = 150;
/** Below this a stretch counts as silent: comfort noise and a muted track are far under it. */
const SILENT = 0.003;

export interface Heard {
  readonly packets: number;
  readonly bytes: number;
  /** Sequence numbers that never came. */
  readonly lost: number;
  /** Longest time between two packets since the counts were last reset, in ms. */
  readonly longestGapMs: number;
  /** Age of the newest packet in ms; null before the first. */
  readonly quietForMs: number | null;
  /** Of the last `windowMs`: root mean square (0 to 1) and loudest frequency. */
  readonly level: number;
  readonly hertz: number | null;
  /** Every frequency that stands out, the loudest first. */
  readonly tones: readonly number[];
  readonly silent: boolean;
}

export class Ear {
  readonly #recent: { at: number; packet: AudioPacket }[] = [];
  #packets = 0;
  #bytes = 0;
  #lost = 0;
  #longestGapMs = 0;
  #lastSequence: number | null = null;
  #lastStream: unknown = null;
  #lastAt: number | null = null;

  /** `stream` names where the packet's sequence numbers count from: a new one starts a new count. */
  hear(packet: AudioPacket, stream: unknown): void {
    const at = performance.now();
    if (this.#lastAt !== null) this.#longestGapMs = Math.max(this.#longestGapMs, at - this.#lastAt);
    this.#follow(packet.sequence, stream);
    this.#lastAt = at;
    this.#packets++;
    this.#bytes += packet.payload.length;
    this.#recent.push({ at, packet });
    if (this.#recent.length > KEPT_PACKETS) this.#recent.shift();
  }

  /** Starts counting losses and gaps anew, from now on. */
  resetCounts(): void {
    this.#packets = 0;
    this.#bytes = 0;
    this.#lost = 0;
    this.#longestGapMs = 0;
  }

  heard(windowMs = 500): Heard {
    const now = performance.now();
    const pcm = this.#samples(now - windowMs);
    const level = loudness(pcm);
    const silent = level < SILENT;
    const tones = silent ? [] : tonesIn(pcm, codecs.opus.clockRate);
    return {
      packets: this.#packets,
      bytes: this.#bytes,
      lost: this.#lost,
      longestGapMs: Math.round(this.#longestGapMs),
      quietForMs: this.#lastAt === null ? null : Math.round(now - this.#lastAt),
      level,
      hertz: tones[0] ?? null,
      tones,
      silent,
    };
  }

  #follow(sequence: number, stream: unknown): void {
    const ahead = this.#lastSequence === null ? 1 : (sequence - this.#lastSequence) & 0xffff;
    if (this.#lastStream !== stream) {
      this.#lastStream = stream;
      this.#lastSequence = sequence;
    } else if (ahead < 0x8000) {
      this.#lost += Math.max(0, ahead - 1);
      this.#lastSequence = sequence;
    } else {
      this.#lost = Math.max(0, this.#lost - 1);
    }
  }

  #samples(since: number): Int16Array {
    const window = this.#recent.filter(({ at }) => at >= since).map(({ packet }) => packet);
    const codec = window.at(-1)?.codec;
    if (!codec) return new Int16Array();
    const decoder = createDecoder(codec);
    const parts = window.filter((packet) => packet.codec === codec).map((packet) => decoder.decode(packet.payload));
    decoder.free();
    const pcm = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      pcm.set(part, at);
      at += part.length;
    }
    return pcm;
  }
}
