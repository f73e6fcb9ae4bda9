import './words-here';
import { describe, expect, it } from 'vitest';
import { heldMore, pillOf, ropeOf, strandsOf, toneOf, waiting } from '../../../components/popup/call-look';
import { ago, call, line, NOW } from '../../../scripts/screens/data';

const whole = { kind: 'whole' } as const;
const strands = (...args: Parameters<typeof call>) => strandsOf(call(...args), line(), NOW);

describe('the two strands of a call', () => {
  it('are whole while both flow', () => {
    expect(strands()).toEqual(whole);
  });
  it('show nothing of a drop shorter than 1.5 s', () => {
    expect(strands({ signalling: 'lost', signallingLostAt: ago(0, 1) })).toEqual(whole);
    expect(strands({ signalling: 'lost', signallingLostAt: ago(0, 2) })).toEqual({
      kind: 'server-lost',
      since: ago(0, 2),
    });
  });
  it('fail apart, and together', () => {
    const sound = { sound: 'stalled', soundLostAt: ago(0, 4) } as const;
    const server = { signalling: 'lost', signallingLostAt: ago(0, 9) } as const;
    expect(strands(sound)).toEqual({ kind: 'sound-lost', since: ago(0, 4) });
    expect(strands({ ...sound, ...server })).toEqual({ kind: 'both-lost', since: ago(0, 9) });
  });
  it('say nothing of silence on a call that is on hold', () => {
    const held = { phase: 'active', since: ago(5), held: true } as const;
    expect(strands({ state: held, sound: 'stalled', soundLostAt: ago(1) })).toEqual(whole);
  });
  it('wait for the person where recovery is theirs, and where another phone took the account', () => {
    const recovering = { phase: 'recovering', since: ago(5), held: false, until: null } as const;
    expect(strands({ state: { ...recovering, waitsForPerson: true }, soundLostAt: ago(0, 9) }).kind).toBe('waits');
    const taken = line({ session: { phase: 'stopped', because: { reason: 'taken-over', facts: {} } } });
    expect(strandsOf(call({ signalling: 'lost', signallingLostAt: ago(1) }), taken, NOW).kind).toBe('waits');
  });
});

describe('the stage', () => {
  it('is kelp exactly while sound flows', () => {
    expect(toneOf(call(), whole)).toBe('kelp');
    expect(toneOf(call({ signalling: 'lost', signallingLostAt: ago(1) }), { kind: 'server-lost', since: ago(1) })).toBe(
      'kelp',
    );
    expect(toneOf(call({ sound: 'stalled', soundLostAt: ago(1) }), { kind: 'sound-lost', since: ago(1) })).toBe(
      'quiet',
    );
    expect(toneOf(call({ state: { phase: 'active', since: ago(1), held: true } }), whole)).toBe('quiet');
    expect(toneOf(call({ state: { phase: 'connecting' }, sound: 'none' }), whole)).toBe('quiet');
  });
  it('is kelp while ringing only for early media', () => {
    const ringing = { phase: 'ringing', since: ago(0, 3), earlyMedia: true } as const;
    expect(toneOf(call({ state: ringing, sound: 'flowing' }), whole)).toBe('kelp');
    expect(toneOf(call({ state: { ...ringing, earlyMedia: false }, sound: 'none' }), whole)).toBe('quiet');
  });
});

describe('the rope', () => {
  it('goes flat on your half while you are muted or have no voice', () => {
    expect(ropeOf(call({ muted: true }), whole, NOW)).toEqual({ kind: 'live', muted: true });
    expect(ropeOf(call({ voice: false }), whole, NOW)).toEqual({ kind: 'live', muted: true });
  });
  it('shows how much of the holding time is left, and nothing where it is not known', () => {
    const state = {
      phase: 'recovering',
      since: ago(9),
      held: false,
      until: NOW + 45_000,
      waitsForPerson: false,
    } as const;
    const lost = { kind: 'both-lost', since: ago(0, 15) } as const;
    expect(ropeOf(call({ state }), lost, NOW)).toEqual({ kind: 'both-lost', left: 0.75 });
    expect(ropeOf(call({ state: { ...state, until: null } }), lost, NOW)).toEqual({ kind: 'both-lost', left: null });
    expect(heldMore(call({ state: { ...state, until: ago(1) } }), NOW)).toBe(0);
  });
});

describe('the slot', () => {
  it('puts hold before reconnected, and reconnected before muted', () => {
    const held = { phase: 'active', since: ago(5), held: true } as const;
    expect(pillOf(call({ state: held, heldSince: ago(0, 38), muted: true }), NOW)).toEqual({
      kind: 'held',
      ms: 38_000,
    });
    expect(pillOf(call({ recoveredAt: ago(0, 1), muted: true }), NOW)).toEqual({ kind: 'reconnected' });
    expect(pillOf(call({ recoveredAt: ago(0, 5), muted: true }), NOW)).toEqual({ kind: 'muted' });
    expect(pillOf(call(), NOW)).toBeNull();
  });
  it('says after 30 s of ringing that they may not be there', () => {
    const ringing = { phase: 'ringing', since: ago(0, 29), earlyMedia: false } as const;
    expect(pillOf(call({ state: ringing }), NOW)).toBeNull();
    expect(pillOf(call({ state: { ...ringing, since: ago(0, 32) } }), NOW)).toEqual({ kind: 'long-ring', ms: 32_000 });
  });
});

describe('controls that wait', () => {
  const waits = (...args: Parameters<typeof call>) => {
    const one = call(...args);
    return Object.keys(waiting(one, line(), strandsOf(one, line(), NOW), 1)).sort();
  };
  it('are none on a call that is whole', () => {
    expect(waits()).toEqual([]);
  });
  it('leave mute and audio before the answer, and the keypad for early media', () => {
    expect(waits({ state: { phase: 'dialling' } })).toEqual(['add', 'hold', 'keypad', 'transfer']);
    expect(waits({ state: { phase: 'ringing', since: NOW, earlyMedia: true } })).toEqual(['add', 'hold', 'transfer']);
  });
  it('leave the keypad while only the server is away, and not while both are', () => {
    const server = { signalling: 'lost', signallingLostAt: ago(1) } as const;
    expect(waits(server)).toEqual(['add', 'hold', 'transfer']);
    expect(waits({ ...server, sound: 'stalled', soundLostAt: ago(1) })).toEqual(['add', 'hold', 'keypad', 'transfer']);
  });
  it('say that an account cannot transfer, and that two calls are enough', () => {
    const cannot = line({ can: { transfer: false, conference: false, type: false } });
    expect(waiting(call(), cannot, whole, 2)).toEqual({ transfer: 'no-transfer', add: 'two-calls' });
  });
});
