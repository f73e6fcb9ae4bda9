import { describe, expect, it } from 'vitest';
import { EarlyCandidates, fateOf, fragmentOf, fragmentsOf } from '../../../lib/phone/web/early-candidates';
import type { Candidate } from '../../../lib/phone/ports';

const of = (ufrag: string | null, port = 1): Candidate => ({
  candidate: `candidate:1 1 udp 1 192.0.2.1 ${port} typ host${ufrag === null ? '' : ` generation 0 ufrag ${ufrag}`}`,
  sdpMid: '0',
  sdpMLineIndex: 0,
});

describe('a remote candidate', () => {
  it.each([
    ['waits for the first remote description', of('new'), { remote: null, pending: false }, 'keep'],
    ['waits with the end of candidates too', null, { remote: null, pending: true }, 'keep'],
    ['is added to the description it names', of('now'), { remote: ['now'], pending: false }, 'add'],
    ['is added to the description it names during a restart', of('now'), { remote: ['now'], pending: true }, 'add'],
    ['waits for the answer of a restart', of('next'), { remote: ['now'], pending: true }, 'keep'],
    ['is dropped with a generation that is over', of('old'), { remote: ['now'], pending: false }, 'drop'],
    ['without a fragment is added to what there is', of(null), { remote: ['now'], pending: false }, 'add'],
    ['without a fragment waits for a pending answer', of(null), { remote: ['now'], pending: true }, 'keep'],
  ] as const)('%s', (_, candidate, descriptions, fate) => {
    expect(fateOf(candidate, descriptions)).toBe(fate);
  });

  it('tells its fragment, and a description its own', () => {
    expect(fragmentOf(of('aB+/'))).toBe('aB+/');
    expect(fragmentOf(of(null))).toBeNull();
    expect(fragmentsOf('v=0\r\na=ice-ufrag:one\r\nm=audio\r\na=ice-ufrag:two\r\n')).toEqual(['one', 'two']);
  });
});

describe('the candidates that were kept', () => {
  it('come out once, in their order, without those of another generation', () => {
    const early = new EarlyCandidates();
    for (const candidate of [of('now', 1), of('old', 2), of('now', 3), null]) early.keep(candidate);
    const descriptions = { remote: ['now'], pending: false };
    expect(early.take(descriptions)).toEqual([of('now', 1), of('now', 3), null]);
    expect(early.take(descriptions)).toEqual([]);
  });

  it('stay while the answer is still to come', () => {
    const early = new EarlyCandidates();
    early.keep(of('next'));
    expect(early.take({ remote: ['now'], pending: true })).toEqual([]);
    expect(early.take({ remote: ['next'], pending: false })).toEqual([of('next')]);
  });

  it('are bounded', () => {
    const early = new EarlyCandidates();
    for (let port = 0; port < 10_000; port += 1) early.keep(of('now', port));
    expect(early.take({ remote: ['now'], pending: false })).toHaveLength(200);
  });
});
