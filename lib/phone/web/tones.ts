/** Every sound of the phone, computed: samples between -1 and 1, pure functions of their arguments. */

export const SAMPLE_RATE = 24_000;

export interface Beat {
  /** Hertz, sounding together; empty is silence. */
  readonly tones: readonly number[];
  readonly ms: number;
  /** Loudness of all of them together, 0 to 1. */
  readonly gain: number;
}

/** ITU-T Q.23: the row's and the column's frequency of each key. */
export const DTMF: Readonly<Record<string, readonly [number, number]>> = {
  '1': [697, 1209],
  '2': [697, 1336],
  '3': [697, 1477],
  A: [697, 1633],
  '4': [770, 1209],
  '5': [770, 1336],
  '6': [770, 1477],
  B: [770, 1633],
  '7': [852, 1209],
  '8': [852, 1336],
  '9': [852, 1477],
  C: [852, 1633],
  '*': [941, 1209],
  '0': [941, 1336],
  '#': [941, 1477],
  D: [941, 1633],
};

const silence = (ms: number): Beat => ({ tones: [], ms, gain: 0 });

/** North American ringback (ITU-T E.180 supplement 2): 440 and 480 Hz, 2 s on, 4 s off. */
export const ringback = (): Float32Array => render([{ tones: [440, 480], ms: 2_000, gain: 0.3 }, silence(4_000)]);

/** Call waiting: one soft beep every 10 s, so that it disturbs no sentence. */
export const callWaiting = (): Float32Array => render([{ tones: [440], ms: 300, gain: 0.2 }, silence(9_700)]);

/** A key's tone for the person's own ear; null for what is no key. */
export function keyTone(digit: string): Float32Array | null {
  const pair = DTMF[digit.toUpperCase()];
  return pair === undefined ? null : render([{ tones: pair, ms: 120, gain: 0.25 }]);
}

/** A sudden edge clicks in the ear. */
const EDGE_S = 0.005;

export function render(beats: readonly Beat[]): Float32Array {
  const lengths = beats.map(({ ms }) => Math.round((ms / 1_000) * SAMPLE_RATE));
  const samples = new Float32Array(lengths.reduce((sum, length) => sum + length, 0));
  let from = 0;
  beats.forEach(({ tones, gain }, index) => {
    const length = lengths[index] ?? 0;
    for (let i = 0; i < length; i += 1) {
      const t = i / SAMPLE_RATE;
      const edge = Math.min(1, t / EDGE_S, (length / SAMPLE_RATE - t) / EDGE_S);
      const sum = tones.reduce((total, hertz) => total + Math.sin(2 * Math.PI * hertz * t), 0);
      samples[from + i] = tones.length === 0 ? 0 : (gain * edge * sum) / tones.length;
    }
    from += length;
  });
  return samples;
}
