import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { next as nextCall, type CallEvent, type CallState } from '../../../lib/phone/model/call-state';
import { causeHere } from '../../../lib/phone/model/end-cause';
import { next as nextSession, type SessionEvent, type SessionState } from '../../../lib/phone/model/session-state';

const cause = causeHere('hung-up-here');
const because = { reason: 'disconnected', facts: {} } as const;

const CALL_STATES = {
  dialling: { phase: 'dialling' },
  ringing: { phase: 'ringing', since: 1, earlyMedia: false },
  early: { phase: 'ringing', since: 1, earlyMedia: true },
  connecting: { phase: 'connecting' },
  active: { phase: 'active', since: 1, held: false },
  held: { phase: 'active', since: 1, held: true },
  recovering: { phase: 'recovering', since: 1, held: false, until: null, waitsForPerson: false },
  'recovering held': { phase: 'recovering', since: 1, held: true, until: null, waitsForPerson: false },
  waiting: { phase: 'recovering', since: 1, held: false, until: null, waitsForPerson: true },
  ended: { phase: 'ended', cause, at: 1 },
} as const satisfies Record<string, CallState>;
type CallName = keyof typeof CALL_STATES;

const CALL_EVENTS = {
  ringing: { type: 'ringing', at: 1, earlyMedia: false },
  'early media': { type: 'ringing', at: 1, earlyMedia: true },
  answered: { type: 'answered' },
  talking: { type: 'talking', at: 1 },
  hold: { type: 'held', held: true },
  unhold: { type: 'held', held: false },
  lost: { type: 'lost', at: 1, until: null, waitsForPerson: false },
  'lost, person': { type: 'lost', at: 1, until: null, waitsForPerson: true },
  recovered: { type: 'recovered' },
  ended: { type: 'ended', cause, at: 1 },
} as const satisfies Record<string, CallEvent>;

/** Every pair; `-` is "not from here". */
const CALL_TABLE: Record<keyof typeof CALL_EVENTS, Record<CallName, CallName | '-'>> = {
  // prettier-ignore
  'ringing':      { dialling: 'ringing',    ringing: '-',          early: '-',          connecting: '-',          active: '-',          held: '-',               recovering: '-',       'recovering held': '-',    waiting: '-',          ended: '-' },
  // prettier-ignore
  'early media':  { dialling: 'early',      ringing: 'early',      early: '-',          connecting: '-',          active: '-',          held: '-',               recovering: '-',       'recovering held': '-',    waiting: '-',          ended: '-' },
  // prettier-ignore
  'answered':     { dialling: 'connecting', ringing: 'connecting', early: 'connecting', connecting: '-',          active: '-',          held: '-',               recovering: '-',       'recovering held': '-',    waiting: '-',          ended: '-' },
  // prettier-ignore
  'talking':      { dialling: '-',          ringing: '-',          early: '-',          connecting: 'active',     active: '-',          held: '-',               recovering: '-',       'recovering held': '-',    waiting: '-',          ended: '-' },
  // prettier-ignore
  'hold':         { dialling: '-',          ringing: '-',          early: '-',          connecting: '-',          active: 'held',       held: '-',               recovering: '-',       'recovering held': '-',    waiting: '-',          ended: '-' },
  // prettier-ignore
  'unhold':       { dialling: '-',          ringing: '-',          early: '-',          connecting: '-',          active: '-',          held: 'active',          recovering: '-',       'recovering held': '-',    waiting: '-',          ended: '-' },
  // prettier-ignore
  'lost':         { dialling: '-',          ringing: '-',          early: '-',          connecting: 'recovering', active: 'recovering', held: 'recovering held', recovering: '-',       'recovering held': '-',    waiting: 'recovering', ended: '-' },
  // prettier-ignore
  'lost, person': { dialling: '-',          ringing: '-',          early: '-',          connecting: 'waiting',    active: 'waiting',    held: '-',               recovering: 'waiting', 'recovering held': '-',    waiting: '-',          ended: '-' },
  // prettier-ignore
  'recovered':    { dialling: '-',          ringing: '-',          early: '-',          connecting: '-',          active: '-',          held: '-',               recovering: 'active',  'recovering held': 'held', waiting: 'active',     ended: '-' },
  // prettier-ignore
  'ended':        { dialling: 'ended',      ringing: 'ended',      early: 'ended',      connecting: 'ended',      active: 'ended',      held: 'ended',           recovering: 'ended',   'recovering held': 'ended', waiting: 'ended',     ended: '-' },
};
/** Held and waiting for the person has no name of its own in the table. */
const UNNAMED = new Set(['lost, person/held', 'lost, person/recovering held']);

