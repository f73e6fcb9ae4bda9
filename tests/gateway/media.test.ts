import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Ear } from '../../gateway/media/ear';
import { Pacer } from '../../gateway/media/pacer';
import type { AudioPacket } from '../../gateway/media/packet';
import { decodePcmu, encodePcmu } from '../../gateway/media/pcmu';
import { Retune } from '../../gateway/media/retune';
import { fingerprintOf, iceOf, offeredCodecs, withoutCandidates } from '../../gateway/media/sdp';
import { framesOf, keyTones, silence, tone } from '../../gateway/media/sounds';
import { dominantFrequency, loudness, tonesIn } from '../../gateway/media/spectrum';

const packet = (sequence: number, more: Partial<AudioPacket> = {}): AudioPacket => ({
  codec: 'opus',
  payload: Buffer.from([0xf8, 0xff, 0xfe]),
  sequence: sequence & 0xffff,
  timestamp: (sequence * 960) >>> 0,
  ...more,
});

const sine = (hertz: number, length = 9600): Int16Array =>
  Int16Array.from({ length }, (_, i) => Math.round(10_000 * Math.sin((2 * Math.PI * hertz * i) / 48_000)));

describe('the spectrum', () => {
  it.each([200, 440, 1000, 3333])('finds %i Hz', (hertz) => {
    expect(dominantFrequency(sine(hertz), 48_000)).toBeCloseTo(hertz, -1);
  });

  it('measures loudness and has no opinion on a click', () => {
    expect(loudness(sine(440))).toBeCloseTo(0.2158, 3);
    expect(loudness(new Int16Array())).toBe(0);
    expect(dominantFrequency(new Int16Array(100), 48_000)).toBeNull();
  });

  it('finds each tone of several, the loudest first, and none of a skirt or of noise below 25 dB', () => {
    const [loud, faint, lost] = [sine(1_000), sine(600), sine(2_000)];
    const both = loud.map((sample, at) => sample + (faint[at] ?? 0) / 4 + (lost[at] ?? 0) / 40);
    const tones = tonesIn(both, 48_000);
    expect(tones).toHaveLength(2);
    expect(tones[0]).toBeCloseTo(1_000, -1);
    expect(tones[1]).toBeCloseTo(600, -1);
    expect(tonesIn(new Int16Array(100), 48_000)).toEqual([]);
  });
});

describe('PCMU', () => {
  it('comes back within the steps of its scale', () => {
    const there = decodePcmu(encodePcmu(sine(400)));
    expect(dominantFrequency(there, 48_000)).toBeCloseTo(400, -1);
    expect(loudness(there)).toBeCloseTo(loudness(sine(400)), 1);
  });

  it('knows the ends of the scale (G.711 table 2a)', () => {
    expect([...encodePcmu(Int16Array.of(32_767, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -32_768, 0, 0, 0, 0, 0))]).toEqual([
      0x80, 0xff, 0x00,
    ]);
  });
});

describe('sounds', () => {
  it('are heard as what they are, in both codecs', () => {
    for (const codec of ['opus', 'pcmu'] as const) {
      const ear = new Ear();
      framesOf(tone(440), codec).forEach((payload, i) => ear.hear(packet(i, { codec, payload }), ear));
      expect(ear.heard(60_000).hertz).toBeCloseTo(440, -1);
    }
  });

  it('know the keys of a telephone', () => {
    expect(keyTones('5').notes[0]?.hertz).toEqual([770, 1336]);
    expect(keyTones('#d').notes.filter(({ hertz }) => hertz.length > 0)).toHaveLength(2);
    expect(keyTones('?').notes).toEqual([]);
  });

  it('are silent when they should be', () => {
    const ear = new Ear();
    framesOf(silence, 'opus').forEach((payload, i) => ear.hear(packet(i, { payload }), ear));
    expect(ear.heard(60_000)).toMatchObject({ silent: true, hertz: null });
  });
});

