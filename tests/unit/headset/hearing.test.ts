/** What counts as a press of a person, by the habits of real headsets. */

import { expect, it } from 'vitest';
import { hear, NOTHING_HEARD, type Press, type Told } from '../../../lib/headset/hearing';
import type { HidCollection } from '../../../lib/headset/hid';
import { DARK } from '../../../lib/headset/lamps';
import { layoutOf } from '../../../lib/headset/layout';
import { BLACKWIRE, CHROMEOS, GIGASET, JABRA_LIKE } from '../../fakes/headset';

const IDLE: Told = { lamps: DARK, muteToldAt: 0 };
const TALKING: Told = { lamps: { ...DARK, offHook: true }, muteToldAt: 0 };
const MUTED: Told = { lamps: { ...DARK, offHook: true, mute: true }, muteToldAt: 0 };

/** One report after another, each of `[told, milliseconds, id, ...bytes]`: what was heard of each. */
function heardOf(
  collections: readonly HidCollection[],
  ...said: readonly (readonly [Told, number, number, ...number[]])[]
): readonly (readonly Press[])[] {
  const layout = layoutOf(collections);
  let memory = NOTHING_HEARD;
  return said.map(([told, at, reportId, ...bytes]) => {
    const data = new DataView(Uint8Array.from(bytes).buffer);
    const heard = hear(layout, memory, told, { reportId, data, at: 10_000 + at });
    memory = heard.memory;
    return heard.presses;
  });
}

it('hears the hook lifted and replaced, and no press in the confirmation of what was told', () => {
  // Answered with the button: Jabra's says so until it is confirmed, and again with what it is told.
  expect(heardOf(JABRA_LIKE, [IDLE, 0, 2, 1, 0], [TALKING, 40, 2, 1, 0], [TALKING, 9000, 2, 0, 0])).toEqual([
    ['lifted'],
    [],
    ['replaced'],
  ]);
  // Answered in the popup and hung up there: both are confirmed.
  expect(heardOf(JABRA_LIKE, [TALKING, 0, 2, 1, 0], [IDLE, 9000, 2, 0, 0])).toEqual([[], []]);
});

it('does not hang up when a hook that is a mere button is let go', () => {
  expect(heardOf(GIGASET, [IDLE, 0, 2, 1, 0], [TALKING, 120, 2, 0, 0])).toEqual([['lifted'], []]);
  // The next press is the other one, once it is let go.
  expect(
    heardOf(GIGASET, [IDLE, 0, 2, 1, 0], [TALKING, 120, 2, 0, 0], [TALKING, 9000, 2, 1, 0], [TALKING, 9080, 2, 0, 0]),
  ).toEqual([['lifted'], [], [], ['replaced']]);
});

it('takes a headset that goes back because nobody answered for no press', () => {
  expect(heardOf(JABRA_LIKE, [IDLE, 0, 2, 1, 0], [IDLE, 2000, 2, 0, 0])).toEqual([['lifted'], []]);
});

it('does not answer with the hook of another program’s call', () => {
  // Off hook for somebody else, and its mute is pressed while ours rings.
  expect(heardOf(JABRA_LIKE, [IDLE, 0, 2, 0b101, 0], [IDLE, 50, 2, 0b001, 0])).toEqual([['mute'], []]);
});

it('hears a relative mute once for 1 and 0, and each time anew', () => {
  expect(
    heardOf(
      BLACKWIRE,
      [TALKING, 0, 8, 0b011],
      [TALKING, 20, 8, 0b010],
      [MUTED, 2000, 8, 0b011],
      [MUTED, 2020, 8, 0b010],
    ),
  ).toEqual([['mute'], [], ['mute'], []]);
});

it('leaves out the mute with which a headset confirms its lamp', () => {
  const justMuted: Told = { ...MUTED, muteToldAt: 10_000 };
  expect(heardOf(BLACKWIRE, [justMuted, 60, 8, 0b011], [justMuted, 900, 8, 0b011])).toEqual([[], ['mute']]);
});

it('hears a mute of two places as where it is, and not against the phone’s own', () => {
  expect(heardOf(CHROMEOS, [TALKING, 0, 1, 0b11], [MUTED, 50, 1, 0b11], [MUTED, 5000, 1, 0b01])).toEqual([
    ['muted'],
    [],
    ['unmuted'],
  ]);
  // Muted in the popup: the headset follows its lamp.
  expect(heardOf(CHROMEOS, [MUTED, 0, 1, 0b11])).toEqual([[]]);
});

it('hears flash and reject when they are pressed, not when they are let go', () => {
  expect(heardOf(JABRA_LIKE, [TALKING, 0, 2, 0b1001, 0], [TALKING, 90, 2, 0b0001, 0])).toEqual([['flash'], []]);
  expect(heardOf(JABRA_LIKE, [IDLE, 0, 2, 0b1000000, 0], [IDLE, 90, 2, 0, 0])).toEqual([['reject'], []]);
  // Absolute on this one.
  expect(heardOf(BLACKWIRE, [TALKING, 0, 8, 0b110], [TALKING, 5, 8, 0b110], [TALKING, 90, 8, 0b010])).toEqual([
    ['flash'],
    [],
    [],
  ]);
});

it('leaves alone what is not its own: other reports, keys of the keypad, a report that is too short', () => {
  expect(heardOf(JABRA_LIKE, [IDLE, 0, 1, 1, 0], [IDLE, 0, 2, 0b10, 0b11], [IDLE, 0, 2])).toEqual([[], [], []]);
});
