/** Our gateway in FreeSWITCH's place: the recorded client speaks to it, and hears what FreeSWITCH said, member by member. */

import { expect, it } from 'vitest';
import { Recorded, type Scenes } from './recorded';
import { useStage } from './stage';

const stage = useStage();

/** A sign-in of nothing, a ping that wants its own words back, two invites of nothing, and a key pressed in no call. */
const OTHER_WORDS = ['a 5', 'a 10', 'a 17', 'a 18', 'a 21'];

it.each<[string, Scenes, number]>([
  ['login', { scenes: ['1.', '2.', '3.', '4.', '5.'], unlike: OTHER_WORDS }, 38],
  ['out-9196', {}, 7],
  ['out-busy', { scenes: ['call 486', 'call 403', 'call 404', 'call 1002', 'call 9194'] }, 13],
  ['hold', {}, 24],
  ['in-1000-1001', { scenes: ['1.', '2.', '3.', '4.', '5.'] }, 32],
  ['transfer', { scenes: ['1.', '2.', '5.'] }, 49],
  ['attach-cut-9197', {}, 10],
  ['attach-clean-9196', {}, 13],
  ['attach-same-pc', {}, 9],
])('%s', async (name, scenes, frames) => {
  expect(await new Recorded(name, stage, scenes).play()).toBe(frames);
});
