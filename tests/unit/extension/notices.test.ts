/** Notifications as a difference between what is shown and what the phone says (ui-spec 13). */

import { describe, expect, it } from 'vitest';
import { difference, type NoticeFacts, type Shown } from '../../../entrypoints/background/notices';
import type { CallId, LineId } from '../../../lib/phone/model/ids';
import { lostDevice } from '../../../lib/extension/lost-device';
import type { CallView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';
import { active, call, ended, held, line, NOW, recovering, ringing, snapshot } from './snapshots';

const facts: NoticeFacts = { now: NOW, inFront: false, enabled: true, quiet: false, hideNames: false };
const incoming = call(ringing, { direction: 'in' });
const missed = call(ended('missed'), { direction: 'in', startedAt: NOW - 24_000 });
const withCalls = (...calls: CallView[]): PhoneSnapshot => snapshot({ calls });

/** What happens, as `show incoming` or `clear`. */
function steps(shown: Shown, phone: PhoneSnapshot, more: Partial<NoticeFacts> = {}): string[] {
  const { actions } = difference(shown, phone, { ...facts, ...more });
  return actions.map((action) => (action.do === 'show' ? `show ${action.kind} ${action.id}` : `clear ${action.id}`));
}

describe('an incoming call', () => {
  it('is shown once, with Answer and Decline, and stays', () => {
    const first = difference({}, withCalls(incoming), facts);
    expect(first.actions).toMatchObject([
      {
        do: 'show',
        id: 'call-1',
        notice: {
          title: { key: 'notify_incoming', with: ['Dana'] },
          message: { key: 'notify_number_to_line', with: ['+442079460018', 'Sales line'] },
          stays: true,
          buttons: [{ command: 'answer' }, { command: 'decline' }],
        },
      },
    ]);
    expect(difference(first.shown, withCalls(incoming), facts).actions).toEqual([]);
  });

  it.each([
    ['answered here', call(active, { direction: 'in' })],
    ['declined', call(ended('declined-here'), { direction: 'in' })],
    ['answered elsewhere', call(ended('answered-elsewhere'), { direction: 'in' })],
    ['being connected', call({ phase: 'connecting' }, { direction: 'in' })],
  ])('is cleared when it is %s', (_name, later) => {
    expect(steps({ 'call-1': 'incoming' }, withCalls(later))).toEqual(['clear call-1']);
  });

  it('is cleared when the call is gone from the phone, as after a crash of the engine', () => {
    expect(steps({ 'call-1': 'incoming' }, withCalls())).toEqual(['clear call-1']);
  });

  it('on a call says so, and its button holds', () => {
    const second = difference({}, withCalls(call(active, { id: 'a' as CallId }), incoming), facts).actions;
    expect(second).toMatchObject([
      {
        kind: 'incoming-second',
        notice: { message: { key: 'notify_on_call' }, buttons: [{ words: { key: 'notify_hold_and_answer' } }, {}] },
      },
    ]);
  });

  it('is not shown while the phone is in front, and is when it is put away', () => {
    const seen = difference({}, withCalls(incoming), { ...facts, inFront: true });
    expect(seen.actions).toEqual([]);
    expect(seen.lookAgainAt).toBe(NOW + 1000);
    expect(steps(seen.shown, withCalls(incoming))).toEqual(['show incoming call-1']);
  });

  it('goes when the popup comes to the front', () => {
    expect(steps({ 'call-1': 'incoming' }, withCalls(incoming), { inFront: true })).toEqual(['clear call-1']);
  });

  it('says no name and no number where they are hidden', () => {
    const { actions } = difference({}, withCalls(incoming), { ...facts, hideNames: true });
    expect(JSON.stringify(actions)).not.toMatch(/Dana|\+44/);
    expect(actions).toMatchObject([{ notice: { title: { key: 'notify_incoming_hidden' } } }]);
  });

  it('is silent where notifications are off', () => {
    expect(steps({}, withCalls(incoming), { enabled: false })).toEqual([]);
    expect(steps({ 'call-1': 'incoming' }, withCalls(incoming), { enabled: false })).toEqual(['clear call-1']);
  });
});

describe('a missed call', () => {
  it('says nothing under do not disturb', () => {
    expect(steps({}, withCalls(missed), { quiet: true })).toEqual([]);
  });
  it('is known for what it is when the phone has forgotten the call, so that its button still calls back', () => {
    const { shown } = difference({ 'call-1': 'incoming' }, withCalls(missed), facts);
    const later = difference(shown, withCalls(), facts);
    expect(later).toMatchObject({ actions: [], shown: { 'call-1': 'missed' } });
    expect(difference({ other: 'back', ...later.shown }, withCalls(), facts).shown).toEqual({ 'call-1': 'missed' });
  });

  it('takes the place of the ring, says how long it rang, and is left to the person', () => {
    const { actions, shown } = difference({ 'call-1': 'incoming' }, withCalls(missed), facts);
    expect(actions).toMatchObject([
      {
        kind: 'missed',
        notice: { message: { with: [{ time: NOW - 24_000 }], count: 24 }, buttons: [{ command: 'call-back' }] },
      },
    ]);
    expect(difference(shown, withCalls(), facts).actions).toEqual([]);
  });

  it('is told even with the popup open', () => {
    expect(steps({}, withCalls(missed), { inFront: true })).toEqual(['show missed call-1']);
  });

  it('is not what a declined or an outgoing call is', () => {
    expect(steps({}, withCalls(call(ended('declined-here'), { direction: 'in' })))).toEqual([]);
    expect(steps({}, withCalls(call(ended('no-answer'))))).toEqual([]);
  });
});

describe('a call in trouble', () => {
  const lineLost = call(active, { signalling: 'lost', signallingLostAt: NOW });
  const soundLost = call(active, { sound: 'stalled', soundLostAt: NOW });

  it('tells of a lost line after five seconds, and asks to look again then', () => {
    expect(difference({}, withCalls(lineLost), facts)).toMatchObject({ actions: [], lookAgainAt: NOW + 5000 });
    expect(steps({}, withCalls(lineLost), { now: NOW + 5000 })).toEqual(['show line-lost call-1']);
  });

  it('tells of lost sound after three, in the place of the other', () => {
    expect(difference({}, withCalls(soundLost), facts)).toMatchObject({ actions: [], lookAgainAt: NOW + 3000 });
    expect(steps({ 'call-1': 'line-lost' }, withCalls(soundLost), { now: NOW + 3000 })).toEqual([
      'show sound-lost call-1',
    ]);
    expect(steps({}, withCalls(call(recovering, { soundLostAt: NOW })), { now: NOW + 3000 })).toHaveLength(1);
  });

  it('says that it is back only to those who were told that it was gone, and once', () => {
    expect(steps({}, withCalls(call(active)))).toEqual([]);
    const { actions, shown } = difference({ 'call-1': 'sound-lost' }, withCalls(call(active)), facts);
    expect(actions).toMatchObject([{ kind: 'back' }]);
    expect(steps(shown, withCalls(call(active)))).toEqual([]);
    expect(steps(shown, withCalls(lineLost), { now: NOW + 6000 })).toEqual(['show line-lost call-1']);
  });

  it('that is over has nothing more to say of being back', () => {
    expect(steps({ 'call-1': 'back' }, withCalls(call(ended('hung-up-there'))))).toEqual(['clear call-1']);
  });

  it('names nobody where names are hidden', () => {
    const later = { ...facts, now: NOW + 6000, hideNames: true };
    for (const lost of [lineLost, soundLost, call(ended('lost'), { answeredAt: NOW })]) {
      const { actions } = difference({}, withCalls(lost), later);
      expect(actions).toHaveLength(1);
      expect(JSON.stringify(actions)).not.toContain('Dana');
    }
  });

  it('that was taken up again says that the person is muted, until they are not', () => {
    const rejoined = call(active, {
      rejoined: true,
      muted: true,
      recoveredAt: NOW,
      who: { name: 'Dana Whitfield', number: '+442079460018' },
    });
    const { actions, shown } = difference({}, withCalls(rejoined), facts);
    expect(actions).toMatchObject([
      {
        kind: 'rejoined',
        notice: {
          title: { key: 'notify_rejoined', with: ['Dana'] },
          message: { key: 'notify_rejoined_text' },
          buttons: [{ command: 'unmute' }, { command: 'end' }],
        },
      },
    ]);
    const later = { now: NOW + 60_000 };
    expect(steps(shown, withCalls({ ...rejoined, recoveredAt: null }), later)).toEqual([]);
    const speaks = difference(shown, withCalls({ ...rejoined, muted: false }), { ...facts, ...later });
    expect(speaks.actions).toEqual([{ do: 'clear', id: 'call-1' }]);
    // Muted by themselves, a minute later.
    expect(steps(speaks.shown, withCalls({ ...rejoined, recoveredAt: null }), later)).toEqual([]);
    expect(steps({}, withCalls(rejoined), { inFront: true })).toEqual([]);
  });

  it('that could not be held stays to be called back', () => {
    const lost = call(ended('lost'), { answeredAt: NOW - 60_000 });
    const { actions } = difference({ 'call-1': 'sound-lost' }, withCalls(lost), facts);
    const button = { command: 'call-back', words: { key: 'ended_call_back', with: ['Dana'] } };
    expect(actions).toMatchObject([{ kind: 'lost', notice: { stays: true, buttons: [button] } }]);
  });
});

describe('a device that was unplugged', () => {
  const lostAt = (at: number, now: string | null): CallView =>
    call(active, { notices: [{ kind: 'device-lost', facts: { lost: 'Headset', now }, at }] });

  it('is told once with what took its place, and is no news after a while', () => {
    const { actions, shown } = difference({}, withCalls(lostAt(NOW, 'Built-in')), facts);
    expect(actions).toMatchObject([
      {
        notice: {
          title: { key: 'notify_device_lost', with: ['Headset'] },
          message: { key: 'notify_device_lost_text', with: ['Built-in'] },
          buttons: [{ command: 'choose-device' }],
        },
      },
    ]);
    expect(steps(shown, withCalls(lostAt(NOW, 'Built-in')))).toEqual([]);
    expect(steps({}, withCalls(lostAt(NOW - 16_000, 'Built-in')))).toEqual([]);
  });

  it('names a speaker, and where the other side is heard now', () => {
    const speaker = { kind: 'speaker-lost', facts: { lost: 'Headset', now: null }, at: NOW } as const;
    const { actions } = difference({}, withCalls(call(active, { notices: [speaker] })), facts);
    expect(actions).toMatchObject([
      {
        notice: {
          title: { key: 'notify_device_lost', with: ['Headset'] },
          message: { key: 'notify_speaker_lost_text' },
        },
      },
    ]);
  });

  it('is told once where it was both microphone and speaker', () => {
    const both = call(active, {
      notices: [
        { kind: 'device-lost', facts: { lost: 'Headset', now: 'Built-in' }, at: NOW },
        { kind: 'speaker-lost', facts: { lost: 'Headset', now: null }, at: NOW + 200 },
      ],
    });
    expect(difference({}, withCalls(both), facts).actions).toMatchObject([
      { notice: { message: { key: 'notify_device_lost_text', with: ['Built-in'] } } },
    ]);
    const later = { kind: 'speaker-lost', facts: { lost: 'Desk speaker', now: null }, at: NOW + 9_000 } as const;
    expect(lostDevice([...both.notices.slice(0, 1), later])).toBe(later);
  });

  it('says so where nothing took its place', () => {
    const { actions } = difference({}, withCalls(lostAt(NOW, null)), facts);
    expect(actions).toMatchObject([{ notice: { message: { key: 'notify_device_lost_none' } } }]);
  });
});

describe('what is written in a call', () => {
  const line = (id: string, who: 'other' | 'person' = 'other'): CallView['transcript'][number] => ({
    ...{ id, who, text: `words of ${id}`, final: true, typed: true, at: NOW },
  });
  const saying = (...transcript: CallView['transcript']): PhoneSnapshot => withCalls(call(active, { transcript }));

  it('is told once, with its words, and again with the next', () => {
    const { actions, shown } = difference({}, saying(line('a')), facts);
    expect(actions).toMatchObject([
      {
        id: 'written call-1',
        notice: { title: { key: 'notify_message', with: ['Dana'] }, message: { text: 'words of a' }, buttons: [] },
      },
    ]);
    expect(steps(shown, saying(line('a')))).toEqual([]);
    expect(steps(shown, saying(line('a'), line('mine', 'person')))).toEqual([]);
    expect(steps(shown, saying(line('a'), line('b')))).toEqual(['show written-b written call-1']);
    expect(steps({}, saying(line('mine', 'person')))).toEqual([]);
  });

  it('names the one of several who wrote, and nobody where names are hidden', () => {
    const jo = saying({ ...line('a'), name: 'Jo' });
    expect(difference({}, jo, facts).actions).toMatchObject([{ notice: { title: { with: ['Jo'] } } }]);
    const hidden = difference({}, jo, { ...facts, hideNames: true }).actions;
    expect(hidden).toMatchObject([{ notice: { title: { key: 'notify_message_hidden' }, message: { text: '' } } }]);
  });

  it.each(['inFront', 'quiet'] as const)('is not told under %s, nor when that is over', (why) => {
    const seen = difference({}, saying(line('a')), { ...facts, [why]: true });
    expect(seen.actions).toEqual([]);
    expect(steps(seen.shown, saying(line('a')))).toEqual([]);
    expect(steps(seen.shown, saying(line('a'), line('b')))).toEqual(['show written-b written call-1']);
  });

  it('is taken back once the phone is in front, and not before, though the call be over', () => {
    const { shown } = difference({}, saying(line('a')), facts);
    const seen = difference(shown, saying(line('a')), { ...facts, inFront: true });
    expect(seen.actions).toEqual([{ do: 'clear', id: 'written call-1' }]);
    expect(steps(seen.shown, saying(line('a')), { inFront: true })).toEqual([]);
    const later = difference(shown, withCalls(), facts);
    expect(later.actions).toEqual([]);
    expect(steps(later.shown, withCalls(), { inFront: true })).toEqual(['clear written call-1']);
  });
});

describe('reminders', () => {
  it.each([
    [4, []],
    [5, ['show held-5 call-1']],
    [12, ['show held-10 call-1']],
    [25, ['show held-20 call-1']],
  ])('of a call held for %i minutes', (minutes, expected) => {
    const waiting = call(held, { heldSince: NOW - minutes * 60_000 });
    expect(steps({}, withCalls(waiting))).toEqual(expected);
    const kind = expected[0]?.split(' ')[1];
    if (kind !== undefined) expect(steps({ 'call-1': kind }, withCalls(waiting))).toEqual([]);
  });

  it('end when the call is taken up again', () => {
    expect(steps({ 'call-1': 'held-5' }, withCalls(call(active)))).toEqual(['clear call-1']);
  });
});

describe('lines', () => {
  const refused = line({ phase: 'stopped', because: { reason: 'login-refused', facts: {} } });

  it('that were signed out say why, until they are signed in again', () => {
    const { actions, shown } = difference({}, snapshot({ lines: [refused] }), facts);
    expect(actions).toMatchObject([
      { id: 'line-1', notice: { message: { key: 'notify_refused' }, buttons: [{ command: 'sign-in' }], stays: true } },
    ]);
    expect(steps(shown, snapshot())).toEqual(['clear line-1']);
  });

  it('that the person signed out are no news', () => {
    const signedOut = line({ phase: 'stopped', because: { reason: 'signed-out', facts: {} } });
    expect(steps({}, snapshot({ lines: [signedOut] }))).toEqual([]);
  });

  it('whose token runs out are told before', () => {
    const expiring = line(undefined, {
      id: 'l' as LineId,
      notices: [{ kind: 'token-expiring', facts: { expiresAt: NOW + 120_000 }, at: NOW }],
    });
    expect(difference({}, snapshot({ lines: [expiring] }), facts).actions).toMatchObject([
      { kind: 'token', id: 'l', notice: { message: { with: ['Sales line', { time: NOW + 120_000 }] } } },
    ]);
  });
});
