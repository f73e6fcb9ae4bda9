/** The whole phone against what a live FreeSWITCH said: each recorded scene again, and what it comes to. */

import { afterEach, expect, it, vi } from 'vitest';
import { stage, VERTO, type Stage } from '../fakes/stage';
import { Tape, type Cut } from '../fakes/tape';

afterEach(() => {
  vi.useRealTimers();
});

async function replay(name: string, cut: Cut): Promise<Stage> {
  const tape = new Tape(name, cut);
  const play = stage({ line: VERTO, options: { login: '1000', trickleIce: true }, prepare: tape.prepare });
  await play.pass();
  await tape.play(play);
  return play;
}

const ends = ({ ended }: Stage): string[] => ended.map(({ cause }) => cause.kind);

it.each([
  ['out-9196', 'hung-up-here'],
  ['dtmf-9193', 'hung-up-there'],
])('calls and presses keys: %s', async (name, end) => {
  const play = await replay(name, { connection: 'alice' });
  expect(ends(play).every((kind) => kind === end)).toBe(true);
  expect(play.ended.length).toBeGreaterThan(0);
  expect(play.phases()).toEqual(expect.arrayContaining(['dialling', 'ringing', 'active', 'ended']));
});

it('takes every late bye for the refusal that it is', async () => {
  const play = await replay('out-busy', { connection: 'alice' });
  expect(ends(play)).toEqual([
    'busy',
    'declined-there',
    'no-such-number',
    'unavailable',
    'no-such-number',
    'unavailable',
    'hung-up-there',
  ]);
  expect(play.ended.map(({ answeredAt }) => answeredAt !== null)).toEqual([...Array<boolean>(6).fill(false), true]);
});

it('is called: answers, declines, misses', async () => {
  const scenes = ['1.', '2.', '3.', '4.', '5.', '6.', '7.'];
  const play = await replay('in-1000-1001', { connection: 'bob', scenes });
  expect(ends(play)).toEqual([
    'hung-up-here',
    'hung-up-there',
    'declined-here',
    'declined-here',
    'missed',
    'hung-up-there',
    'missed',
  ]);
  expect(play.ended.every(({ who }) => who.name === 'Alice 1000' && who.number === '1000')).toBe(true);
});

it('calls: talks, is refused, gives up, hears ringback as early media', async () => {
  const scenes = ['1.', '2.', '3.', '4.', '5.', '6.', '7.'];
  const play = await replay('in-1000-1001', { connection: 'alice', scenes });
  expect(ends(play)).toEqual([
    'hung-up-there',
    'hung-up-here',
    'busy',
    'declined-there',
    'cancelled',
    'hung-up-here',
    'no-answer',
  ]);
  const early = play.snapshots.some(({ calls }) => {
    const state = calls.at(-1)?.state;
    return state?.phase === 'ringing' && state.earlyMedia;
  });
  expect(early).toBe(true);
});

it.each([['alice'], ['bob']])('holds and resumes on the word of the reply alone (%s)', async (connection) => {
  const play = await replay('hold', { connection, scenes: ['hold of a bridged call'] });
  const held = play.snapshots.map(({ calls }) => calls.at(-1)?.heldSince ?? null);
  expect(held.some((since) => since !== null)).toBe(true);
  expect(play.ended).toHaveLength(1);
});

it.each([['attach-cut-9197'], ['attach-clean-9196']])(
  'comes back before it is ready, with a new peer: %s',
  async (name) => {
    const play = await replay(name, { connection: 'alice' });
    expect(ends(play)).toEqual(['hung-up-here']);
    expect(play.ended[0]?.drops).toBe(play.platform.sockets.length - 1);
    expect(play.platform.peers).toHaveLength(play.platform.sockets.length);
    expect(play.platform.microphones).toHaveLength(1);
  },
);

it('passes a call on, and says where that is refused', async () => {
  const play = await replay('transfer', { connection: 'alice', scenes: ['1.', '2.', '3.'] });
  expect(ends(play)).toEqual(['transferred', 'hung-up-here', 'hung-up-here']);
  const troubles = play.snapshots.flatMap(({ calls }) => calls.at(-1)?.trouble ?? []);
  expect(troubles).toContainEqual(
    expect.objectContaining({
      reason: 'transfer-failed',
      facts: expect.objectContaining({ message: 'call is not bridged' }) as object,
    }),
  );
  // Bob passed her on to carol, whose name the server did not know.
  expect(play.ended[1]?.who).toEqual({ name: null, number: '1002' });
});

it.each<[string, Cut, readonly [kind: string, number: string][]]>([
  // The recorded client answered on the peer that it had, and heard nothing; ours makes a new one and says the same.
  ['attach-same-pc', { connection: 'alice' }, [['hung-up-here', '9197']]],
  [
    'transfer',
    { connection: 'alice', scenes: ['5.'] },
    [
      ['transferred', '1001'],
      ['transferred', '1002'],
    ],
  ],
  [
    'transfer',
    { connection: 'bob', scenes: ['1.', '2.', '5.'] },
    [
      ['hung-up-here', '1000'],
      ['transferred', '1000'],
      ['hung-up-here', '1002'],
    ],
  ],
  // Alice asks there for what no phone of ours says: a transfer to nowhere, and an action that is none.
  ['transfer', { connection: 'bob', scenes: ['4.'] }, [['hung-up-there', '1000']]],
  [
    'transfer',
    { connection: 'carol' },
    [
      ['hung-up-there', '1000'],
      ['hung-up-there', '1001'],
    ],
  ],
  ['in-1000-1001', { connection: 'alice', scenes: ['8.'] }, [['cancelled', '1001']]],
])('says what was said, and ends as it ended: %s %o', async (name, cut, ended) => {
  const play = await replay(name, cut);
  expect(play.ended.map(({ cause, who }) => [cause.kind, who.number])).toEqual(ended);
});
