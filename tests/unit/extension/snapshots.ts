/** Snapshots for tests: a quiet phone with one ready line, and what the test adds to it. */

import type { CallState, EndCause } from '../../../lib/phone/model/call-state';
import type { CallId, LineId } from '../../../lib/phone/model/ids';
import type { SessionState } from '../../../lib/phone/model/session-state';
import type { CallView, LineView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';

/** The moment at which the tests play. */
export const NOW = Date.UTC(2030, 5, 1, 12);
const LINE = 'line-1' as LineId;

export function snapshot(parts: Partial<PhoneSnapshot> = {}): PhoneSnapshot {
  return {
    revision: 1,
    engine: NOW,
    lines: [line()],
    calls: [],
    microphone: { state: 'granted', label: null },
    devices: { microphones: [], speakers: [], microphone: null, speaker: null, ringer: null },
    ...parts,
  };
}

export function line(session: SessionState = { phase: 'ready', since: NOW }, parts: Partial<LineView> = {}): LineView {
  return {
    id: LINE,
    name: 'Sales line',
    kind: 'telnyx',
    session,
    answeredAt: NOW,
    roundTripMs: 40,
    server: null,
    callerIds: [],
    can: { transfer: true, conference: false, type: false },
    notices: [],
    ...parts,
  };
}

/** An outgoing call to Dana that began a quarter of an hour before {@link NOW}. */
export function call(state: CallState, parts: Partial<CallView> = {}): CallView {
  return {
    id: 'call-1' as CallId,
    line: LINE,
    direction: 'out',
    who: { name: 'Dana', number: '+442079460018' },
    ours: { name: null, number: '+13125550142' },
    state,
    sound: state.phase === 'active' ? 'flowing' : 'none',
    signalling: 'up',
    signallingLostAt: null,
    soundLostAt: null,
    recoveredAt: null,
    startedAt: NOW - 15 * 60_000,
    answeredAt: null,
    heldSince: null,
    muted: false,
    voice: true,
    digitsSent: '',
    digitsQueued: '',
    quality: null,
    legs: { id: 'leg-1' as CallView['legs']['id'], recoveredFrom: null },
    telnyxIds: { callControlId: null, sessionId: null, legId: null },
    headers: [],
    trouble: null,
    notices: [],
    transcript: [],
    conference: null,
    ...parts,
  };
}

export const ringing: CallState = { phase: 'ringing', since: NOW, earlyMedia: false };
export const active: CallState = { phase: 'active', since: NOW - 12 * 60_000, held: false };
export const held: CallState = { phase: 'active', since: NOW - 12 * 60_000, held: true };
export const recovering: CallState = {
  phase: 'recovering',
  since: NOW,
  held: false,
  until: null,
  waitsForPerson: false,
};

export function ended(kind: EndCause['kind'], at = NOW): CallState {
  return { phase: 'ended', at, cause: { kind, code: null, name: null, sipCode: null, sipReason: null, error: null } };
}
