/** Turns encoded frames into 48 kHz mono samples and back, keeping the state that Opus needs between frames. */

import OpusScript from 'opusscript';
import type { CodecName } from './packet';
import { codecs } from './packet';
import { decodePcmu, encodePcmu } from './pcmu';

const OPUS_BITRATE = 40_000;
const RATE = 48_000;
const { channels, frame } = codecs.opus;

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
  const opus = new OpusScript(RATE, channels, OpusScript.Application.AUDIO);
  opus.setBitrate(OPUS_BITRATE);
  return {
    encode(pcm) {
      const stereo = Buffer.alloc(frame * channels * 2);
      for (let i = 0; i < frame; i++) {
        const sample = pcm[i] ?? 0;
        stereo.writeInt16LE(sample, i * 4);
        stereo.writeInt16LE(sample, i * 4 + 2);
      }
      return Buffer.from(opus.encode(stereo, frame));
    },
    free: () => opus.delete(),
  };
}

export function createDecoder(codec: CodecName): Decoder {
  if (codec === 'pcmu') return { decode: decodePcmu, free: () => undefined };
  const opus = new OpusScript(RATE, channels, OpusScript.Application.AUDIO);
  return {
    decode(payload) {
      const stereo = opus.decode(payload);
      const pcm = new Int16Array(stereo.length / 4);
      for (let i = 0; i < pcm.length; i++) pcm[i] = stereo.readInt16LE(i * 4);
      return pcm;
    },
    free: () => opus.delete(),
  };
}
