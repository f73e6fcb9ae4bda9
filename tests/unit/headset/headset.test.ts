/** One headset told and heard: in order, the newest state last, and never in use when nothing is to be shown. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Headset } from '../../../lib/headset/headset';
import { DARK, type Lamps } from '../../../lib/headset/lamps';
import { BLACKWIRE, FakeHeadset, JABRA_LIKE } from '../../fakes/headset';

const lit = (lamps: Partial<Lamps>): Lamps => ({ ...DARK, ...lamps });
const quiet = { error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn() };

function used(device: FakeHeadset): { headset: Headset; pressed: string[]; states: string[] } {
  const pressed: string[] = [];
  const states: string[] = [];
  const headset: Headset = new Headset({
    device,
    log: quiet,
    now: () => 1_800_000_000_000,
    onPress: (press) => pressed.push(press),
    onState: () => states.push(headset.state),
  });
  return { headset, pressed, states };
}
/** Every promise that waits for no time is settled. */
const settled = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('sends one report after another, and of many states the last', async () => {
  const device = new FakeHeadset(JABRA_LIKE);
  const { headset } = used(device);
  headset.show(lit({ ring: true }));
  await settled();
  device.news();
  const go = device.jam();
  headset.show(lit({ offHook: true }));
  headset.show(lit({ offHook: true, mute: true }));
  headset.show(lit({ offHook: true, hold: true }));
  await settled();
  expect(device.news()).toEqual([]);
  go();
  await settled();
  expect(device.news()).toEqual([
    [2, 0b0001, 0],
    [2, 0b1001, 0],
  ]);
});

it('sends only the reports that changed, and all of them after a press', async () => {
  const device = new FakeHeadset(BLACKWIRE);
  const { headset, pressed } = used(device);
  headset.show(lit({ offHook: true }));
  await settled();
  expect(device.news()).toHaveLength(3);
  headset.show(lit({ offHook: true, mute: true }));
  headset.show(lit({ offHook: true, mute: true }));
  await settled();
  expect(device.news()).toEqual([[9, 1]]);

  device.reports(8, 0b100);
  expect(pressed).toEqual(['flash']);
  headset.show(lit({ offHook: true, mute: true }));
  await settled();
  // What it asked for is still under way: the old state would be a no.
  expect(device.news()).toEqual([]);
  headset.settle();
  await settled();
  expect(device.news()).toEqual([
    [23, 1],
    [9, 1],
    [24, 0],
  ]);
});

it('tells all of it again after a report that did not arrive', async () => {
  const device = new FakeHeadset(BLACKWIRE);
  const { headset } = used(device);
  headset.show(lit({ ring: true }));
  await settled();
  device.news();
  device.dead = true;
  headset.show(lit({ offHook: true }));
  await settled();
  device.dead = false;
  headset.show(lit({ offHook: true, mute: true }));
  await settled();
  expect(device.news()).toEqual([
    [23, 1],
    [9, 1],
    [24, 0],
  ]);
});

it('is dark and let go when nothing is to be shown, whatever is wanted meanwhile', async () => {
  const device = new FakeHeadset(JABRA_LIKE);
  const { headset, states } = used(device);
  headset.show(lit({ ring: true }));
  headset.show(null);
  await settled();
  expect(states).toEqual(['opening', 'open', 'closed']);
  expect(device).toMatchObject({ opened: false, listeners: 0 });
  headset.show(lit({ ring: true }));
  await settled();
  const go = device.jam();
  headset.show(null);
  await settled();
  headset.show(lit({ offHook: true }));
  go();
  await settled();
  expect(device.news().at(-1)).toEqual([2, 0b0001, 0]);
  expect(device.opened).toBe(true);

  device.dead = true;
  headset.show(null);
  await settled();
  expect(headset.state).toBe('closed');
});

it('leaves nothing open when it goes while it is being opened', async () => {
  const device = new FakeHeadset(JABRA_LIKE);
  const { headset } = used(device);
  headset.show(lit({ ring: true }));
  headset.leave();
  await settled();
  headset.show(lit({ ring: true }));
  await settled();
  expect(headset.state).toBe('gone');
  expect(device).toMatchObject({ opened: false, listeners: 0, sent: [] });
});

it('tries a headset that was refused once more with the next thing to show', async () => {
  const device = new FakeHeadset(JABRA_LIKE);
  device.taken = true;
  const { headset } = used(device);
  headset.show(lit({ ring: true }));
  await settled();
  expect(headset.state).toBe('refused');
  device.taken = false;
  headset.show(lit({ offHook: true }));
  await settled();
  expect(headset.state).toBe('refused');
  headset.show(null);
  headset.show(lit({ ring: true }));
  await settled();
  expect(headset.state).toBe('open');
});

it('leaves a headset alone that has neither a button nor a lamp for us', async () => {
  const device = new FakeHeadset([{ usagePage: 0x0b, inputReports: [], outputReports: [] }]);
  const { headset } = used(device);
  headset.show(lit({ ring: true }));
  await settled();
  expect([headset.state, device.opened]).toEqual(['closed', false]);
});
