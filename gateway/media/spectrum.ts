/** Finds the tones in a stretch of samples, and how loud it is. */

/** In-place radix-2 transform; the length is a power of two. */
function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
      [im[i], im[j]] = [im[j] ?? 0, im[i] ?? 0];
    }
  }
  for (let size = 2; size <= n; size <<= 1) {
    const angle = (-2 * Math.PI) / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < size / 2; k++) {
        const cos = Math.cos(angle * k);
        const sin = Math.sin(angle * k);
        const a = start + k;
        const b = a + size / 2;
        const x = (re[b] ?? 0) * cos - (im[b] ?? 0) * sin;
        const y = (re[b] ?? 0) * sin + (im[b] ?? 0) * cos;
        re[b] = (re[a] ?? 0) - x;
        im[b] = (im[a] ?? 0) - y;
        re[a] = (re[a] ?? 0) + x;
        im[a] = (im[a] ?? 0) + y;
      }
    }
  }
}

/** Hertz of the strongest peak, or null when there are too few samples to say. */
export function dominantFrequency(pcm: Int16Array, rate: number): number | null {
  return tonesIn(pcm, rate)[0] ?? null;
}

/** Fainter than the loudest by more than this (25 dB in amplitude) is no tone of its own. */
const FAINTEST = 10 ** (-25 / 20);
/** Within so many Hz of a louder one, a peak is its skirt. */
const APART_HZ = 60;

/** Hertz of every tone, the loudest first; none when there are too few samples to say. */
export function tonesIn(pcm: Int16Array, rate: number): readonly number[] {
  const n = 2 ** Math.floor(Math.log2(pcm.length));
  if (n < 1024) return [];
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  const from = pcm.length - n;
  for (let i = 0; i < n; i++) re[i] = (pcm[from + i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (n - 1)));
  transform(re, im);
  const power = Float64Array.from({ length: n / 2 }, (_, bin) => Math.hypot(re[bin] ?? 0, im[bin] ?? 0));
  const at = (bin: number): number => power[bin] ?? 0;
  const faintest = power.subarray(1).reduce((a, b) => Math.max(a, b), 0) * FAINTEST;
  const loud = [...power.keys()].filter((bin) => bin > 0 && at(bin) >= faintest);
  const found: number[] = [];
  for (const bin of loud.sort((a, b) => at(b) - at(a)))
    if (found.every((other) => Math.abs(other - bin) * rate >= APART_HZ * n)) found.push(bin);
  return found.map((bin) => ((bin + bend(at(bin - 1), at(bin), at(bin + 1))) * rate) / n);
}

/** Where between its neighbours a peak lies, in bins. */
function bend(left: number, centre: number, right: number): number {
  const curve = left - 2 * centre + right;
  return curve === 0 ? 0 : (0.5 * (left - right)) / curve;
}

/** Root mean square, 0 to 1. */
export function loudness(pcm: Int16Array): number {
  if (pcm.length === 0) return 0;
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return Math.sqrt(sum / pcm.length) / 32_768;
}
