/** The chart of a call's score over two minutes: scales and paths. Pure; lengths in CSS pixels. */

import { TRAIL_MS, type Sample } from './trail.svelte';

export const CHART = { left: 34, right: 6, top: 12, bottom: 24, height: 132 } as const;

export function xOf(at: number, now: number, width: number): number {
  const inner = width - CHART.left - CHART.right;
  return round(CHART.left + inner * (1 - Math.min(TRAIL_MS, Math.max(0, now - at)) / TRAIL_MS));
}

/** MOS 1 at the bottom, 5 at the top. */
export function yOf(mos: number): number {
  const inner = CHART.height - CHART.top - CHART.bottom;
  return round(CHART.top + inner * (1 - (Math.min(5, Math.max(1, mos)) - 1) / 4));
}

/** Empty for fewer than two samples. */
export function mosPath(samples: readonly Sample[], now: number, width: number): string {
  if (samples.length < 2) return '';
  return samples.map(({ at, mos }, index) => `${index === 0 ? 'M' : 'L'}${xOf(at, now, width)} ${yOf(mos)}`).join('');
}

export type Trend = 'better' | 'worse' | 'steady';

/** The last ten seconds beside the twenty before them. */
export function trendOf(samples: readonly Sample[], now: number): Trend {
  const mean = (from: number, to: number): number | null => {
    const within = samples.filter(({ at }) => now - at >= from && now - at < to);
    return within.length < 3 ? null : within.reduce((sum, { mos }) => sum + mos, 0) / within.length;
  };
  const recent = mean(0, 10_000);
  const before = mean(10_000, 30_000);
  if (recent === null || before === null || Math.abs(recent - before) < 0.25) return 'steady';
  return recent > before ? 'better' : 'worse';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
