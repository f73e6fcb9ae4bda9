/** The trial call of the account form: what it finds out, in words a program can switch on, and what it leaves behind. */

import { afterEach, expect, it, vi } from 'vitest';
import type { PhoneErrorJson } from '../../lib/phone/model/errors';
import type { Trial } from '../../lib/phone/model/trial';
import { PhoneError } from '../../lib/phone/model/errors';
import { sdp } from '../fakes/peer';
import { LINE, stage, VERTO, type Stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

type Found = Trial | PhoneErrorJson;

/** A trial under way, and what it found once it is over. */
async function trying(to = '9196', prepare: (stage: Stage) => void = () => undefined) {
  const play = stage({ line: VERTO, options: { keepConnectionAliveOnSocketClose: true } });
  await play.pass();
  prepare(play);
  const found: Found[] = [];
  void play.phone.tryCall(LINE, to).then(
    (trial) => found.push(trial),
    (thrown: unknown) => found.push(PhoneError.from(thrown).toJson()),
  );
  await play.pass();
  return { ...play, found };
}
const said = ({ server }: Stage) => server.heard().slice(1);

/** No trace of it: no call, no history, nothing kept, no microphone, no ring, no peer that lives. */
function leavesNothing({ phone, ended, platform, resumes }: Stage): void {
  expect(phone.snapshot().calls).toEqual([]);
  expect(ended).toEqual([]);
  expect(platform.microphones).toEqual([]);
  expect(platform.speaker.now).toBe('off');
  expect(platform.peers.map(({ closed, microphone }) => ({ closed, microphone }))).toEqual([
    { closed: true, microphone: null },
  ]);
  expect(resumes.flat().flatMap(({ calls }) => calls)).toEqual([]);
}

it('says which codec and how soon, hangs up, and leaves nothing behind', async () => {
  const play = await trying();
  expect(play.server.last('invite')).toMatchObject({ dialogParams: { destination_number: '9196' } });
  expect(play.platform.peer).toMatchObject({ deafened: true, microphone: null });
  expect(play.phone.snapshot().calls).toEqual([]);
  await play.pass(300);
  play.server.answer(play.server.leg(), sdp('server-1'));
  await play.pass();
  play.platform.peer.flows();
  await play.pass();
  expect(play.found).toEqual([{ codec: 'opus', tookMs: 300 }]);
  expect(said(play)).toEqual(['invite', 'bye']);
  expect(play.server.last('bye')).toMatchObject({ cause: 'NORMAL_CLEARING', causeCode: 16 });
  leavesNothing(play);
});

it('is content with early media, and takes the call back', async () => {
  const play = await trying();
  play.server.media(play.server.leg());
  await play.pass();
  play.platform.peer.flows();
  await play.pass();
  expect(play.found).toEqual([{ codec: 'opus', tookMs: 0 }]);
  expect(play.server.last('bye')).toMatchObject({ cause: 'ORIGINATOR_CANCEL' });
});

it.each([
  ['INCOMPATIBLE_DESTINATION', 88, { reason: 'negotiation', facts: { why: 'no codec in common' } }],
  [
    'UNALLOCATED_NUMBER',
    1,
    { reason: 'refused', facts: { kind: 'no-such-number', cause: 'UNALLOCATED_NUMBER', code: 1 } },
  ],
  ['USER_BUSY', 17, { reason: 'refused', facts: { kind: 'busy', cause: 'USER_BUSY', code: 17 } }],
  [
    'OUTGOING_CALL_BARRED',
    52,
    { reason: 'refused', facts: { kind: 'not-allowed', cause: 'OUTGOING_CALL_BARRED', code: 52 } },
  ],
])('names a late bye: %s', async (cause, code, wanted) => {
  const play = await trying();
  play.server.bye(play.server.leg(), cause, code);
  await play.pass();
  expect(play.found).toEqual([wanted]);
  expect(said(play)).toEqual(['invite']);
  leavesNothing(play);
});

const without = (line: RegExp): string => sdp('server-1').replace(line, '');

it.each([
  ['no codec in common', 'refuses the audio', sdp('server-1').replace('m=audio 9', 'm=audio 0')],
  ['no codec in common', 'takes keys alone', sdp('server-1').replace('opus/48000/2', 'telephone-event/8000')],
  ['no ice there', 'has no credentials', without(/a=ice-ufrag:.*\r\n/)],
  ['no ice there', 'has nowhere to send to', without(/a=candidate:.*\r\n/)],
  ['not encrypted', 'shows no certificate', without(/a=fingerprint:.*\r\n/)],
])('finds %s in an answer that %s, and hangs up', async (why, _what, answer) => {
  const play = await trying();
  play.server.answer(play.server.leg(), answer);
  await play.pass();
  expect(play.found).toEqual([{ reason: 'negotiation', facts: { why } }]);
  expect(said(play)).toEqual(['invite', 'bye']);
  leavesNothing(play);
});

it('finds no way for the sound: failed at once, or silent for eight seconds', async () => {
  for (const fails of [true, false]) {
    const play = await trying();
    play.server.answer(play.server.leg(), sdp('server-1'));
    await play.pass();
    if (fails) play.platform.peer.fails();
    await play.pass(fails ? 0 : 7_900);
    expect(play.found).toHaveLength(fails ? 1 : 0);
    await play.pass(100);
    expect(play.found).toEqual([{ reason: 'negotiation', facts: { why: 'no connection' } }]);
    expect(said(play)).toEqual(['invite', 'bye']);
    leavesNothing(play);
  }
});

it('offers nothing where this computer has no address to offer', async () => {
  const play = await trying('9196', ({ platform }) => (platform.onPeer = (peer) => (peer.gathers = false)));
  expect(play.found).toEqual([{ reason: 'negotiation', facts: { why: 'no candidates' } }]);
  expect(said(play)).toEqual([]);
});

it('blames the hidden addresses where they are all that was offered, and only for what they can do', async () => {
  const hiding = ({ platform }: Stage): void => {
    platform.onPeer = (peer) => (peer.address = '1d7c9f.local');
  };
  const play = await trying('9196', hiding);
  play.server.bye(play.server.leg(), 'INCOMPATIBLE_DESTINATION', 88);
  await play.pass();
  expect(play.found).toEqual([{ reason: 'negotiation', facts: { why: 'hidden addresses' } }]);
  const busy = await trying('9196', hiding);
  busy.server.bye(busy.server.leg(), 'USER_BUSY', 17);
  await busy.pass();
  expect(busy.found).toMatchObject([{ reason: 'refused' }]);
});

it('waits for an answer, and not for ever', async () => {
  const play = await trying();
  await play.pass(14_900);
  expect(play.found).toEqual([]);
  await play.pass(100);
  expect(play.found).toMatchObject([{ reason: 'timeout' }]);
  expect(play.server.last('bye')).toMatchObject({ cause: 'ORIGINATOR_CANCEL' });
  leavesNothing(play);
});

it('ends with its line, and a leg that is offered again after that is refused', async () => {
  const play = await trying();
  const leg = play.server.leg();
  play.server.answer(leg, sdp('server-1'));
  await play.pass();
  play.server.kept = [{ call: leg, sdp: sdp('server-2', 'BB') }];
  play.server.socket.drop();
  await play.pass();
  expect(play.found).toMatchObject([{ reason: 'disconnected' }]);
  await play.pass(400);
  expect(said(play).slice(0, 3)).toEqual(['invite', 'login', 'bye']);
  expect(play.server.leg('bye')).toBe(leg);
  leavesNothing(play);
});

it('is one at a time, needs whom to call, a line that is ready, and a server of the person’s own', async () => {
  const play = await trying();
  await expect(play.phone.tryCall(LINE, '9196')).rejects.toMatchObject({ reason: 'wrong-phase' });
  play.server.bye(play.server.leg());
  await play.pass();
  await expect(play.phone.tryCall(LINE, '  ')).rejects.toMatchObject({ reason: 'bad-number' });
  play.server.socket.drop();
  await play.pass();
  await expect(play.phone.tryCall(LINE, '9196')).rejects.toMatchObject({ reason: 'disconnected' });
  const telnyx = stage();
  await telnyx.pass();
  await expect(telnyx.phone.tryCall(LINE, '1')).rejects.toMatchObject({ reason: 'unsupported' });
});
