import './words-here';
import { describe, expect, it } from 'vitest';
import { rowWords } from '../../../components/popup/recents/row-words';
import {
  dayHeading,
  dayInSentence,
  daysBetween,
  duration,
  fullName,
  outcomeOf,
  roughDuration,
  shortName,
  spokenDuration,
  timer,
} from '../../../components/popup/words';
import type { HistoryEntry } from '../../../lib/extension/history-entry';
import type { CallId, LineId } from '../../../lib/phone/model/ids';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NOW = new Date(2026, 2, 12, 10, 55).getTime();
const DAY = 24 * 60 * MINUTE;

describe('a running time', () => {
  it.each([
    [0, '0:00'],
    [-5000, '0:00'],
    [9_999, '0:09'],
    [12 * MINUTE + 48 * SECOND, '12:48'],
    [61 * MINUTE + 5 * SECOND, '1:01:05'],
  ])('shows %d ms as %s', (ms, shown) => {
    expect(timer(ms)).toBe(shown);
  });
});

describe('a duration', () => {
  it('names minutes and seconds, and leaves out what is nothing', () => {
    expect(duration(12 * MINUTE + 48 * SECOND)).toBe('12 min 48 s');
    expect(duration(3 * MINUTE)).toBe('3 min');
    expect(duration(45 * SECOND)).toBe('45 s');
    expect(duration(63 * MINUTE)).toBe('1 h 3 min');
  });
  it('is rounded down in a row', () => {
    expect(roughDuration(12 * MINUTE + 48 * SECOND)).toBe('12 min');
    expect(roughDuration(24 * SECOND)).toBe('24 s');
  });
  it('is said in full words', () => {
    expect(spokenDuration(12 * MINUTE + 48 * SECOND)).toBe('12 minutes 48 seconds');
    expect(spokenDuration(60 * MINUTE + SECOND)).toBe('1 hour 1 second');
    expect(spokenDuration(0)).toBe('0 seconds');
  });
});

describe('a day', () => {
  it('is counted by the calendar and not by hours', () => {
    const late = new Date(2026, 2, 11, 23, 59).getTime();
    expect(daysBetween(late, new Date(2026, 2, 12, 0, 1).getTime())).toBe(1);
  });
  it('is today, yesterday, a weekday, then a date', () => {
    expect(dayHeading(NOW - MINUTE, NOW)).toBe('Today');
    expect(dayHeading(NOW - DAY, NOW)).toBe('Yesterday');
    expect(dayHeading(NOW - 2 * DAY, NOW)).toBe('Tuesday');
    expect(dayHeading(NOW - 9 * DAY, NOW)).toBe('March 3');
    expect(dayHeading(NOW - 400 * DAY, NOW)).toBe('February 5, 2025');
  });
  it('is written small within a sentence', () => {
    expect(dayInSentence(NOW - MINUTE, NOW)).toBe('today');
    expect(dayInSentence(NOW - DAY, NOW)).toBe('yesterday');
    expect(dayInSentence(NOW - 2 * DAY, NOW)).toBe('Tuesday');
  });
});

describe('a name', () => {
  const show = (number: string): string => `<${number}>`;
  it('is the first name in a button, and nothing for a bare number', () => {
    expect(shortName({ name: '  Dana Whitfield ', number: '1' })).toBe('Dana');
    expect(shortName({ name: null, number: '1' })).toBeNull();
    expect(shortName({ name: ' ', number: '1' })).toBeNull();
  });
  it('falls back to the number, then to Unknown', () => {
    expect(fullName({ name: 'Dana', number: '1' }, show)).toBe('Dana');
    expect(fullName({ name: '', number: '1' }, show)).toBe('<1>');
    expect(fullName({ name: null, number: null }, show)).toBe('Unknown');
  });
});

describe('the end of a call', () => {
  const cause = { code: null, name: null, sipCode: null, sipReason: null, error: null } as const;
  const facts = { rangMs: 45_000, lineName: 'Sales line' };
  it.each([
    ['no-answer', 'No answer', 'Rang for 45 seconds'],
    ['busy', 'Line busy', 'They are on another call.'],
    ['declined-there', 'Declined', 'They sent the call away.'],
    ['no-such-number', 'Cannot be reached', 'The number is switched off or does not exist.'],
    ['unavailable', 'Cannot be reached', 'The number is switched off or does not exist.'],
    ['not-allowed', 'This call was not allowed', 'Sales line may not call this number. The call did not start.'],
  ] as const)('%s is told as "%s"', (kind, heading, line) => {
    expect(outcomeOf({ ...cause, kind }, facts)).toMatchObject({ heading, line });
  });
  it('counts one second as one', () => {
    expect(outcomeOf({ ...cause, kind: 'no-answer' }, { ...facts, rangMs: 900 }).line).toBe('Rang for 1 second');
  });
});

describe('a row of Recents', () => {
  const talked: HistoryEntry = {
    id: 'call' as CallId,
    line: 'line' as LineId,
    lineName: 'Work',
    direction: 'in',
    name: 'Dana',
    number: '+12065550119',
    ours: null,
    startedAt: NOW,
    answeredAt: NOW,
    endedAt: NOW + 5 * MINUTE,
    outcome: 'hung-up-here',
    drops: 0,
    quality: null,
    from: null,
    transcript: [],
    note: '',
  };
  it('says how long it was, and that it was passed on', () => {
    expect(rowWords(talked).line).toBe('5 min');
    expect(rowWords({ ...talked, number: '204' }, { extension: true }).line).toBe('Ext. 204, 5 min');
    expect(rowWords({ ...talked, outcome: 'transferred' })).toMatchObject({
      line: '5 min, passed on',
      spoken: 'incoming, 5 minutes, passed on',
    });
    expect(rowWords({ ...talked, lineName: 'Office' }, { tellsLine: true })).toMatchObject({
      line: '5 min, Office',
      spoken: 'incoming, 5 minutes, Office',
    });
  });
});
