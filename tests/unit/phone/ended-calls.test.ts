/** How long a call that ended is shown. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EndedCalls } from '../../../lib/phone/ended-calls';
import type { EndCause } from '../../../lib/phone/model/call-state';
import type { CallId } from '../../../lib/phone/model/ids';
import { Timers } from '../../../lib/phone/timers';
import { FakePlatform } from '../../fakes/platform';
import { lineSettings, settings, stage } from '../../fakes/stage';

const MINUTE = 60_000;
const [first, second] = ['first', 'second'] as readonly string[] as readonly [CallId, CallId];
const because = (kind: EndCause['kind']): EndCause => ({
  kind,
  code: null,
  name: null,
  sipCode: null,
  sipReason: null,
  error: null,
});
const over = because('hung-up-there');

let forgotten: CallId[];
let calls: EndedCalls;

beforeEach(() => {
  vi.useFakeTimers();
  forgotten = [];
  calls = new EndedCalls(new Timers(new FakePlatform().ports.clock), (id) => {
    forgotten.push(id);
    calls.gone(id);
  });
});
afterEach(() => {
  vi.useRealTimers();
});

it('goes after a minute', () => {
  calls.ended(first, over);
  vi.advanceTimersByTime(MINUTE - 1);
  expect(forgotten).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(forgotten).toEqual([first]);
});

it('stays for who wants that, until the person is done with it', () => {
  calls.stays = true;
  calls.ended(first, over);
  vi.advanceTimersByTime(100 * MINUTE);
  expect(forgotten).toEqual([]);
  calls.gone(first);
  calls.ended(second, over);
  expect(forgotten).toEqual([]);
});

it('stays alone: the one before goes, and has had its minute', () => {
  calls.stays = true;
  calls.ended(first, over);
  calls.ended(second, over);
  vi.advanceTimersByTime(MINUTE - 1);
  expect(forgotten).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(forgotten).toEqual([first]);
  calls.ended(first, over);
  expect(forgotten).toEqual([first, second]);
});

it.each(['missed', 'declined-here', 'cancelled', 'not-allowed', 'failed'] as const)(
  'does not stay where it was %s, and leaves the place to the one before',
  (kind) => {
    calls.stays = true;
    calls.ended(first, over);
    calls.ended(second, because(kind));
    vi.advanceTimersByTime(2 * MINUTE);
    expect(forgotten).toEqual([second]);
  },
);

it('goes when that is no longer wanted, and not before its minute', () => {
  calls.stays = true;
  calls.ended(first, over);
  calls.stays = false;
  expect(forgotten).toEqual([]);
  vi.advanceTimersByTime(MINUTE);
  expect(forgotten).toEqual([first]);
  calls.stays = true;
  calls.ended(second, over);
  vi.advanceTimersByTime(MINUTE);
  calls.stays = false;
  expect(forgotten).toEqual([first, second]);
});

it.each([
  [true, 1],
  [false, 0],
])('is what a phone does that is told %s', async (endStays, left) => {
  const { phone, pass, talk } = stage({ settings: { endStays } });
  const { id } = await talk();
  phone.hangUp(id);
  await pass(2 * MINUTE);
  expect(phone.snapshot().calls).toHaveLength(left);
  if (endStays) phone.dismiss(id);
  expect(phone.snapshot().calls).toEqual([]);
});

it('is told anew to a phone that shows one', async () => {
  const { phone, pass, talk } = stage({ settings: { endStays: true } });
  const { id } = await talk();
  phone.hangUp(id);
  await pass(2 * MINUTE);
  phone.configure(settings([lineSettings()], { endStays: false }));
  expect(phone.snapshot().calls).toEqual([]);
});
