/** Draws a picture anew: small enough for one message, without what else its file held (place, camera), with a thumbnail. */

import { LONGEST_PICTURE, LONGEST_PREVIEW } from '../../../lib/extension/picture-limits';
import type { SentPicture } from '../../../lib/phone/model/picture';

/** A picture as it will be sent, with the thumbnail that shows it. */
export interface Picture extends SentPicture {
  readonly preview: string;
}

/** Why a file is not sent: it is more than {@link LARGEST_FILE} bytes, or no picture that this browser can draw. */
export type Refused = 'too-large' | 'no-picture';

/** In bytes. What is larger is no photograph, and would stall the page. */
export const LARGEST_FILE = 20_000_000;
/** In pixels, of the longer side. */
const SIDE = 1280;
const THUMBNAIL_SIDE = 160;
const QUALITIES = [0.85, 0.7, 0.5, 0.3];

/** Never rejects. */
export async function readPicture(file: File): Promise<Picture | Refused> {
  if (!file.type.startsWith('image/')) return 'no-picture';
  if (file.size > LARGEST_FILE) return 'too-large';
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
    try {
      const url = await drawnWithin(bitmap, SIDE, LONGEST_PICTURE);
      const preview = await drawnWithin(bitmap, THUMBNAIL_SIDE, LONGEST_PREVIEW);
      return { url, preview };
    } finally {
      bitmap.close();
    }
  } catch {
    return 'no-picture';
  }
}

/** The first picture among what was pasted; null for none. */
export function pastedPicture(data: DataTransfer | null): File | null {
  return [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/')) ?? null;
}

/** A JPEG as a data URL of at most `longest` characters. Worse before smaller. */
async function drawnWithin(bitmap: ImageBitmap, side: number, longest: number): Promise<string> {
  for (let most = side; most >= 16; most /= 2) {
    const canvas = drawn(bitmap, most);
    for (const quality of QUALITIES) {
      const url = await addressOf(await canvas.convertToBlob({ type: 'image/jpeg', quality }));
      if (url.length <= longest) return url;
    }
  }
  throw new Error('a picture stays too large');
}

function drawn(bitmap: ImageBitmap, side: number): OffscreenCanvas {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  // JPEG knows no transparency, and a drawing is mostly meant for paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function addressOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => (typeof reader.result === 'string' ? resolve(reader.result) : reject(new Error('no text')));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(blob);
  });
}
