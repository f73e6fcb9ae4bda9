/** What a microphone level means to a person: which of 36 bars light, and the verdict in words; pure. */

/** Bars of the meter. The good zone and the hatched loud zone are told apart by these indices. */
export const BARS = 36;
const GOOD_FROM = 9;
const LOUD_FROM = 32;
const FLOOR_DB = -60;
const SILENT_AFTER_MS = 5_000;
const HOLD_MS = 1_500;

export type Verdict = 'listening' | 'good' | 'quiet' | 'loud' | 'silent';

/** How many bars an amplitude (RMS, 0 to 1) lights: decibels from -60 to 0, evenly. */
export function barsFor(amplitude: number): number {
  if (!(amplitude > 0)) return 0;
  const db = 20 * Math.log10(Math.min(1, amplitude));
  return Math.max(0, Math.min(BARS, Math.round(((db - FLOOR_DB) / -FLOOR_DB) * BARS)));
}

export function zoneOf(bar: number): 'quiet' | 'good' | 'loud' {
  if (bar >= LOUD_FROM) return 'loud';
  return bar >= GOOD_FROM ? 'good' : 'quiet';
}

/** What the meter remembers between samples. Times in milliseconds of any one clock. */
export interface LevelMemory {
  readonly startedAt: number;
  readonly heardAt: number | null;
  readonly goodAt: number | null;
  readonly loudAt: number | null;
}

export function listenFrom(now: number): LevelMemory {
  return { startedAt: now, heardAt: null, goodAt: null, loudAt: null };
}

export function hear(memory: LevelMemory, bars: number, now: number): LevelMemory {
  if (bars <= 1) return memory;
  const zone = zoneOf(bars);
  return {
    ...memory,
    heardAt: now,
    goodAt: zone === 'quiet' ? memory.goodAt : now,
    loudAt: zone === 'loud' ? now : memory.loudAt,
  };
}

/** Speech pauses, so each verdict outlives its sound for a moment; silence is told after five seconds. */
export function verdictOf(memory: LevelMemory, now: number): Verdict {
  if (now - (memory.heardAt ?? memory.startedAt) >= SILENT_AFTER_MS) return 'silent';
  if (memory.heardAt === null) return 'listening';
  if (memory.loudAt !== null && now - memory.loudAt < HOLD_MS) return 'loud';
  if (memory.goodAt !== null && now - memory.goodAt < HOLD_MS * 2) return 'good';
  return 'quiet';
}
