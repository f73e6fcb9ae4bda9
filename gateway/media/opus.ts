/**
 * libopus in WebAssembly. It is the one inside the package `opusscript`, without that package's own wrapper: that one writes
 * beside the memory it asked for, which breaks as soon as a few of them live at once, as in a room.
 */

import createNative from 'opusscript/build/opusscript_native_wasm.js';
import { codecs } from './packet';

const RATE = codecs.opus.clockRate;
const FRAME = codecs.opus.frame;
/** OPUS_APPLICATION_AUDIO and OPUS_SET_BITRATE_REQUEST of opus_defines.h. */
const AUDIO = 2049;
const SET_BITRATE = 4002;
const BITRATE = 40_000;
/** A packet is 120 ms at most (RFC 6716, section 2.1.4), and an encoded frame of 20 ms far below this. */
const LONGEST = 6 * FRAME;
const MOST_BYTES = 4_000;

const native = createNative();
// Every sample crosses as two bytes, and every byte as a 16-bit number. One place for all: nothing here waits halfway.
const samples = native._malloc(LONGEST * 4);
const bytes = native._malloc(MOST_BYTES);

export class Opus {
  readonly #handler = new native.OpusScriptHandler(RATE, 1, AUDIO);
  #freed = false;

  constructor() {
    this.#handler._encoder_ctl(SET_BITRATE, BITRATE);
  }

  /** 20 ms, mono. */
  encode(pcm: Int16Array): Buffer {
    const at = samples >> 1;
    for (let i = 0; i < FRAME; i++) {
      const sample = pcm[i] ?? 0;
      native.HEAPU16[at + 2 * i] = sample & 0xff;
      native.HEAPU16[at + 2 * i + 1] = (sample >> 8) & 0xff;
    }
    const length = this.#handler._encode(samples, FRAME * 2, bytes, FRAME);
    if (length < 0) throw new Error(`opus does not encode this: ${length}`);
    return Buffer.from(native.HEAPU8.slice(bytes, bytes + length));
  }

  /** Throws on what is no packet of Opus. */
  decode(packet: Buffer): Int16Array {
    if (packet.length > MOST_BYTES) throw new Error('this is too long for a packet');
    native.HEAPU8.set(packet, bytes);
    const length = this.#handler._decode(bytes, packet.length, samples);
    if (length < 0) throw new Error(`opus does not decode this: ${length}`);
    const at = samples >> 1;
    const pcm = new Int16Array(length);
    for (let i = 0; i < length; i++)
      pcm[i] = (native.HEAPU16[at + 2 * i] ?? 0) | ((native.HEAPU16[at + 2 * i + 1] ?? 0) << 8);
    return pcm;
  }

  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    native.OpusScriptHandler.destroy_handler(this.#handler);
  }
}
