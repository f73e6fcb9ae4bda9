/** Makes the file that Chromium plays as its microphone. */

const RATE = 48_000;
const HEADER = 44;

/** PCM, 16 bits, mono (RIFF WAVE). Whole seconds of a whole frequency, so that it loops without a click. */
export function toneWav(hertz: number, seconds: number): Buffer {
  const samples = RATE * seconds;
  const wav = Buffer.alloc(HEADER + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    wav.writeInt16LE(Math.round(12_000 * Math.sin((2 * Math.PI * hertz * i) / RATE)), HEADER + i * 2);
  }
  return wav;
}
