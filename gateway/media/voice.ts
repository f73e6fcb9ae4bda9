/** A mouth: plays one sound at a time, frame by frame on the pacer's beat, to whoever is listening. */

import type { AudioPacket, CodecName } from './packet';
import { codecs } from './packet';
import type { Pacer } from './pacer';
import type { Sound } from './sounds';
import { framesOf } from './sounds';

export class Voice {
  readonly #pacer: Pacer;
  readonly #say: (packet: AudioPacket) => void;
  #sequence = 0;
  #timestamp = 0;
  #stop: (() => void) | null = null;
  #finished: (() => void) | null = null;
  #sound: Sound | null = null;

  constructor(pacer: Pacer, say: (packet: AudioPacket) => void) {
    this.#pacer = pacer;
    this.#say = say;
  }

  /** Name of what is played, for those who watch. */
  get saying(): string | null {
    return this.#sound?.name ?? null;
  }

  /** Resolves when the sound is over: at its end, or when another replaces it or it is hushed. */
  play(sound: Sound, codec: CodecName): Promise<void> {
    this.hush();
    const frames = framesOf(sound, codec);
    let at = 0;
    this.#sound = sound;
    return new Promise((resolve) => {
      this.#finished = resolve;
      this.#stop = this.#pacer.every20ms(() => {
        const payload = frames[at++];
        if (payload) {
          this.#say({ codec, payload, sequence: this.#sequence, timestamp: this.#timestamp });
          this.#sequence = (this.#sequence + 1) & 0xffff;
          this.#timestamp = (this.#timestamp + codecs[codec].frame) >>> 0;
        }
        if (at < frames.length) return;
        at = 0;
        if (!sound.loop) this.hush();
      });
    });
  }

  hush(): void {
    this.#stop?.();
    this.#stop = null;
    this.#sound = null;
    const finished = this.#finished;
    this.#finished = null;
    finished?.();
  }
}
