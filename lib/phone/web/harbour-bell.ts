/** "Harbour bell", the built-in ringtone: a ship's bell struck twice in pairs, then the water is quiet. */

import { SAMPLE_RATE } from './tones';

const STRIKE_HERTZ = 784;
/** Far enough apart to be told from one another by ear, and in tune. */
const PITCHES = [1, 3 / 4, 5 / 4, 2 / 3, 9 / 8, 5 / 6] as const;
/** A bell's partials are not harmonics: hum, prime, tierce, quint, nominal and two above, each with its own patience. */
const PARTIALS: readonly { readonly ratio: number; readonly gain: number; readonly decayS: number }[] = [
  { ratio: 0.5, gain: 0.3, decayS: 1.6 },
  { ratio: 1, gain: 1, decayS: 1.1 },
  { ratio: 1.19, gain: 0.45, decayS: 0.8 },
  { ratio: 1.5, gain: 0.25, decayS: 0.6 },
  { ratio: 2, gain: 0.55, decayS: 0.5 },
  { ratio: 2.74, gain: 0.2, decayS: 0.3 },
  { ratio: 3.76, gain: 0.12, decayS: 0.18 },
];
const STRIKES_S = [0, 0.42, 1.3, 1.72];
const LOOP_S = 4.5;
const ATTACK_S = 0.004;
const PEAK = 0.8;

/** `which`: from 0, each at a pitch of its own; beyond the last they begin anew. */
export function harbourBell(which = 0): Float32Array {
  const strikeHertz = STRIKE_HERTZ * (PITCHES[which % PITCHES.length] ?? 1);
  const samples = new Float32Array(Math.round(LOOP_S * SAMPLE_RATE));
  for (const strikeS of STRIKES_S) addStrike(samples, Math.round(strikeS * SAMPLE_RATE), strikeHertz);
  return scaledTo(samples, PEAK);
}

function addStrike(samples: Float32Array, from: number, strikeHertz: number): void {
  for (const { ratio, gain, decayS } of PARTIALS) {
    const step = (2 * Math.PI * strikeHertz * ratio) / SAMPLE_RATE;
    for (let i = 0; from + i < samples.length; i += 1) {
      const t = i / SAMPLE_RATE;
      const left = (samples.length - from - i) / SAMPLE_RATE;
      // The tail fades before the loop's seam.
      const envelope = gain * Math.exp(-t / decayS) * Math.min(1, t / ATTACK_S, left / 0.2);
      samples[from + i] = (samples[from + i] ?? 0) + envelope * Math.sin(step * i);
    }
  }
}

function scaledTo(samples: Float32Array, peak: number): Float32Array {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample) => (sample * peak) / loudest);
}
