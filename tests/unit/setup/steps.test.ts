import { describe, expect, it } from 'vitest';
import { knotsTied, next, visitOf, type StepEvent, type Visit } from '../../../components/welcome/steps';

const play = (visit: Visit, ...events: StepEvent['type'][]): Visit['step'] =>
  events.reduce((at, type) => next(at, { type }) ?? at, visit).step;

describe('the first run', () => {
  it('leads from the promise over microphone, account and test to the end', () => {
    const start = visitOf('');
    expect(start.step).toBe('hello');
    expect(play(start, 'begin')).toBe('microphone');
    expect(play(start, 'begin', 'microphone-granted')).toBe('account');
    expect(play(start, 'begin', 'microphone-granted', 'signed-in')).toBe('test');
    expect(play(start, 'begin', 'microphone-granted', 'signed-in', 'test-finished')).toBe('ready');
  });

  it('goes on without a microphone or an account where the person wants so', () => {
    expect(play(visitOf(''), 'begin', 'microphone-skipped', 'account-skipped')).toBe('ready');
  });

  it('opens at the microphone for a call that waits, and gives way to that call', () => {
    const visit = visitOf('#microphone');
    expect(visit).toEqual({ step: 'microphone', callWaits: true });
    expect(play(visit, 'microphone-granted')).toBe('calling');
    expect(next(visit, { type: 'back' })).toBeNull();
  });

  it('steps back one by one, but never out of the end', () => {
    expect(play({ step: 'test', callWaits: false }, 'back')).toBe('account');
    expect(play({ step: 'test', callWaits: false }, 'back', 'back', 'back')).toBe('hello');
    expect(next({ step: 'ready', callWaits: false }, { type: 'back' })).toBeNull();
  });

  it('ignores what belongs to another step', () => {
    expect(next(visitOf(''), { type: 'signed-in' })).toBeNull();
    expect(next({ step: 'account', callWaits: false }, { type: 'microphone-granted' })).toBeNull();
  });

  it('ties one knot of the rope for each step that is done', () => {
    expect((['hello', 'microphone', 'account', 'test', 'ready'] as const).map(knotsTied)).toEqual([0, 1, 2, 3, 4]);
  });
});
