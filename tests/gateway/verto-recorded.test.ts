/** Our gateway in FreeSWITCH's place: the recorded client speaks to it, and hears what FreeSWITCH said, member by member. */

import { expect, it } from 'vitest';
import { framesOfFreeSwitch, Recorded, type Scenes } from './recorded';
import { useStage } from './stage';

const stage = useStage();
const pinging = useStage({ pingMs: 100 });

/** A sign-in of nothing, a ping that wants its own words back, two invites of nothing, and a key pressed in no call. */
const OTHER_WORDS = ['a 5', 'a 10', 'a 17', 'a 18', 'a 21'];

/** How many of FreeSWITCH's frames are compared, and how many are not: together all that were recorded. */
it.each<[string, Scenes, number, number]>([
  // Not: replies to two batches, which no client sends, and the pings of half a minute's idleness, which are compared below.
  ['login', { scenes: ['1.', '2.', '3.', '4.', '5.'], unlike: OTHER_WORDS }, 40, 4],
  ['out-9196', {}, 7, 0],
  // Its dialplan refuses 503 in a way that none of the gateway's numbers does: there the far end does it.
  ['out-busy', { farEnd: { 'alice 29': { cause: 'NORMAL_TEMPORARY_FAILURE' } } }, 17, 0],
  // Not: the display of keys that went as sound, of which the recording of the socket has nothing. So its reader hangs up when told to.
  ['dtmf-9193', { absent: ['alice 47'], farEnd: { 'alice 48': { cause: 'NORMAL_CLEARING' } } }, 12, 1],
  ['hold', {}, 24, 0],
  // Twenty seconds of ringing are not waited for: the callee's leg is given up with the cause that such a time-out has.
  ['in-1000-1001', { farEnd: { 'alice 82': { cause: 'NO_ANSWER', leg: 'bob 83' } } }, 51, 0],
  ['transfer', {}, 64, 0],
  ['attach-cut-9197', {}, 10, 0],
  ['attach-clean-9196', {}, 13, 0],
  ['attach-same-pc', {}, 9, 0],
])('%s', async (name, scenes, frames, others) => {
  expect(framesOfFreeSwitch(name)).toBe(frames + others);
  expect(await new Recorded(name, stage, scenes).play()).toBe(frames);
});

it('pings whoever is signed in, as FreeSWITCH does', async () => {
  // The sign-ins, and the first ping of each; whom the one of scene 3 punted is not here.
  const scenes: Scenes = { scenes: ['3.', '5.', '6.'], absent: ['a 12'] };
  expect(await new Recorded('login', pinging, scenes).play()).toBe(6);
});
