import { describe, expect, it } from 'vitest';
import { harbourBell } from '../../../lib/phone/web/harbour-bell';
import { callWaiting, DTMF, keyTone, ringback, SAMPLE_RATE } from '../../../lib/phone/web/tones';
import { wav } from '../../../lib/phone/web/wav';

/** Amplitude of one frequency in the samples (Goertzel's algorithm). */
function amplitude(samples: Float32Array, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + turn * last - before, last];
  return (2 * Math.sqrt(Math.max(0, last * last + before * before - turn * last * before))) / samples.length;
}

const seconds = (samples: Float32Array, from: number, to: number): Float32Array =>
  samples.subarray(from * SAMPLE_RATE, to * SAMPLE_RATE);
const loudest = (samples: Float32Array): number => samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0);

const EVERY_TONE = [697, 770, 852, 941, 1209, 1336, 1477, 1633];

describe('keypad tones', () => {
  it.each(Object.entries(DTMF))('%s has its row and its column and nothing else', (digit, pair) => {
    const samples = keyTone(digit) ?? new Float32Array();
    expect(samples.length / SAMPLE_RATE).toBeCloseTo(0.12);
    const heard = EVERY_TONE.filter((hertz) => amplitude(samples, hertz) > 0.06);
    expect(heard).toEqual(pair);
  });

  it('follow ITU-T Q.23', () => {
    expect(DTMF['5']).toEqual([770, 1336]);
    expect(DTMF['#']).toEqual([941, 1477]);
    expect(keyTone('a')).toEqual(keyTone('A'));
  });

  it('are silent for what is no key', () => {
    for (const other of ['', ',', 'E', '12', 'constructor']) expect(keyTone(other)).toBeNull();
  });
});

describe('the tones of a call', () => {
  it('ring back with 440 and 480 Hz, two seconds in six', () => {
    const samples = ringback();
    expect(samples.length / SAMPLE_RATE).toBe(6);
    for (const hertz of [440, 480]) expect(amplitude(seconds(samples, 0, 2), hertz)).toBeGreaterThan(0.1);
    expect(loudest(seconds(samples, 2, 6))).toBe(0);
  });

  it('beep softly once in ten seconds for a call that waits', () => {
    const samples = callWaiting();
    expect(samples.length / SAMPLE_RATE).toBe(10);
    expect(amplitude(seconds(samples, 0, 0.3), 440)).toBeGreaterThan(0.15);
    expect(loudest(seconds(samples, 0.3, 10))).toBe(0);
  });

  it('begin and end without a click', () => {
    for (const samples of [ringback(), callWaiting(), keyTone('1') ?? new Float32Array([1])]) {
      expect(Math.abs(samples.at(0) ?? 1)).toBeLessThan(0.01);
      expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.01);
    }
  });
});

describe('the harbour bell', () => {
  const bell = harbourBell();

  it('has a pitch of its own for each account', () => {
    const PITCHES = [784, 588, 980];
    const prime = (which: number): number | undefined => {
      const strike = seconds(harbourBell(which), 0, 0.4);
      return PITCHES.toSorted((one, other) => amplitude(strike, other) - amplitude(strike, one))[0];
    };
    expect([0, 1, 2].map(prime)).toEqual(PITCHES);
  });

  it('strikes at its own pitch, fades, and never clips', () => {
    expect(loudest(bell)).toBeCloseTo(0.8);
    const strike = seconds(bell, 0, 0.4);
    expect(amplitude(strike, 784)).toBeGreaterThan(5 * amplitude(strike, 700));
    expect(loudest(seconds(bell, 4.4, 4.5))).toBeLessThan(0.05);
    expect(Math.abs(bell.at(-1) ?? 1)).toBeLessThan(0.001);
  });

  it('strikes twice in pairs', () => {
    for (const strike of [0.42, 1.3, 1.72]) {
      const before = loudest(seconds(bell, strike - 0.05, strike - 0.001));
      expect(loudest(seconds(bell, strike, strike + 0.05))).toBeGreaterThan(before * 1.2);
    }
  });
});

describe('a WAV file', () => {
  it('says what it holds and holds it', () => {
    const bytes = wav(Float32Array.of(0, 1, -1, 2));
    const view = new DataView(bytes.buffer);
    expect(new TextDecoder('latin1').decode(bytes.subarray(0, 44))).toMatch(/^RIFF.{4}WAVEfmt .{20}data/s);
    expect(view.getUint32(4, true)).toBe(bytes.length - 8);
    expect(view.getUint32(24, true)).toBe(SAMPLE_RATE);
    expect(view.getUint32(40, true)).toBe(8);
    expect([44, 46, 48, 50].map((at) => view.getInt16(at, true))).toEqual([0, 32_767, -32_767, 32_767]);
  });
});
