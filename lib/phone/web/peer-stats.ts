/** Reads a getStats report: the standard's names (W3C webrtc-stats) in, our counters and units out. */

import type { Levels } from '../model/snapshot';
import type { PeerStats } from '../ports';

type Entry = Readonly<Record<string, unknown>>;
export type Report = readonly Entry[];

/** Only place where the report's untyped entries come in. */
export function entriesOf(report: RTCStatsReport): Report {
  const entries: Entry[] = [];
  report.forEach((entry: unknown) => {
    if (typeof entry === 'object' && entry !== null) entries.push({ ...entry });
  });
  return entries;
}

/** Audio packets received so far: what tells that sound comes. */
export function packetsReceived(report: Report): number {
  return num(audio(report, 'inbound-rtp'), 'packetsReceived') ?? 0;
}

/** Loudness of both directions, 0 to 1. */
export function readLevels(report: Report): Levels {
  const { you, them } = toldLevels(report);
  return { you: you ?? 0, them: them ?? 0 };
}

function toldLevels(report: Report): PeerStats['levels'] {
  const level = (type: string): number | null => {
    const told = num(audio(report, type), 'audioLevel');
    return told === null ? null : loudness(told);
  };
  return { you: level('media-source'), them: level('inbound-rtp') };
}

const FAINTEST_DB = 60;
/** The linear audioLevel (1 is full scale) on the decibel scale ears use: -60 dB and below is 0. */
export function loudness(level: number): number {
  if (level <= 0) return 0;
  return Math.min(1, Math.max(0, 1 + (20 * Math.log10(level)) / FAINTEST_DB));
}

export function readStats(report: Report): PeerStats {
  const inbound = audio(report, 'inbound-rtp');
  const outbound = audio(report, 'outbound-rtp');
  const remote = audio(report, 'remote-inbound-rtp');
  const pair = selectedPair(report);
  const pairRoundTrip = num(pair, 'currentRoundTripTime');
  return {
    packetsReceived: num(inbound, 'packetsReceived') ?? 0,
    packetsSent: num(outbound, 'packetsSent') ?? 0,
    bytesReceived: num(inbound, 'bytesReceived') ?? 0,
    bytesSent: num(outbound, 'bytesSent') ?? 0,
    packetsLost: num(inbound, 'packetsLost') ?? 0,
    remotePacketsLost: num(remote, 'packetsLost'),
    jitterMs: inMs(num(inbound, 'jitter')) ?? 0,
    remoteJitterMs: inMs(num(remote, 'jitter')),
    // RTCP's figure is that of the sound; ICE's own is there from the first second.
    roundTripMs: inMs(num(remote, 'roundTripTime') ?? pairRoundTrip),
    levels: toldLevels(report),
    codec: str(byId(report, str(inbound, 'codecId') ?? str(outbound, 'codecId')), 'mimeType'),
    pair: str(pair, 'id'),
    local: end(byId(report, str(pair, 'localCandidateId'))),
    remote: end(byId(report, str(pair, 'remoteCandidateId'))),
  };
}

function selectedPair(report: Report): Entry | null {
  const transport = report.find((entry) => entry['type'] === 'transport') ?? null;
  const named = byId(report, str(transport, 'selectedCandidatePairId'));
  // Firefox has no transport entries and marks the pair instead.
  return named ?? report.find((entry) => entry['type'] === 'candidate-pair' && entry['selected'] === true) ?? null;
}

function end(candidate: Entry | null): PeerStats['local'] {
  const type = str(candidate, 'candidateType');
  if (type === null) return null;
  const address = str(candidate, 'address') ?? '';
  return { type, address, protocol: str(candidate, 'relayProtocol') ?? str(candidate, 'protocol') ?? '' };
}

function audio(report: Report, type: string): Entry | null {
  return report.find((entry) => entry['type'] === type && entry['kind'] === 'audio') ?? null;
}

function byId(report: Report, id: string | null): Entry | null {
  return id === null ? null : (report.find((entry) => entry['id'] === id) ?? null);
}

function num(entry: Entry | null, key: string): number | null {
  const value = entry?.[key];
  return typeof value === 'number' ? value : null;
}

function str(entry: Entry | null, key: string): string | null {
  const value = entry?.[key];
  return typeof value === 'string' ? value : null;
}

function inMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1_000;
}
