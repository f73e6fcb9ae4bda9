import './words-here';
import { describe, expect, it } from 'vitest';
import { announcements, type Naming } from '../../../components/popup/announce';
import { fullName, shortName } from '../../../components/popup/words';
import type { CallView } from '../../../lib/phone/model/snapshot';
import { ago, call, ended, line, NOW, PEOPLE, snapshot } from '../../../scripts/screens/data';

const names: Naming = {
  full: (who) => fullName(who, (number) => number),
  inSentence: (who) => shortName(who) ?? 'them',
  company: (who) => (who === PEOPLE.marcus ? 'Tideway Logistics' : null),
};
const lost = {
  phase: 'waiting',
  attempt: 1,
  of: 10,
  lostAt: NOW,
  retryAt: NOW,
  because: { reason: 'disconnected', facts: {} },
} as const;

function said(before: CallView | null, after: CallView): readonly string[] {
  const first = snapshot(before === null ? [] : [before]);
  const second = snapshot([after], { lines: [line(after.signalling === 'lost' ? { session: lost } : {})] });
  return announcements(first, second, names, NOW).map(({ text, urgent }) => `${urgent ? '!' : ''}${text}`);
}

describe('what a screen reader says', () => {
  const base = call();
  const as = (more: Partial<CallView>): CallView => ({ ...base, ...more });
  const dialling = as({ state: { phase: 'dialling' }, answeredAt: null, sound: 'none' });
  const ringing = as({ state: { phase: 'ringing', since: NOW, earlyMedia: false }, answeredAt: null, sound: 'none' });

  it('follows a call out: calling, ringing, connected, ended', () => {
    expect(said(null, dialling)).toEqual(['!Calling Dana Whitfield']);
    expect(said(dialling, ringing)).toEqual(['Ringing']);
    expect(said(ringing, base)).toEqual(['!Connected to Dana']);
    const over = { ...ended('hung-up-there', { quality: null }), id: base.id };
    expect(said(base, over)).toEqual(['!Call ended, 12 min 48 s']);
  });
  it('names the caller and the company of a call that comes in, once', () => {
    const incoming = as({
      direction: 'in',
      who: PEOPLE.marcus,
      state: { phase: 'ringing', since: NOW, earlyMedia: false },
    });
    expect(said(null, incoming)).toEqual(['!Incoming call from Marcus Oyelaran, Tideway Logistics.']);
    expect(said(incoming, { ...incoming })).toEqual([]);
  });
  it('tells hold and mute politely', () => {
    const held = as({ state: { phase: 'active', since: ago(1), held: true } });
    expect(said(base, held)).toEqual(['Dana is on hold.']);
    expect(said(held, base)).toEqual(['Now talking to Dana.']);
    expect(said({ ...held, conference: 'c' }, as({ conference: 'c' }))).toEqual(['Dana joined the conversation.']);
    expect(said(base, as({ muted: true }))).toEqual(['You are muted.']);
    expect(said(as({ muted: true }), base)).toEqual(['You can be heard.']);
  });
  it('tells at once that a call is held through a drop, and politely that it is back', () => {
    const dropped = as({ signalling: 'lost', signallingLostAt: ago(0, 3) });
    expect(said(base, dropped)).toEqual([
      '!Holding your call… reconnecting. Keep talking. Sound is still flowing; only the line to the server dropped.',
    ]);
    expect(said(dropped, base)).toEqual(['Reconnected. The call held.']);
  });
  it('says nothing about a further attempt of the same drop', () => {
    const dropped = as({ signalling: 'lost', signallingLostAt: ago(0, 3) });
    expect(said(dropped, { ...dropped, signallingLostAt: ago(0, 3) })).toEqual([]);
  });
  it('does not repeat to a newcomer what the screen shows, except a call that rings', () => {
    expect(announcements(null, snapshot([base]), names, NOW)).toEqual([]);
    const incoming = as({ direction: 'in', state: { phase: 'ringing', since: NOW, earlyMedia: false } });
    expect(announcements(null, snapshot([incoming]), names, NOW)).toHaveLength(1);
  });
});
