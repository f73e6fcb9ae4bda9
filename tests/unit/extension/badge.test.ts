/** The toolbar button, state by state as in ui-spec 12, and which state goes before which. */

import '../components/words-here';
import { describe, expect, it } from 'vitest';
import { buttonFor, type ButtonFacts } from '../../../entrypoints/background/badge';
import { say } from '../../../entrypoints/background/say';
import type { CallId } from '../../../lib/phone/model/ids';
import type { SessionState } from '../../../lib/phone/model/session-state';
import type { CallView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';
import { active, call, ended, held, line, NOW, recovering, ringing, snapshot } from './snapshots';

const facts: ButtonFacts = { now: NOW, missed: 0, doNotDisturbUntil: 0, badge: 'missed' };
const talk = (parts: Partial<CallView> = {}): CallView => call(active, { answeredAt: NOW - 12 * 60_000, ...parts });
const incoming = call(ringing, { id: 'in' as CallId, direction: 'in', who: { name: 'Marcus', number: null } });
const other = (state: CallView['state'], parts: Partial<CallView> = {}): CallView =>
  call(state, { id: 'other' as CallId, who: { name: 'Marcus', number: null }, ...parts });
const withCalls = (...calls: CallView[]): PhoneSnapshot => snapshot({ calls });
const withSession = (session: SessionState): PhoneSnapshot => snapshot({ lines: [line(session)] });
const because = { reason: 'login-refused', facts: {} } as const;

describe('buttonFor', () => {
  it('counts no minutes before the first is over', () => {
    const phone = withCalls(talk({ answeredAt: NOW - 59_000 }));
    expect(buttonFor(phone, facts).title).toEqual({ key: 'badge_on_call_now', with: ['Dana'] });
  });

  const table: [
    name: string,
    phone: PhoneSnapshot | null,
    facts: Partial<ButtonFacts>,
    icon: string,
    badge: string,
    title: unknown[],
  ][] = [
    ['no engine yet', null, {}, 'off', '!', ['badge_off']],
    ['no line', snapshot({ lines: [] }), {}, 'off', '!', ['badge_off']],
    ['ready', snapshot(), {}, 'ready', '', ['badge_ready', 'Sales line']],
    [
      'connecting',
      withSession({ phase: 'connecting', attempt: 1, of: 0, lostAt: null }),
      {},
      'connecting',
      '',
      ['badge_connecting'],
    ],
    [
      'waiting',
      withSession({ phase: 'waiting', attempt: 2, of: 0, lostAt: 1, retryAt: 2, because }),
      {},
      'connecting',
      '',
      ['badge_connecting'],
    ],
    ['refused', withSession({ phase: 'stopped', because }), {}, 'off', '!', ['badge_off']],
    ['dialling', withCalls(call({ phase: 'dialling' })), {}, 'calling', '', ['badge_calling', 'Dana']],
    ['ringing out', withCalls(call(ringing)), {}, 'calling', '', ['badge_calling', 'Dana']],
    [
      'a caller without a name',
      withCalls(call(ringing, { who: { name: null, number: '204' } })),
      {},
      'calling',
      '',
      ['badge_calling', '204'],
    ],
    ['incoming', withCalls(incoming), {}, 'incoming', 'ring', ['badge_incoming', 'Marcus']],
    ['on a call', withCalls(talk()), {}, 'on-call', '', ['badge_on_call', 'Dana', { minutes: 12 }]],
    [
      'on a call, minutes wanted',
      withCalls(talk()),
      { badge: 'minutes' },
      'on-call',
      '12',
      ['badge_on_call', 'Dana', { minutes: 12 }],
    ],
    ['muted', withCalls(talk({ muted: true })), {}, 'muted', '', ['badge_muted', 'Dana']],
    [
      'held',
      withCalls(call(held, { heldSince: NOW - 61_000 })),
      {},
      'held',
      '',
      ['badge_held', 'Dana', { minutes: 1 }],
    ],
    ['two calls', withCalls(talk(), other(held)), {}, 'on-call', '2', ['badge_two_calls', 'Dana', 'Marcus']],
    ['line lost', withCalls(talk({ signalling: 'lost' })), {}, 'live-dots', '…', ['badge_line_lost']],
    ['sound stalled', withCalls(talk({ sound: 'stalled' })), {}, 'sound-lost', '!', ['badge_sound_lost']],
    ['recovering', withCalls(call(recovering)), {}, 'sound-lost', '!', ['badge_sound_lost']],
    ['one missed', snapshot(), { missed: 1 }, 'ready', '1', ['badge_missed']],
    ['missed', snapshot(), { missed: 3 }, 'ready', '3', ['badge_missed']],
    ['missed, no badge wanted', snapshot(), { missed: 3, badge: 'none' }, 'ready', '', ['badge_missed']],
    ['do not disturb', snapshot(), { doNotDisturbUntil: NOW + 1 }, 'dnd', '', ['badge_dnd_until', { time: NOW + 1 }]],
    ['do not disturb, no end', snapshot(), { doNotDisturbUntil: -1 }, 'dnd', '', ['badge_dnd']],
    ['do not disturb is over', snapshot(), { doNotDisturbUntil: NOW }, 'ready', '', ['badge_ready', 'Sales line']],
    ['a call that ended', withCalls(call(ended('hung-up-there'))), {}, 'ready', '', ['badge_ready', 'Sales line']],
  ];
  it.each(table)('%s', (_name, phone, more, icon, badge, [key, ...filled]) => {
    expect(buttonFor(phone, { ...facts, ...more })).toMatchObject({ icon, badge, title: { key, with: filled } });
  });

  const order: [first: string, calls: CallView[]][] = [
    ['badge_incoming', [incoming, talk({ sound: 'stalled' })]],
    ['badge_sound_lost', [other(recovering), talk({ signalling: 'lost' })]],
    ['badge_line_lost', [talk({ signalling: 'lost', muted: true })]],
    ['badge_muted', [talk({ muted: true }), other(held)]],
    ['badge_held', [call(held), other({ phase: 'dialling' })]],
    ['badge_on_call', [talk(), other({ phase: 'dialling' })]],
  ];
  it.each(order)('puts %s before what comes with it', (first, calls) => {
    const phone = snapshot({ calls, lines: [] });
    expect(buttonFor(phone, { ...facts, missed: 2, doNotDisturbUntil: -1 }).title.key).toBe(first);
  });

  it('does not take a held call without sound for a lost one', () => {
    expect(buttonFor(withCalls(call(held, { sound: 'stalled' })), facts).icon).toBe('held');
  });

  it('counts what was missed in the plural form of the language', () => {
    const { title } = buttonFor(snapshot(), { ...facts, missed: 3 });
    expect(title).toEqual({ key: 'badge_missed', with: [], count: 3 });
    expect(say(title)).toBe('Holdfast: 3 missed calls');
    expect(say({ ...title, count: 1 })).toBe('Holdfast: 1 missed call');
  });

  it('blinks for a ring and for nothing else', () => {
    expect(buttonFor(withCalls(incoming), facts).blink).toBe('live-dots');
    for (const phone of [null, snapshot(), withCalls(talk())]) expect(buttonFor(phone, facts).blink).toBeNull();
  });
});
