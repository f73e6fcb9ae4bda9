/** The rope's geometry: pure functions from levels and time to SVG path data. Lengths are CSS pixels. */

import type { Levels } from '../lib/phone/model/snapshot';

/** What the rope shows; see the drawing of each in the interface's specification, section 5. */
export type RopeState =
  | { readonly kind: 'calling' | 'ringing' | 'incoming' | 'held' | 'merged' | 'sound-lost' | 'ended' }
  | { readonly kind: 'live' | 'server-lost'; readonly muted: boolean }
  /** `left` is the share of the server's holding time that remains, 0 to 1; null while unknown. */
  | { readonly kind: 'both-lost'; readonly left: number | null };

/** Where strands start and stop inside the posts. */
export const INSET = 6.75;

const HALF_WAVE = 4.5;
const TAPER = 46;
const LOUDEST = 15;
const QUIETEST = 1;

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/**
 * A waveform along the span: your level shapes its first half, theirs the second, tapering to nothing at both ends.
 * `phase` is in seconds and moves the shape along.
 */
export function wavePath(span: Span, levels: Levels, phase: number): string {
  const length = span.to - span.from;
  let path = `M${round(span.from)} ${span.y}`;
  let previous = { x: span.from, y: span.y };
  const steps = Math.max(1, Math.round(length / HALF_WAVE));
  for (let step = 1; step <= steps; step++) {
    const x = span.from + (length * step) / steps;
    const sign = step % 2 === 0 ? 1 : -1;
    const y = step === steps ? span.y : span.y + sign * swing(x - span.from, length, levels, phase);
    const middle = round((previous.x + x) / 2);
    path += `C${middle} ${round(previous.y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`;
    previous = { x, y };
  }
  return path;
}

/** Half the height of the wave at `x` from the span's start. */
export function swing(x: number, length: number, levels: Levels, phase: number): number {
  const taper = Math.min(1, x / TAPER, (length - x) / TAPER);
  const theirs = smooth((x / length - 0.42) / 0.16);
  const level = levels.you * (1 - theirs) + levels.them * theirs;
  const shimmer = 0.62 + 0.26 * Math.sin(x / 17 - phase * 5) + 0.12 * Math.sin(x / 5.3 + phase * 9);
  return Math.max(0, Math.sin((taper * Math.PI) / 2)) * Math.max(QUIETEST, level * LOUDEST * shimmer);
}

/** Levels glide towards what was measured: quick to rise, slow to fall. `seconds` since the last frame. */
export function ease(shown: Levels, measured: Levels, seconds: number): Levels {
  const glide = (from: number, to: number): number => from + (to - from) * Math.min(1, seconds * (to > from ? 18 : 7));
  return { you: glide(shown.you, measured.you), them: glide(shown.them, measured.them) };
}

/** Evenly spaced dots between the posts, about 15 apart. */
export function dotsBetween(from: number, to: number, gap: number): readonly number[] {
  const count = Math.max(2, Math.round((to - from) / gap));
  return Array.from({ length: count }, (_, index) => round(from + ((to - from) * (index + 0.5)) / count));
}

/** An arc of the ring from twelve o'clock clockwise, `share` of the whole. */
export function arcPath(x: number, y: number, radius: number, share: number): string {
  const turn = Math.min(0.9999, Math.max(0, share)) * 2 * Math.PI;
  const endX = round(x + radius * Math.sin(turn));
  const endY = round(y - radius * Math.cos(turn));
  return `M${x} ${y - radius}A${radius} ${radius} 0 ${turn > Math.PI ? 1 : 0} 1 ${endX} ${endY}`;
}

function smooth(share: number): number {
  const inside = Math.min(1, Math.max(0, share));
  return inside * inside * (3 - 2 * inside);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
