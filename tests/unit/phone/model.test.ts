import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelay } from '../../../lib/phone/model/backoff';
import { causeFromWire, NO_CAUSE } from '../../../lib/phone/model/end-cause';
import { emitSafely } from '../../../lib/phone/model/events';
import { meanOpinion, quality, qualityWord } from '../../../lib/phone/model/quality';
import { ringFor } from '../../../lib/phone/ringing';
import { readToken } from '../../../lib/phone/token';

describe('backoff', () => {
  it('tries at once, then doubles to thirty seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map((attempt) => retryDelay(attempt, 0.5))).toEqual([
      125, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });
  it('spreads every wait and keeps its bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const delay = retryDelay(attempt, random);
          expect(delay).toBeGreaterThanOrEqual(attempt === 1 ? 0 : 750);
          expect(delay).toBeLessThanOrEqual(attempt === 1 ? 250 : 30_000);
        },
      ),
    );
  });
});

describe('causes', () => {
  const kind = (
    name: string | null,
    code: number | null,
    direction: 'out' | 'in',
    phase: 'ringing' | 'active',
    sipCode: number | null = null,
  ): string => causeFromWire({ ...NO_CAUSE, name, code, sipCode }, { direction, phase }).kind;
  it.each([
    ['USER_BUSY', 17, 'busy'],
    [null, 17, 'busy'],
    ['NO_ANSWER', 19, 'no-answer'],
    ['USER_NOT_REGISTERED', 806, 'unavailable'],
    ['LOSE_RACE', 702, 'answered-elsewhere'],
    ['NO_ROUTE_DESTINATION', 3, 'no-such-number'],
    ['INCOMPATIBLE_DESTINATION', 88, 'failed'],
    ['SOMETHING_NEW', 999, 'hung-up-there'],
    [null, null, 'hung-up-there'],
  ])('%s (%s) before the answer is %s', (name, code, expected) => {
    expect(kind(name, code, 'out', 'ringing')).toBe(expected);
  });
  it('falls back to the SIP code', () => {
    expect(kind(null, null, 'out', 'ringing', 404)).toBe('no-such-number');
  });
  it('means that they hung up once the call was answered, but for a few', () => {
    expect(kind('USER_BUSY', 17, 'out', 'active')).toBe('hung-up-there');
    expect(kind('RECOVERY_ON_TIMER_EXPIRE', 102, 'out', 'active')).toBe('lost');
  });
  it('makes an unanswered incoming call a missed one, unless another device has it', () => {
    expect(kind('NORMAL_CLEARING', 16, 'in', 'ringing')).toBe('missed');
    expect(kind('LOSE_RACE', 502, 'in', 'ringing')).toBe('answered-elsewhere');
  });
});

describe('quality', () => {
  const counters = {
    packetsReceived: 0,
    packetsLost: 0,
    packetsSent: 0,
    remotePacketsLost: null,
    jitterMs: 1,
    remoteJitterMs: null,
    roundTripMs: 20,
    codec: 'opus',
    local: null,
    remote: null,
  };
  it('has a word for every score, without gaps', () => {
    expect([5, 4.21, 4.2, 4.05, 4.0, 3.65, 3.6, 3.1, 3.09, 1].map(qualityWord)).toEqual([
      'excellent',
      'excellent',
      'good',
      'good',
      'fair',
      'fair',
      'poor',
      'poor',
      'bad',
      'bad',
    ]);
  });
  it('falls with delay, jitter and loss, and stays between 1 and 5', () => {
    expect(meanOpinion(2, 20, 0)).toBeGreaterThan(4.3);
    expect(meanOpinion(2, 20, 5)).toBeLessThan(meanOpinion(2, 20, 1));
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), fc.integer({ min: 0, max: 100 }), (jitter, rtt, loss) => {
        const score = meanOpinion(jitter, rtt, loss);
        expect(score).toBeGreaterThanOrEqual(1);
        expect(score).toBeLessThanOrEqual(5);
        expect(meanOpinion(jitter, rtt + 50, loss)).toBeLessThanOrEqual(score);
      }),
    );
  });
  it('speaks of the last second, and of whose side it is', () => {
    expect(quality(null, counters)).toBeNull();
    const before = { ...counters, packetsReceived: 1000, packetsLost: 500, packetsSent: 1000, remotePacketsLost: 0 };
    const now = { ...before, packetsReceived: 1050, packetsSent: 1045, remotePacketsLost: 5 };
    expect(quality(before, now)).toMatchObject({ lossPercent: 0, word: 'excellent', side: 'theirs', route: null });
    expect(quality(before, { ...now, packetsLost: 550, remotePacketsLost: 0 })).toMatchObject({
      lossPercent: 50,
      side: 'ours',
    });
  });
});

describe('ringing', () => {
  const ringsIn = {
    direction: 'in',
    state: { phase: 'ringing', since: 0, earlyMedia: false },
    silenced: false,
  } as const;
  const ringsOut = { ...ringsIn, direction: 'out' } as const;
  const talks = { direction: 'out', state: { phase: 'active', since: 0, held: false }, silenced: false } as const;
  it.each([
    ['nothing', [], 'off'],
    ['an incoming call', [ringsIn], 'in'],
    ['a silenced one', [{ ...ringsIn, silenced: true }], 'off'],
    ['an incoming call beside a talk', [talks, ringsIn], 'waiting'],
    ['an outgoing one', [ringsOut], 'out'],
    ['early media', [{ ...ringsOut, state: { ...ringsOut.state, earlyMedia: true } }], 'off'],
    ['an outgoing one beside a held talk', [{ ...talks, state: { ...talks.state, held: true } }, ringsOut], 'out'],
    ['a talk', [talks], 'off'],
  ] as const)('%s: %s', (_what, calls, expected) => {
    expect(ringFor(calls, true)).toBe(expected);
  });
  it('does not beep where the person chose so', () => {
    expect(ringFor([talks, ringsIn], false)).toBe('off');
  });
});

describe('tokens', () => {
  const part = (text: string): string => Buffer.from(text).toString('base64url');
  it('reads the expiry, whatever letters the payload needs', () => {
    const payload = JSON.stringify({ exp: 1_795_333_498, name: '???>>>ÿÿÿ' });
    expect(part(payload)).toMatch(/[-_]/);
    expect(readToken(`e30.${part(payload)}.sig`)).toEqual({ expiresAt: 1_795_333_498_000 });
    expect(readToken(`e30.${part('{}')}.sig`)).toEqual({ expiresAt: null });
  });
  it.each([
    [''],
    ['a'],
    ['a.b'],
    ['a.b.c.d'],
    ['e30.!!!.sig'],
    [`e30.${part('[1]')}.sig`],
    [`e30.${part('nope')}.sig`],
  ])('refuses %j', (text) => {
    expect(readToken(text)).toBeNull();
  });
  it('reads any claims that were put in', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (name, exp) => {
        expect(readToken(`e30.${part(JSON.stringify({ name, exp }))}.s`)).toEqual({ expiresAt: exp * 1000 });
      }),
    );
  });
});

describe('listeners', () => {
  it('hear what comes although one of them throws', () => {
    const heard: number[] = [];
    const thrown: unknown[] = [];
    const boom = new Error('boom');
    emitSafely(
      [
        () => {
          throw boom;
        },
        (n: number) => heard.push(n),
      ],
      [7],
      (error) => thrown.push(error),
    );
    expect(heard).toEqual([7]);
    expect(thrown).toEqual([boom]);
  });
});
