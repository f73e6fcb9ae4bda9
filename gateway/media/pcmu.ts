/** G.711 mu-law (ITU-T G.711): one byte a sample at 8 kHz. */

const BIAS = 0x84;
const CLIP = 32_635;

function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function decodeSample(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = (((value & 0x0f) << 3) + BIAS) << ((value >> 4) & 0x07);
  return value & 0x80 ? BIAS - magnitude : magnitude - BIAS;
}

/** 48 kHz mono in, every sixth sample kept: what is played here holds nothing above 4 kHz. */
export function encodePcmu(pcm: Int16Array): Buffer {
  const bytes = Buffer.alloc(Math.floor(pcm.length / 6));
  for (let i = 0; i < bytes.length; i++) bytes[i] = encodeSample(pcm[i * 6] ?? 0);
  return bytes;
}

/** Back to 48 kHz mono, each sample six times. */
export function decodePcmu(bytes: Buffer): Int16Array {
  const pcm = new Int16Array(bytes.length * 6);
  for (let i = 0; i < bytes.length; i++) pcm.fill(decodeSample(bytes[i] ?? 0xff), i * 6, i * 6 + 6);
  return pcm;
}
