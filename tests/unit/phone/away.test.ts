/** What becomes of a call while its line is away: the pure decisions, over every phase. */

import { describe, expect, it } from 'vitest';
import { onLoss, onReturn, onStop, type AwayFacts } from '../../../lib/phone/away';

const TALKING: AwayFacts = {
  phase: 'active',
  direction: 'out',
  soundLives: true,
  invited: true,
  remoteDescribed: true,
  answeringHere: false,
  needsOffer: false,
  offered: false,
  waitsForPerson: false,
  keepsUnanswered: true,
};
const DIALLING: AwayFacts = { ...TALKING, phase: 'dialling', remoteDescribed: false, soundLives: false };
const RINGS_OUT: AwayFacts = { ...DIALLING, phase: 'ringing' };
const RINGS_IN: AwayFacts = { ...RINGS_OUT, direction: 'in' };
const RECOVERING: AwayFacts = { ...TALKING, phase: 'recovering', soundLives: false };

describe('when the line goes', () => {
  it('misses only what rings here, unanswered, at a server that keeps no such call', () => {
    expect(onLoss({ ...RINGS_IN, keepsUnanswered: false })).toBe('missed');
    expect(onLoss({ ...RINGS_IN, keepsUnanswered: false, answeringHere: true })).toBe('goes-on');
    for (const facts of [TALKING, DIALLING, RINGS_OUT, RECOVERING]) {
      expect(onLoss({ ...facts, keepsUnanswered: false })).toBe('goes-on');
    }
    expect(onLoss(RINGS_IN)).toBe('goes-on');
  });
});

describe('when the line is back', () => {
  it.each([
    ['talks', TALKING, 'goes-on'],
    ['rings out', RINGS_OUT, 'goes-on'],
    ['rings in', RINGS_IN, 'goes-on'],
    ['rang in in an earlier life', { ...RINGS_IN, needsOffer: true }, 'expect-attach'],
    ['comes back', RECOVERING, 'expect-attach'],
    ['waits for the person', { ...RECOVERING, waitsForPerson: true }, 'goes-on'],
    ['is dialled', DIALLING, 'expect-news'],
    ['is not dialled yet', { ...DIALLING, invited: false }, 'goes-on'],
  ] as const)('and the server lists a call that %s', (_which, facts, fate) => {
    expect(onReturn(facts, true)).toBe(fate);
  });

  it.each([
    ['talks', TALKING, 'lost'],
    ['is being connected', { ...TALKING, phase: 'connecting' }, 'lost'],
    ['rings out', RINGS_OUT, 'lost'],
    ['rings out where none are kept', { ...RINGS_OUT, keepsUnanswered: false }, 'invite-again'],
    ['is heard already', { ...RINGS_OUT, keepsUnanswered: false, remoteDescribed: true }, 'lost'],
    ['rings in', RINGS_IN, 'missed'],
    ['rang in in an earlier life', { ...RINGS_IN, needsOffer: true }, 'missed'],
    ['comes back', RECOVERING, 'lost'],
    ['waits for the person', { ...RECOVERING, waitsForPerson: true }, 'lost'],
    ['is dialled', DIALLING, 'invite-again'],
    ['is not dialled yet', { ...DIALLING, invited: false }, 'goes-on'],
  ] as const)('and the server has no more a call that %s', (_which, facts, fate) => {
    expect(onReturn(facts, false)).toBe(fate);
  });

  it('believes the offer more than the list: the leg that was listed may be another by now', () => {
    for (const facts of [TALKING, DIALLING, RINGS_OUT, RINGS_IN, RECOVERING]) {
      for (const listed of [true, false, null]) expect(onReturn({ ...facts, offered: true }, listed)).toBe('goes-on');
    }
  });

  it('ends nothing where the server told no list', () => {
    for (const facts of [TALKING, DIALLING, RINGS_OUT, RINGS_IN, RECOVERING]) {
      expect(['goes-on', 'expect-attach', 'invite-again']).toContain(onReturn(facts, null));
    }
    expect(onReturn(DIALLING, null)).toBe('invite-again');
  });
});

describe('when the line stays away', () => {
  it('lets a call that talks live as long as its sound does, and ends every other by its name', () => {
    expect(onStop(TALKING)).toBe('goes-on');
    expect(onStop({ ...TALKING, soundLives: false })).toBe('lost');
    for (const facts of [DIALLING, RINGS_OUT, RECOVERING]) expect(onStop(facts)).toBe('lost');
    expect(onStop(RINGS_IN)).toBe('missed');
  });
});