describe('the ear', () => {
  it('counts what was lost, and takes it back when it comes late', () => {
    const ear = new Ear();
    for (const sequence of [65_534, 65_535, 1, 2, 5]) ear.hear(packet(sequence), 'a');
    expect(ear.heard()).toMatchObject({ packets: 5, lost: 3 });
    ear.hear(packet(4), 'a');
    expect(ear.heard().lost).toBe(2);
    ear.hear(packet(900), 'b');
    expect(ear.heard().lost).toBe(2);
    ear.resetCounts();
    expect(ear.heard()).toMatchObject({ packets: 0, lost: 0, longestGapMs: 0 });
  });
});

describe('one stream out of many', () => {
  it('runs on over a change of source', () => {
    const retune = new Retune();
    const first = [10, 11].map((n) => retune.next(packet(n), 'a', 'opus'));
    const second = [5000, 5001].map((n) => retune.next(packet(n), 'b', 'opus'));
    const sequences = [...first, ...second].map((each) => each?.sequence ?? -1);
    const start = sequences[0] ?? 0;
    expect(sequences).toEqual([start, start + 1, start + 2, start + 3]);
    const stamps = [...first, ...second].map((each) => each?.timestamp ?? -1);
    expect((stamps[1] ?? 0) - (stamps[0] ?? 0)).toBe(960);
    expect((stamps[3] ?? 0) - (stamps[2] ?? 0)).toBe(960);
    expect((stamps[2] ?? 0) - (stamps[1] ?? 0)).toBeGreaterThanOrEqual(960);
  });

  it('shows the losses of its source, keeps late frames in their place and drops doubles', () => {
    const retune = new Retune();
    const at = (n: number) => retune.next(packet(n), 'a', 'opus');
    const base = at(65_534)?.sequence ?? 0;
    expect(at(1)?.sequence).toBe(base + 3);
    expect(at(65_535)?.sequence).toBe(base + 1);
    expect(at(1)).toBeNull();
    expect(at(2)?.sequence).toBe(base + 4);
  });

  it('translates between codecs', () => {
    const retune = new Retune();
    const ear = new Ear();
    framesOf(tone(500), 'opus').forEach((payload, i) => {
      const out = retune.next(packet(i, { payload }), 'a', 'pcmu');
      if (out) ear.hear(out, 'out');
    });
    retune.close();
    expect(ear.heard(60_000).hertz).toBeCloseTo(500, -1);
  });
});

describe('the pacer', () => {
  /** The pacer with a clock that is set by hand: `at(ms)` lets its timer ring at that time. */
  function paced(): { at: (ms: number) => void; beats: () => number; stop: () => void } {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    let beats = 0;
    const stop = new Pacer().every20ms(() => beats++);
    return {
      at(ms) {
        now = ms;
        vi.runOnlyPendingTimers();
      },
      beats: () => beats,
      stop,
    };
  }

  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('makes up for late beats, and does not beat early', () => {
    const { at, beats } = paced();
    at(20);
    expect(beats()).toBe(1);
    at(110);
    expect(beats()).toBe(5);
    at(119);
    expect(beats()).toBe(5);
    at(120);
    expect(beats()).toBe(6);
  });

  it('skips what a long stall would have been, and goes on from there', () => {
    const { at, beats } = paced();
    at(10_000);
    expect(beats()).toBe(25);
    at(10_020);
    expect(beats()).toBe(26);
  });

  it('stops with its last listener', () => {
    const { at, beats, stop } = paced();
    stop();
    at(1000);
    expect(beats()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('descriptions', () => {
  const sdp =
    'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 96 0 9\r\na=ice-ufrag:abcd\r\na=ice-pwd:secret\r\na=fingerprint:sha-256 aa:bb\r\n' +
    'a=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\na=end-of-candidates\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:9 G722/8000\r\n';

  it('are read for what matters', () => {
    expect(iceOf(sdp)).toEqual({ ufrag: 'abcd', password: 'secret' });
    expect(fingerprintOf(sdp)).toBe('SHA-256 AA:BB');
    expect([...offeredCodecs(sdp)]).toEqual([
      ['opus', 96],
      ['pcmu', 0],
    ]);
    expect(withoutCandidates(sdp)).not.toMatch(/candidate/);
    expect([iceOf('nonsense'), fingerprintOf('nonsense'), offeredCodecs('nonsense').size]).toEqual([null, null, 0]);
  });
});
