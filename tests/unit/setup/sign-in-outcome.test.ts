import { describe, expect, it } from 'vitest';
import { accessAfter } from '../../../components/settings/microphone-access';
import { outcomeOf } from '../../../components/settings/sign-in-outcome';
import type { LineId } from '../../../lib/phone/model/ids';
import type { SessionState } from '../../../lib/phone/model/session-state';
import type { LineView } from '../../../lib/phone/model/snapshot';

const line = (session: SessionState): LineView => ({
  id: 'line-1' as LineId,
  name: 'Sales',
  kind: 'telnyx',
  session,
  answeredAt: null,
  roundTripMs: 212,
  server: { host: 'rtc.example', region: 'eu', dc: null },
  callerIds: [],
  can: { transfer: true, conference: false, type: false },
  notices: [],
});
const refused = { reason: 'login-refused', facts: {} } as const;
const unreachable = { reason: 'unreachable', facts: {} } as const;

describe('waiting for a sign-in', () => {
  it('goes on while the engine works at it, or does not know the line yet', () => {
    expect(outcomeOf(undefined).state).toBe('asking');
    expect(outcomeOf(line({ phase: 'off' })).state).toBe('asking');
    expect(outcomeOf(line({ phase: 'connecting', attempt: 1, of: 10, lostAt: null })).state).toBe('asking');
    expect(outcomeOf(line({ phase: 'signing-in', attempt: 1, of: 10, lostAt: null })).state).toBe('asking');
  });
  it('ends well with how fast and through where', () => {
    expect(outcomeOf(line({ phase: 'ready', since: 1 }))).toEqual({
      state: 'signed-in',
      roundTripMs: 212,
      region: 'eu',
    });
  });
  it('ends with the reason of a refusal', () => {
    expect(outcomeOf(line({ phase: 'stopped', because: refused }))).toEqual({ state: 'refused', error: refused });
  });
  it('does not take a server that is away for a refusal', () => {
    const session = { phase: 'waiting', attempt: 1, of: 10, lostAt: 0, retryAt: 1, because: unreachable } as const;
    expect(outcomeOf(line(session))).toEqual({ state: 'unreachable', error: unreachable });
  });
});

describe('a microphone that was not given', () => {
  it('tells a closed question from a remembered no, and both from the system’s no', () => {
    expect(accessAfter('NotAllowedError', 'prompt')).toEqual({ state: 'prompt', dismissed: true });
    expect(accessAfter('NotAllowedError', 'denied')).toEqual({ state: 'denied' });
    expect(accessAfter('NotAllowedError', 'granted')).toEqual({ state: 'system' });
    expect(accessAfter('NotAllowedError', 'unknown')).toEqual({ state: 'denied' });
  });
  it('tells a missing device from one that is in use', () => {
    expect(accessAfter('NotFoundError', 'granted')).toEqual({ state: 'missing' });
    expect(accessAfter('NotReadableError', 'granted')).toEqual({ state: 'busy' });
  });
});
