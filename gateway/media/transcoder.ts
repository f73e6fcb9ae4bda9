/** Turns encoded frames into 48 kHz mono samples and back, keeping the state that Opus needs between frames. */

import { Opus } from './opus';
import type { CodecName } from './packet';
import { decodePcmu, encodePcmu } from './pcmu';

export interface Encoder {
  /** 960 samples, mono, 48 kHz: 20 ms. */
  encode(pcm: Int16Array): Buffer;
  free(): void;
}

export interface Decoder {
  decode(payload: Buffer): Int16Array;
  free(): void;
}

export function createEncoder(codec: CodecName): Encoder {
  if (codec === 'pcmu') return { encode: encodePcmu, free: () => undefined };
  const opus = new Opus();
  return { encode: (pcm) => opus.encode(pcm), free: () => opus.free() };
}

export function createDecoder(codec: CodecName): Decoder {
  if (codec === 'pcmu') return { decode: decodePcmu, free: () => undefined };
  const opus = new Opus();
  return { decode: (payload) => opus.decode(payload), free: () => opus.free() };
}
