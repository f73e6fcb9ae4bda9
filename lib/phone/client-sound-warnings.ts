/** Judges a call second by second and says what is wrong with its sound: the codes 31001 to 32002 and 33008; pure. */

import type { Measure } from './call-options';
import type { WarningCode } from './client-catalogue';
import type { PeerStats } from './ports';

export interface SoundWarning {
  readonly code: WarningCode;
  /** What was measured. */
  readonly cause: string;
}

/** Section 7.4: after so many seconds in a row, and at most so often. */
const IN_A_ROW = 3;
const AGAIN_MS = 15_000;
/** Who was heard once may be silent for a while: people listen too. */
const PAUSE_MS = 30_000;
const LIMITS = { roundTripMs: 400, jitterMs: 30, lossPercent: 1, mos: 3.5 };

type Finding = readonly [code: WarningCode, cause: string];

export class SoundWarnings {
  #before: PeerStats | null = null;
  readonly #row = new Map<WarningCode, number>();
  readonly #toldAt = new Map<WarningCode, number>();
  readonly #heardAt: Partial<Record<'you' | 'them', number>> = {};

  /** What to warn of after this second. */
  judge(measure: Measure, now: number): readonly SoundWarning[] {
    const findings = [...quality(measure), ...this.#silence(measure, now), ...counters(measure, this.#before)];
    const moved = pathChange(measure.stats, this.#before);
    this.#before = measure.stats;
    for (const code of this.#row.keys()) if (!findings.some(([found]) => found === code)) this.#row.delete(code);
    const lasting = findings.filter(([code]) => {
      const row = (this.#row.get(code) ?? 0) + 1;
      this.#row.set(code, row);
      return row >= IN_A_ROW && now - (this.#toldAt.get(code) ?? -Infinity) >= AGAIN_MS;
    });
    for (const [code] of lasting) this.#toldAt.set(code, now);
    return [...lasting, ...(moved === null ? [] : [moved])].map(([code, cause]) => ({ code, cause }));
  }

  #silence({ stats: { levels }, muted, held }: Measure, now: number): readonly Finding[] {
    const silent = (who: 'you' | 'them'): boolean => {
      const level = levels[who];
      if (level !== null && level > 0) this.#heardAt[who] = now;
      const heardAt = this.#heardAt[who];
      return level === 0 && (heardAt === undefined || now - heardAt >= PAUSE_MS);
    };
    const [you, them] = [silent('you'), silent('them')];
    return [
      ...(you && !muted && !held ? ([[31005, 'the level of the microphone']] as const) : []),
      ...(them && !held ? ([[31006, 'the level of what comes in']] as const) : []),
    ];
  }
}

function* quality({ quality }: Measure): Generator<Finding> {
  if (quality === null) return;
  const { roundTripMs, jitterMs, lossPercent, mos } = quality;
  if ((roundTripMs ?? 0) > LIMITS.roundTripMs) yield [31001, `${roundTripMs} ms`];
  if (jitterMs > LIMITS.jitterMs) yield [31002, `${jitterMs} ms`];
  if (lossPercent > LIMITS.lossPercent) yield [31003, `${lossPercent} %`];
  if (mos < LIMITS.mos) yield [31004, `MOS ${mos}`];
}

function* counters({ stats, held }: Measure, before: PeerStats | null): Generator<Finding> {
  // A counter that went back is that of another peer.
  if (before === null || held) return;
  if (stats.bytesReceived === before.bytesReceived) yield [32001, `${stats.bytesReceived} bytes in all`];
  if (stats.bytesSent === before.bytesSent) yield [32002, `${stats.bytesSent} bytes in all`];
}

function pathChange(stats: PeerStats, before: PeerStats | null): Finding | null {
  const now = pathOf(stats);
  const then = before && pathOf(before);
  return now === null || then === null || now === then ? null : [33008, `${then} → ${now}`];
}

/** By kind and protocol: addresses are nobody's affair in a log. */
function pathOf({ pair, local, remote }: PeerStats): string | null {
  return pair === null ? null : `${local?.type ?? '?'}/${local?.protocol ?? '?'} to ${remote?.type ?? '?'} (${pair})`;
}
