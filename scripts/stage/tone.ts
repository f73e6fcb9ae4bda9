/** Microphone recordings for browsers whose microphone is a file. */

import { writeFile } from 'node:fs/promises';

const RATE = 48_000;

/** One second of a steady tone as a mono WAV; it may be looped, since `hz` is whole. Returns the path. */
export async function writeTone(path: string, hz: number, level = 0.4): Promise<string> {
  const samples = Buffer.alloc(RATE * 2);
  for (let i = 0; i < RATE; i += 1) {
    samples.writeInt16LE(Math.round(Math.sin((2 * Math.PI * hz * i) / RATE) * level * 32_767), i * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  await writeFile(path, Buffer.concat([header, samples]));
  return path;
}
