/** How large a JPEG is, read from its frame header (ITU-T T.81, B.2.2). */

const DATA_URL = /^data:image\/jpeg;base64,([\w+/]+=*)$/;
/** Start of image. */
const SOI = 0xffd8;

/** Pixels; null for anything but a JPEG in a data URL. */
export function jpegSize(url: string): { readonly width: number; readonly height: number } | null {
  const encoded = DATA_URL.exec(url)?.[1];
  if (encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== SOI) return null;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    if (isFrameHeader(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which share their range. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
