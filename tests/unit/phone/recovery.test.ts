import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRecovery, sameTransport, transportOf, type RecoveryFacts } from '../../../lib/phone/recovery';
import { sdp } from '../../fakes/peer';

const HEALTHY: RecoveryFacts = {
  keepAlive: true,
  auto: true,
  wanted: true,
  peer: 'alive',
  connection: 'connected',
  iceRestart: 'none',
  transport: 'same',
  keptInVain: false,
  canInvite: true,
};

describe('what becomes of a leg that the server offers again', () => {
  it.each<[string, Partial<RecoveryFacts>, string]>([
    ['a healthy peer', {}, 'keep'],
    ['a peer whose connection wavers', { connection: 'disconnected' }, 'keep'],
    ['a healthy peer, recovery by hand', { auto: false }, 'keep'],
    ['the option off', { keepAlive: false }, 'rebuild'],
    ['the option off and ICE given up', { keepAlive: false, connection: 'failed', iceRestart: 'failed' }, 'rebuild'],
    ['a peer that the browser closed', { peer: 'signalling-closed' }, 'rebuild'],
    ['no peer', { peer: 'none', connection: 'new' }, 'rebuild'],
    ['another transport at the server', { transport: 'new' }, 'rebuild'],
    ['a kept peer that heard nothing', { keptInVain: true }, 'rebuild'],
    ['a failed connection and no restart tried', { connection: 'failed' }, 'rebuild'],
    ['a failed connection while a restart runs', { connection: 'failed', iceRestart: 'running' }, 'rebuild'],
    ['a failed connection and a failed restart', { connection: 'failed', iceRestart: 'failed' }, 'new-invite'],
    ['the same with nobody to call', { connection: 'failed', iceRestart: 'failed', canInvite: false }, 'rebuild'],
    [
      'the same with the peer closed by the browser',
      { connection: 'failed', iceRestart: 'failed', peer: 'signalling-closed' },
      'rebuild',
    ],
    ['a dead peer, recovery by hand', { peer: 'signalling-closed', auto: false }, 'wait-for-person'],
    ['the option off, recovery by hand', { keepAlive: false, auto: false }, 'wait-for-person'],
    ['a call that ended here', { wanted: false }, 'bye'],
  ])('%s', (_what, facts, expected) => {
    expect(decideRecovery({ ...HEALTHY, ...facts })).toBe(expected);
  });

  const anyFacts: fc.Arbitrary<RecoveryFacts> = fc.record({
    keepAlive: fc.boolean(),
    auto: fc.boolean(),
    wanted: fc.boolean(),
    peer: fc.constantFrom('none', 'signalling-closed', 'alive'),
    connection: fc.constantFrom('new', 'connecting', 'connected', 'disconnected', 'failed', 'closed'),
    iceRestart: fc.constantFrom('none', 'running', 'failed'),
    transport: fc.constantFrom('same', 'new'),
    keptInVain: fc.boolean(),
    canInvite: fc.boolean(),
  });

  it('keeps its promises for every combination', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const decision = decideRecovery(facts);
        expect(decision === 'bye').toBe(!facts.wanted);
        if (decision === 'keep')
          expect(facts).toMatchObject({ keepAlive: true, peer: 'alive', transport: 'same', keptInVain: false });
        if (decision === 'new-invite')
          expect(facts).toMatchObject({ auto: true, canInvite: true, connection: 'failed', iceRestart: 'failed' });
        if (!facts.auto) expect(['bye', 'keep', 'wait-for-person']).toContain(decision);
        if (!facts.keepAlive && facts.wanted) expect(['rebuild', 'wait-for-person']).toContain(decision);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('telling one transport of the server’s from another', () => {
  it('reads credentials and fingerprint', () => {
    expect(transportOf(sdp('abcd', 'AA:BB'))).toEqual({ ufrag: 'abcd', fingerprint: 'SHA-256 AA:BB' });
  });
  it('is the same only where both are', () => {
    expect(sameTransport(sdp('a', 'AA'), sdp('a', 'aa'))).toBe(true);
    expect(sameTransport(sdp('a', 'AA'), sdp('b', 'AA'))).toBe(false);
    expect(sameTransport(sdp('a', 'AA'), sdp('a', 'BB'))).toBe(false);
    expect(sameTransport(null, sdp('a'))).toBe(false);
    expect(sameTransport('v=0', 'v=0')).toBe(false);
  });
});
