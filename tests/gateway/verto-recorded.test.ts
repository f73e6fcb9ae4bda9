/** Our gateway in FreeSWITCH's place: the recorded client speaks to it, and hears what FreeSWITCH said, member by member. */

import { expect, it } from 'vitest';
import { framesOfFreeSwitch, Recorded, type Scenes } from './recorded';
import { useStage } from './stage';

const stage = useStage();

/** A sign-in of nothing, a ping that wants its own words back, two invites of nothing, and a key pressed in no call. */
const OTHER_WORDS = ['a 5', 'a 10', 'a 17', 'a 18', 'a 21'];

/** How many of FreeSWITCH's frames are compared, and how many are not: together all that were recorded. */
it.each<[string, Scenes, number, number]>([
  // Not: replies to nonsense and to a batch, and the pings of half a minute's idleness (`pings.test.ts`).
  ['login', { scenes: ['1.', '2.', '3.', '4.', '5.'], unlike: OTHER_WORDS }, 38, 6],
  ['out-9196', {}, 7, 0],
  // Its dialplan refuses 503 and 7777 in ways that none of the gateway's numbers does: there the far end does it.
  ['out-busy', { farEnd: { 'alice 29': 'NORMAL_TEMPORARY_FAILURE', 'alice 30': 'NO_ROUTE_DESTINATION' } }, 17, 0],
  // Not: FreeSWITCH's reader shows the keys on the display and hangs up; the gateway's plays them back.
  ['dtmf-9193', { absent: ['alice 44', 'alice 45', 'alice 47', 'alice 48'] }, 9, 4],
  ['hold', {}, 24, 0],
  // Not: a dialplan that plays ringback to the caller while a person's phone rings. A time-out is known to no clock
  // of ours: the far end gives up, and the callee hears of that.
  [
    'in-1000-1001',
    { scenes: ['1.', '2.', '3.', '4.', '5.', '7.', '8.'], unlike: ['bob 83'], farEnd: { 'alice 82': 'NO_ANSWER' } },
    42,
    9,
  ],
  // Not: bots are people, who may be passed on. To a number that is not there the gateway's own dialplan says 1, not 3.
  ['transfer', { scenes: ['1.', '2.', '4.', '5.'], unlike: ['bob 121', 'alice 122'] }, 60, 4],
  ['attach-cut-9197', {}, 10, 0],
  ['attach-clean-9196', {}, 13, 0],
  ['attach-same-pc', {}, 9, 0],
])('%s', async (name, scenes, frames, others) => {
  expect(framesOfFreeSwitch(name)).toBe(frames + others);
  expect(await new Recorded(name, stage, scenes).play()).toBe(frames);
});
