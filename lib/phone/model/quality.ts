/** From counters of a peer to a word a person understands. Pure; milliseconds, percent (0 to 100), MOS 1 to 5. */

import type { QualityView } from './snapshot';

/** The counters this needs; null where the browser does not tell. A subset of the peer's own statistics. */
export interface Counters {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly packetsSent: number;
  readonly remotePacketsLost: number | null;
  readonly jitterMs: number;
  readonly remoteJitterMs: number | null;
  readonly roundTripMs: number | null;
  readonly codec: string | null;
  readonly local: { readonly type: string; readonly address: string } | null;
  readonly remote: { readonly type: string; readonly address: string } | null;
}

type Word = QualityView['word'];

/** A side is in trouble above these (reference, section 7.4: 31002, 31003). */
const BAD_JITTER_MS = 30;
const BAD_LOSS_PERCENT = 1;
const UNKNOWN_ROUND_TRIP_MS = 0;

/** What happened between two samples. `null` before there is a packet to speak of. */
export function quality(before: Counters | null, now: Counters): QualityView | null {
  if (now.packetsReceived === 0) return null;
  const lossPercent = share(
    now.packetsLost - (before?.packetsLost ?? 0),
    now.packetsReceived - (before?.packetsReceived ?? 0),
  );
  const theirLoss = share(
    (now.remotePacketsLost ?? 0) - (before?.remotePacketsLost ?? 0),
    now.packetsSent - (before?.packetsSent ?? 0),
  );
  const score = meanOpinion(now.jitterMs, now.roundTripMs ?? UNKNOWN_ROUND_TRIP_MS, lossPercent);
  return {
    mos: score,
    word: qualityWord(score),
    roundTripMs: now.roundTripMs,
    jitterMs: now.jitterMs,
    lossPercent,
    side: side(
      lossPercent > BAD_LOSS_PERCENT || now.jitterMs > BAD_JITTER_MS,
      theirLoss > BAD_LOSS_PERCENT || (now.remoteJitterMs ?? 0) > BAD_JITTER_MS,
    ),
    codec: now.codec,
    route:
      now.local && now.remote
        ? {
            local: now.local.type,
            remote: now.remote.type,
            relay: now.local.type === 'relay' || now.remote.type === 'relay',
          }
        : null,
  };
}

/** The E-model, shortened as reference section 10.1 (formula A) gives it. */
export function meanOpinion(jitterMs: number, roundTripMs: number, lossPercent: number): number {
  const delay = jitterMs + roundTripMs / 2;
  const delayCost = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const lossCost = 20 * Math.log(1 + lossPercent);
  const rating = Math.max(0, 93.2 - delayCost - lossCost);
  const mos = 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating);
  return Math.round(Math.min(5, Math.max(1, mos)) * 100) / 100;
}

/** Half-open ranges, so that no score falls between two words. */
export function qualityWord(mos: number): Word {
  if (mos > 4.2) return 'excellent';
  if (mos > 4.0) return 'good';
  if (mos > 3.6) return 'fair';
  if (mos >= 3.1) return 'poor';
  return 'bad';
}

function share(lost: number, passed: number): number {
  const gone = Math.max(0, lost);
  const total = gone + Math.max(0, passed);
  return total === 0 ? 0 : (gone / total) * 100;
}

function side(ours: boolean, theirs: boolean): QualityView['side'] {
  if (ours && theirs) return 'both';
  // What does not arrive here was lost on the way from them.
  if (ours) return 'ours';
  return theirs ? 'theirs' : 'none';
}
