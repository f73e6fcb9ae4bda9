/** What a press on a headset means for the calls there are, and what its lamps show. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lampsFor, orderFor } from '../../../lib/extension/headset-rules';
import type { Press } from '../../../lib/headset/hearing';
import type { CallId } from '../../../lib/phone/model/ids';
import type { CallView } from '../../../lib/phone/model/snapshot';
import { active, call, ended, held, recovering, ringing } from './snapshots';

const STATES = {
  rings: ringing,
  talks: active,
  held,
  mends: recovering,
  dials: { phase: 'dialling' },
  over: ended('hung-up-here'),
} as const;
type Told = keyof typeof STATES;
const one = (id: string, state: Told, more: Partial<CallView> = {}): CallView =>
  call(STATES[state], { id: id as CallId, direction: 'in', ...more });

describe('the lamps', () => {
  it('are nobody’s while there is no call', () => {
    expect(lampsFor([])).toBeNull();
    expect(lampsFor([one('a', 'over')])).toBeNull();
  });

  it('ring, are off hook, held and muted as the calls are', () => {
    expect(lampsFor([one('a', 'rings')])).toEqual({ offHook: false, ring: true, mute: false, hold: false });
    expect(lampsFor([one('a', 'rings', { silenced: true })])).toMatchObject({ ring: false });
    expect(lampsFor([one('a', 'dials', { direction: 'out' })])).toMatchObject({ offHook: true, ring: false });
    expect(lampsFor([one('a', 'mends', { muted: true })])).toMatchObject({ offHook: true, mute: true });
    expect(lampsFor([one('a', 'talks'), one('b', 'rings')])).toMatchObject({ offHook: true, ring: true });
    expect(lampsFor([one('a', 'held')])).toMatchObject({ offHook: true, hold: true });
    expect(lampsFor([one('a', 'held', { muted: true }), one('b', 'talks')])).toEqual({
      offHook: true,
      ring: false,
      mute: false,
      hold: false,
    });
  });
});

describe('a press', () => {
  it('ends the call that is spoken in, before one that is held', () => {
    const calls = [one('a', 'held'), one('b', 'talks')];
    expect(orderFor('replaced', calls)).toEqual({ command: 'hangUp', calls: ['b'] });
    expect(orderFor('drop', calls)).toEqual({ command: 'hangUp', calls: ['b'] });
    expect(orderFor('replaced', [one('a', 'held')])).toEqual({ command: 'hangUp', calls: ['a'] });
    expect(orderFor('replaced', [one('a', 'rings', { direction: 'out' })])).toMatchObject({ command: 'hangUp' });
  });

  it('takes a second call rather than lose the first', () => {
    const calls = [one('a', 'talks'), one('b', 'rings')];
    expect(orderFor('replaced', calls)).toEqual({ command: 'answer', call: 'b' });
    expect(orderFor('flash', calls)).toEqual({ command: 'answer', call: 'b' });
    expect(orderFor('reject', calls)).toEqual({ command: 'decline', call: 'b' });
  });

  it('holds, resumes and swaps at "flash"', () => {
    expect(orderFor('flash', [one('a', 'talks')])).toEqual({ command: 'hold', calls: ['a'], held: true });
    expect(orderFor('flash', [one('a', 'held')])).toEqual({ command: 'hold', calls: ['a'], held: false });
    expect(orderFor('flash', [one('a', 'talks'), one('b', 'held')])).toEqual({
      command: 'hold',
      calls: ['b'],
      held: false,
    });
  });

  it('mutes and unmutes the call in front', () => {
    expect(orderFor('mute', [one('a', 'talks', { muted: true })])).toMatchObject({ command: 'mute', muted: false });
    expect(orderFor('muted', [one('a', 'talks')])).toMatchObject({ calls: ['a'], muted: true });
    expect(orderFor('mute', [one('a', 'rings')])).toBeNull();
  });

  it('never dials, and never touches a call that is over', () => {
    const press = fc.constantFrom<Press>('lifted', 'replaced', 'mute', 'muted', 'unmuted', 'flash', 'drop', 'reject');
    const calls = fc
      .array(fc.constantFrom<Told>('rings', 'talks', 'held', 'mends', 'dials', 'over'), { maxLength: 4 })
      .map((states) => states.map((state, place) => one(`call-${place}`, state)));
    fc.assert(
      fc.property(press, calls, (pressed, all) => {
        const order = orderFor(pressed, all);
        const alive = all.filter(({ state }) => state.phase !== 'ended').map(({ id }) => id);
        if (alive.length === 0) expect(order).toBeNull();
        if (order === null) return;
        for (const id of 'call' in order ? [order.call] : order.calls) expect(alive).toContain(id);
        if (pressed === 'lifted') expect(order.command).toBe('answer');
      }),
    );
  });
});
