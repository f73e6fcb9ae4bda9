/** Sounds to test a speaker with, made on the spot: a short chime, and the bell of an incoming call. */

const RATE = 24_000;

/** One strike: frequency in hertz, start and length in seconds. */
interface Strike {
  readonly hz: number;
  readonly at: number;
  readonly length: number;
}

const CHIME: readonly Strike[] = [
  { hz: 523.25, at: 0, length: 0.5 },
  { hz: 659.25, at: 0.22, length: 0.5 },
  { hz: 783.99, at: 0.44, length: 0.9 },
];
const BELL: readonly Strike[] = [0, 0.42, 1.6, 2.02].flatMap((at) => [
  { hz: 880, at, length: 1.1 },
  { hz: 1318.5, at, length: 0.7 },
]);

/** The address of a WAV file, to be played like any other. */
export function testSound(which: 'chime' | 'bell'): string {
  return wavAddress(mix(which === 'chime' ? CHIME : BELL));
}

function mix(strikes: readonly Strike[]): Float32Array {
  const seconds = Math.max(...strikes.map((strike) => strike.at + strike.length));
  const samples = new Float32Array(Math.ceil(seconds * RATE));
  for (const { hz, at, length } of strikes) {
    const first = Math.round(at * RATE);
    const count = Math.min(Math.round(length * RATE), samples.length - first);
    for (let i = 0; i < count; i++) {
      const attack = Math.min(1, i / (0.006 * RATE));
      const decay = Math.exp((-5 * i) / count);
      samples[first + i] = (samples[first + i] ?? 0) + 0.3 * attack * decay * Math.sin((2 * Math.PI * hz * i) / RATE);
    }
  }
  return samples;
}

/** 16-bit mono PCM in a RIFF header (Microsoft's WAVE, format 1), as a data address. */
function wavAddress(samples: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const word = (at: number, text: string): void =>
    [...text].forEach((sign, i) => bytes.setUint8(at + i, sign.charCodeAt(0)));
  word(0, 'RIFF');
  bytes.setUint32(4, 36 + samples.length * 2, true);
  word(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, RATE * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  word(36, 'data');
  bytes.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) =>
    bytes.setInt16(44 + i * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true),
  );
  let binary = '';
  for (const byte of new Uint8Array(bytes.buffer)) binary += String.fromCharCode(byte);
  return `data:audio/wav;base64,${btoa(binary)}`;
}
