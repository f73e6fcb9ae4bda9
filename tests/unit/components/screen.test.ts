import './words-here';
import { describe, expect, it } from 'vitest';
import { endedCards, mainCall, screenFor, type Place } from '../../../components/popup/screen';
import { ago, assistantLine, call, DESK, ended, PEOPLE, snapshot } from '../../../scripts/screens/data';

const here: Place = { tab: 'keypad', away: false, passing: null };
const held = call({
  who: PEOPLE.marcus,
  state: { phase: 'active', since: ago(9), held: true },
  heldSince: ago(1),
  startedAt: ago(10),
});
const live = call({ startedAt: ago(5) });
const ringing = call({
  direction: 'in',
  state: { phase: 'ringing', since: ago(0, 3), earlyMedia: false },
  answeredAt: null,
  startedAt: ago(0, 3),
});

describe('which screen', () => {
  it('is home before any snapshot and without calls', () => {
    expect(screenFor(null, here)).toEqual({ kind: 'home' });
    expect(screenFor(snapshot([]), here)).toEqual({ kind: 'home' });
  });
  it('shows a call that rings here before everything else, with the call one is in', () => {
    expect(screenFor(snapshot([live, ringing]), { ...here, away: true })).toEqual({
      kind: 'incoming',
      call: ringing,
      other: live,
    });
    expect(screenFor(snapshot([ringing]), here)).toEqual({ kind: 'incoming', call: ringing, other: null });
  });
  it('shows the one call, and home with its bar while the person looks elsewhere', () => {
    expect(screenFor(snapshot([live]), here)).toEqual({ kind: 'call', call: live });
    expect(screenFor(snapshot([live]), { ...here, away: true })).toEqual({ kind: 'home' });
  });
  it('shows a call of an assistant as a conversation', () => {
    const talk = call({ line: DESK });
    expect(screenFor(snapshot([talk], { lines: [assistantLine()] }), here)).toEqual({ kind: 'assistant', call: talk });
  });
  it('puts the held call above the live one, whichever began first', () => {
    expect(screenFor(snapshot([held, live]), here)).toEqual({ kind: 'two', call: live, held: [held] });
    expect(screenFor(snapshot([live, held]), here)).toEqual({ kind: 'two', call: live, held: [held] });
  });
  it('shows people in one conference together', () => {
    const both = [call({ conference: 'c' }), call({ conference: 'c' })];
    expect(screenFor(snapshot(both), here)).toMatchObject({ kind: 'merged', calls: both });
  });
  it('shows the question before a transfer only while both calls live', () => {
    const passing = { call: held.id, to: live.id };
    expect(screenFor(snapshot([held, live]), { ...here, passing })).toEqual({ kind: 'passing', call: held, to: live });
    expect(screenFor(snapshot([live]), { ...here, passing })).toEqual({ kind: 'call', call: live });
  });
  it('shows how a call ended, unless nobody here took part in it', () => {
    const over = ended('hung-up-there');
    expect(screenFor(snapshot([over]), here)).toEqual({ kind: 'ended', call: over });
    for (const kind of ['missed', 'declined-here', 'answered-elsewhere', 'cancelled'] as const) {
      expect(screenFor(snapshot([ended(kind)]), here)).toEqual({ kind: 'home' });
    }
  });
  it('prefers a living call to the card of one that ended', () => {
    expect(screenFor(snapshot([ended('busy'), live]), here)).toEqual({ kind: 'call', call: live });
  });
});

describe('a tab', () => {
  it('puts away the cards that show, and lets a missed call wait', () => {
    const [busy, missed] = [ended('busy'), ended('missed')];
    expect(endedCards(snapshot([busy, missed, live]))).toEqual([busy]);
    expect(endedCards(null)).toEqual([]);
  });
});

describe('the call that one is in', () => {
  it('is one that is not held, the youngest first, and never one that only rings', () => {
    expect(mainCall(snapshot([live, held, ringing]))?.id).toBe(live.id);
    expect(mainCall(snapshot([held]))?.id).toBe(held.id);
    expect(mainCall(snapshot([ringing]))).toBeNull();
  });
});
