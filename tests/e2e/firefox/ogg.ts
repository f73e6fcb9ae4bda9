/** Reads the packets of an Ogg file (RFC 3533), and the sound of an Opus one (RFC 7845). */

import { createDecoder } from '../../../gateway/media/transcoder';

const HEADER_BYTES = 27;
/** A segment of this length goes on in the next one. */
const UNFINISHED = 255;
/** The identification and the comments stand before the sound. */
const HEADERS = 2;

/** 48 kHz, one channel. */
export function soundOf(file: Buffer): Int16Array {
  const decoder = createDecoder('opus');
  try {
    const parts = packetsOf(file)
      .slice(HEADERS)
      .map((packet) => decoder.decode(packet));
    const sound = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      sound.set(part, at);
      at += part.length;
    }
    return sound;
  } finally {
    decoder.free();
  }
}

function packetsOf(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let page = 0; file.toString('latin1', page, page + 4) === 'OggS';) {
    const segments = file.subarray(page + HEADER_BYTES, page + HEADER_BYTES + (file[page + HEADER_BYTES - 1] ?? 0));
    let at = page + HEADER_BYTES + segments.length;
    for (const length of segments) {
      parts.push(file.subarray(at, at + length));
      at += length;
      if (length === UNFINISHED) continue;
      packets.push(Buffer.concat(parts));
      parts = [];
    }
    page = at;
  }
  return packets;
}
