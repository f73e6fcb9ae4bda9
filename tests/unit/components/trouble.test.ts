import './words-here';
import { describe, expect, it } from 'vitest';
import { REASONS, troubleOf } from '../../../components/trouble';
import { homeTrouble } from '../../../components/popup/home/home-trouble';
import { line, snapshot } from '../../../scripts/screens/data';

const names = { line: 'Sales line', person: 'Dana' };

describe('every trouble', () => {
  it.each(REASONS)('%s is told in words, with a button where there is something to do', (reason) => {
    const { heading, line: means, remedy, remedyLabel } = troubleOf({ reason, facts: {} }, names);
    for (const text of [heading, means, ...(remedyLabel === null ? [] : [remedyLabel])]) {
      expect(text).toMatch(/^[A-Z$“].{3,}/u);
      expect(text).not.toMatch(/^(error|remedy)_|\$\d/);
    }
    expect(remedyLabel === null).toBe(remedy === 'none');
  });
  it('names the account and the person where it matters', () => {
    expect(troubleOf({ reason: 'login-refused', facts: {} }, names).heading).toBe(
      'The password for Sales line was refused.',
    );
    expect(troubleOf({ reason: 'hold-failed', facts: {} }, names).line).toBe('Dana can still hear you.');
  });
});

describe('the trouble that Home shows', () => {
  const stopped = line({ session: { phase: 'stopped', because: { reason: 'login-refused', facts: {} } } });
  const denied = snapshot([], { microphone: { state: 'denied', by: 'person' } });
  const failure = { error: { reason: 'bad-number', facts: {} }, call: null } as const;

  it('is the failed command before the line, and the line before the microphone', () => {
    expect(homeTrouble(denied, stopped, failure)).toMatchObject({ error: { reason: 'bad-number' }, passing: true });
    expect(homeTrouble(denied, stopped, null)).toMatchObject({ error: { reason: 'login-refused' } });
    expect(homeTrouble(denied, line(), null)).toMatchObject({ error: { reason: 'microphone-denied' } });
  });
  it('asks to set up where there is no account, and is silent where all is well', () => {
    expect(homeTrouble(snapshot([]), null, null)).toEqual({ kind: 'set-up' });
    expect(homeTrouble(snapshot([]), line(), null)).toBeNull();
  });
  it('is a token that ends, and then a sound file that does not play', () => {
    const broken = { kind: 'ringback-broken', facts: {}, at: 0 } as const;
    const ending = { kind: 'token-expiring', facts: { expiresAt: 7 }, at: 0 } as const;
    expect(homeTrouble(snapshot([]), line({ notices: [broken] }), null)).toEqual({ kind: 'tone', which: 'ringback' });
    expect(homeTrouble(snapshot([]), line({ notices: [broken, ending] }), null)).toEqual({ kind: 'token', at: 7 });
  });
  it('leaves a line that is still trying to its status, unless the network is away', () => {
    const waits = { phase: 'waiting', attempt: 1, of: 10, lostAt: 0, retryAt: 0 } as const;
    const trying = line({ session: { ...waits, because: { reason: 'disconnected', facts: {} } } });
    const offline = line({ session: { ...waits, because: { reason: 'offline', facts: {} } } });
    expect(homeTrouble(snapshot([]), trying, null)).toBeNull();
    expect(homeTrouble(snapshot([]), offline, null)).toMatchObject({ error: { reason: 'offline' }, tone: 'hold' });
  });
});
