/** Where the call window stands: what of it is worth remembering, and how it fits the screen that there is. Pure; CSS pixels. */

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Of `localStorage`: a page that closes has no time for storage that answers later. */
export const PLACE_KEY = 'call-window';

/** For who never moved it: the browser chooses the spot. */
export const FIRST_SIZE = { width: 380, height: 640 } as const;

/** Smaller is a window that was put away, not one that a person made so. */
const LEAST = { width: 240, height: 240 } as const;

/** Null for what nobody chose: a window that fills its screen, or one that was put away. */
export function worthKeeping(place: Place, screen: Place): Place | null {
  const fills = place.width >= screen.width && place.height >= screen.height;
  return fills || place.width < LEAST.width || place.height < LEAST.height ? null : place;
}

/** Shrunk to the screen where it is larger, then moved by as little as puts all of it there. */
export function fitted(place: Place, screen: Place): Place {
  const width = Math.min(place.width, screen.width);
  const height = Math.min(place.height, screen.height);
  return {
    left: within(place.left, screen.left, screen.left + screen.width - width),
    top: within(place.top, screen.top, screen.top + screen.height - height),
    width,
    height,
  };
}

export function isSame(one: Place, other: Place): boolean {
  return one.left === other.left && one.top === other.top && one.width === other.width && one.height === other.height;
}

/** As {@link readPlace} takes it. */
export function writePlace(place: Place): string {
  const { left, top, width, height } = place;
  return JSON.stringify({ left, top, width, height });
}

/** Null where it is no place that we wrote. */
export function readPlace(written: string | null): Place | null {
  if (written === null) return null;
  let read: unknown;
  try {
    read = JSON.parse(written);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  if (!('left' in read && 'top' in read && 'width' in read && 'height' in read)) return null;
  const { left, top, width, height } = read;
  if (!isWhole(left) || !isWhole(top) || !isWhole(width) || !isWhole(height)) return null;
  return width < LEAST.width || height < LEAST.height ? null : { left, top, width, height };
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