describe('a call', () => {
  const pairs = (Object.keys(CALL_TABLE) as (keyof typeof CALL_EVENTS)[]).flatMap((event) =>
    (Object.keys(CALL_STATES) as CallName[]).map((state) => [event, state, CALL_TABLE[event][state]] as const),
  );
  it.each(pairs.filter(([event, state]) => !UNNAMED.has(`${event}/${state}`)))(
    '%s in %s: %s',
    (event, state, expected) => {
      expect(nextCall(CALL_STATES[state], CALL_EVENTS[event])).toEqual(expected === '-' ? null : CALL_STATES[expected]);
    },
  );

  it('stays held while it waits for the person', () => {
    expect(nextCall(CALL_STATES.held, CALL_EVENTS['lost, person'])).toMatchObject({
      phase: 'recovering',
      held: true,
      waitsForPerson: true,
    });
  });

  it('never moves back, never leaves its end, and keeps when the talk began', () => {
    const rank = { dialling: 0, ringing: 1, connecting: 2, active: 3, recovering: 3, ended: 4 };
    const anyEvent = fc.constantFrom(...Object.values<CallEvent>(CALL_EVENTS));
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values<CallState>(CALL_STATES)),
        fc.array(anyEvent, { maxLength: 40 }),
        (first, events) => {
          let state = first;
          for (const event of events) {
            const after = nextCall(state, event);
            if (after === null) continue;
            expect(state.phase).not.toBe('ended');
            expect(rank[after.phase]).toBeGreaterThanOrEqual(rank[state.phase]);
            if ('held' in state && 'held' in after) expect(after.since).toBe(state.since);
            state = after;
          }
          expect(nextCall(state, CALL_EVENTS.ended)?.phase ?? 'ended').toBe('ended');
        },
      ),
    );
  });
});

const SESSION_STATES = {
  off: { phase: 'off' },
  connecting: { phase: 'connecting', attempt: 1, of: 10, lostAt: null },
  signingIn: { phase: 'signing-in', attempt: 1, of: 10, lostAt: null },
  ready: { phase: 'ready', since: 5 },
  waiting: { phase: 'waiting', attempt: 1, of: 10, lostAt: 7, retryAt: 8, because },
  stopped: { phase: 'stopped', because },
} as const satisfies Record<string, SessionState>;
type SessionName = keyof typeof SESSION_STATES;

const SESSION_EVENTS = {
  connecting: { type: 'connecting', attempt: 1, of: 10 },
  opened: { type: 'opened' },
  registered: { type: 'registered', at: 5 },
  lost: { type: 'lost', at: 7, attempt: 1, of: 10, retryAt: 8, because },
  stopped: { type: 'stopped', because },
  closed: { type: 'closed' },
} as const satisfies Record<string, SessionEvent>;

const SESSION_TABLE: Record<keyof typeof SESSION_EVENTS, Record<SessionName, SessionState['phase'] | '-'>> = {
  // prettier-ignore
  connecting: { off: 'connecting', connecting: '-',          signingIn: '-',       ready: '-',       waiting: 'connecting', stopped: 'connecting' },
  // prettier-ignore
  opened:     { off: '-',          connecting: 'signing-in', signingIn: '-',       ready: '-',       waiting: '-',          stopped: '-' },
  // prettier-ignore
  registered: { off: '-',          connecting: '-',          signingIn: 'ready',   ready: '-',       waiting: '-',          stopped: '-' },
  // prettier-ignore
  lost:       { off: '-',          connecting: 'waiting',    signingIn: 'waiting', ready: 'waiting', waiting: '-',          stopped: '-' },
  // prettier-ignore
  stopped:    { off: '-',          connecting: 'stopped',    signingIn: 'stopped', ready: 'stopped', waiting: 'stopped',    stopped: '-' },
  // prettier-ignore
  closed:     { off: '-',          connecting: 'off',        signingIn: 'off',     ready: 'off',     waiting: 'off',        stopped: 'off' },
};

describe('a session', () => {
  const pairs = (Object.keys(SESSION_TABLE) as (keyof typeof SESSION_EVENTS)[]).flatMap((event) =>
    (Object.keys(SESSION_STATES) as SessionName[]).map((state) => [event, state, SESSION_TABLE[event][state]] as const),
  );
  it.each(pairs)('%s in %s: %s', (event, state, expected) => {
    expect(nextSession(SESSION_STATES[state], SESSION_EVENTS[event])?.phase ?? '-').toBe(expected);
  });

  it('carries since when it was away from one attempt to the next, and forgets it once ready', () => {
    let state: SessionState = SESSION_STATES.ready;
    for (const event of ['lost', 'connecting', 'opened', 'lost', 'connecting'] as const) {
      const after = nextSession(state, {
        ...SESSION_EVENTS[event],
        ...(event === 'lost' ? { at: state.phase === 'ready' ? 70 : 90 } : {}),
      });
      if (!after) throw new Error(`${event} was refused in ${state.phase}`);
      state = after;
    }
    expect(state).toMatchObject({ phase: 'connecting', lostAt: 70 });
  });

  it('is always able to be ready again, to stop and to end, whatever happened to it', () => {
    const anyEvent = fc.constantFrom(...Object.values<SessionEvent>(SESSION_EVENTS));
    const after = (state: SessionState, event: SessionEvent): SessionState => nextSession(state, event) ?? state;
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values<SessionState>(SESSION_STATES)),
        fc.array(anyEvent, { maxLength: 40 }),
        (first, events) => {
          const state = events.reduce(after, first);
          if (state.phase === 'waiting') expect(state.retryAt).toBeGreaterThanOrEqual(state.lostAt);
          // From wherever it is, one loss and one good attempt make it ready; nothing but that does.
          const { lost, connecting, opened, registered } = SESSION_EVENTS;
          expect([lost, connecting, opened, registered].reduce(after, state).phase).toBe('ready');
          if (state.phase !== 'signing-in') expect(after(state, registered)).toEqual(state);
          expect(after(state, SESSION_EVENTS.closed)).toEqual({ phase: 'off' });
          if (state.phase !== 'off') expect(after(state, SESSION_EVENTS.stopped).phase).toBe('stopped');
        },
      ),
    );
  });
});
