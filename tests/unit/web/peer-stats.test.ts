import { describe, expect, it } from 'vitest';
import { loudness, packetsReceived, readLevels, readStats, type Report } from '../../../lib/phone/web/peer-stats';

const CHROME: Report = [
  { type: 'inbound-rtp', kind: 'video', packetsReceived: 9_999 },
  {
    type: 'inbound-rtp',
    kind: 'audio',
    packetsReceived: 500,
    bytesReceived: 40_000,
    packetsLost: 3,
    jitter: 0.004,
    codecId: 'C',
    audioLevel: 0.1,
  },
  { type: 'outbound-rtp', kind: 'audio', packetsSent: 498, bytesSent: 39_000 },
  { type: 'remote-inbound-rtp', kind: 'audio', packetsLost: 7, jitter: 0.011, roundTripTime: 0.042 },
  { type: 'media-source', kind: 'audio', audioLevel: 1 },
  { type: 'codec', id: 'C', mimeType: 'audio/opus' },
  { type: 'transport', selectedCandidatePairId: 'P2' },
  { type: 'candidate-pair', id: 'P1', currentRoundTripTime: 9, localCandidateId: 'X', remoteCandidateId: 'Y' },
  { type: 'candidate-pair', id: 'P2', currentRoundTripTime: 0.04, localCandidateId: 'L', remoteCandidateId: 'R' },
  {
    type: 'local-candidate',
    id: 'L',
    candidateType: 'relay',
    address: '192.0.2.7',
    protocol: 'udp',
    relayProtocol: 'tls',
  },
  { type: 'remote-candidate', id: 'R', candidateType: 'host', address: '198.51.100.1', protocol: 'udp' },
];

describe('the counters of a peer', () => {
  it('are read in milliseconds, with the pair that carries the sound', () => {
    expect(readStats(CHROME)).toEqual({
      packetsReceived: 500,
      packetsSent: 498,
      bytesReceived: 40_000,
      bytesSent: 39_000,
      packetsLost: 3,
      remotePacketsLost: 7,
      jitterMs: 4,
      remoteJitterMs: 11,
      roundTripMs: 42,
      levels: { you: 1, them: loudness(0.1) },
      pair: 'P2',
      codec: 'audio/opus',
      local: { type: 'relay', address: '192.0.2.7', protocol: 'tls' },
      remote: { type: 'host', address: '198.51.100.1', protocol: 'udp' },
    });
  });

  it('take the pair that Firefox marks, and its round trip until RTCP tells one', () => {
    const firefox: Report = [
      { type: 'candidate-pair', id: 'P', selected: true, currentRoundTripTime: 0.03, localCandidateId: 'L' },
      { type: 'local-candidate', id: 'L', candidateType: 'host', protocol: 'udp' },
    ];
    expect(readStats(firefox)).toMatchObject({ roundTripMs: 30, local: { type: 'host', address: '' }, remote: null });
  });

  it('are zero or unknown before anything came, and where a field has the wrong type', () => {
    const empty = readStats([]);
    expect(empty).toMatchObject({ packetsReceived: 0, jitterMs: 0, roundTripMs: null, codec: null, local: null });
    expect(readStats([{ type: 'inbound-rtp', kind: 'audio', packetsReceived: 'many' }])).toEqual(empty);
    expect(packetsReceived(CHROME)).toBe(500);
  });
});

describe('levels', () => {
  it('run from -60 dB to full scale', () => {
    expect([0, 0.0001, 0.001].map(loudness)).toEqual([0, 0, 0]);
    expect(loudness(1)).toBe(1);
    expect(loudness(0.1)).toBeCloseTo(2 / 3);
    expect(loudness(7)).toBe(1);
  });

  it('are ours from the source and theirs from what comes in', () => {
    expect(readLevels(CHROME)).toEqual({ you: 1, them: loudness(0.1) });
    expect(readLevels([])).toEqual({ you: 0, them: 0 });
  });
});
