/** Everything that the gateway plays: short pieces of sound that are made and encoded once and then looped. */

import type { CodecName } from './packet';
import { codecs } from './packet';
import { createEncoder } from './transcoder';

const RATE = codecs.opus.clockRate;
const FRAME = codecs.opus.frame;
const LOUDNESS = 9_000;
const FADE = RATE / 200;

/** Frequencies that sound together for a time; none is silence. */
export interface Note {
  readonly hertz: readonly number[];
  readonly ms: number;
}

export interface Sound {
  /** Two sounds with the same name are the same sound. */
  readonly name: string;
  readonly notes: readonly Note[];
  readonly loop: boolean;
}

export const silence: Sound = { name: 'silence', notes: [{ hertz: [], ms: 200 }], loop: true };

/** A steady tone of whole hertz: a second of it joins on to itself without a click. */
export function tone(hertz: number): Sound {
  return { name: `tone ${hertz}`, notes: [{ hertz: [hertz], ms: 1000 }], loop: true };
}

/** A slow walk over a major sixth chord. */
export const holdMusic: Sound = {
  name: 'hold music',
  loop: true,
  notes: [262, 330, 392, 440, 523, 440, 392, 330].map((hertz) => ({ hertz: [hertz], ms: 400 })),
};

/** What European networks send while the other end rings. */
export const ringback: Sound = {
  name: 'ringback',
  loop: true,
  notes: [
    { hertz: [425], ms: 1000 },
    { hertz: [], ms: 2000 },
  ],
};

/** Two rising notes, then a steady one: "someone is there". */
export const greeting: Sound = {
  name: 'greeting',
  loop: false,
  notes: [
    { hertz: [523], ms: 160 },
    { hertz: [659], ms: 160 },
    { hertz: [784], ms: 240 },
  ],
};

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = ['123A', '456B', '789C', '*0#D'];

/** The pairs of ITU-T Q.23; letters that are no key are left out. */
export function keyTones(digits: string): Sound {
  const notes: Note[] = [];
  for (const digit of digits.toUpperCase()) {
    const row = KEYS.findIndex((keys) => keys.includes(digit));
    const low = ROWS[row];
    const high = COLUMNS[KEYS[row]?.indexOf(digit) ?? -1];
    if (low !== undefined && high !== undefined) notes.push({ hertz: [low, high], ms: 160 }, { hertz: [], ms: 80 });
  }
  return { name: `keys ${digits}`, notes, loop: false };
}

function samples(sound: Sound): Int16Array {
  const total = sound.notes.reduce((sum, note) => sum + note.ms, 0);
  const pcm = new Int16Array(Math.ceil((total * RATE) / 1000 / FRAME) * FRAME);
  const steady = sound.notes.length === 1;
  let at = 0;
  for (const note of sound.notes) {
    const length = Math.round((note.ms * RATE) / 1000);
    for (let i = 0; i < length; i++) {
      const fade = steady ? 1 : Math.min(1, i / FADE, (length - i) / FADE);
      let value = 0;
      for (const hertz of note.hertz) value += Math.sin((2 * Math.PI * hertz * i) / RATE);
      pcm[at + i] = Math.round((value * LOUDNESS * fade) / Math.max(1, note.hertz.length));
    }
    at += length;
  }
  return pcm;
}

const cache = new Map<string, readonly Buffer[]>();

/** The encoded frames of a sound, 20 ms each. */
export function framesOf(sound: Sound, codec: CodecName): readonly Buffer[] {
  const key = `${codec} ${sound.name}`;
  const known = cache.get(key);
  if (known) return known;
  const encoder = createEncoder(codec);
  const pcm = samples(sound);
  const frames: Buffer[] = [];
  for (let at = 0; at < pcm.length; at += FRAME) frames.push(encoder.encode(pcm.subarray(at, at + FRAME)));
  encoder.free();
  if (sound.loop) cache.set(key, frames);
  return frames;
}
