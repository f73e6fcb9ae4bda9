import { expect, it } from 'vitest';
import { invite } from './client';
import { hears } from './eventually';
import { useStage } from './stage';

const stage = useStage({ trickle: true });

it('sends its own candidates one by one when it is told to', async () => {
  const alice = await stage.signIn();
  const { callId, phone } = await invite(alice, '2');
  const { sdp } = await alice.next('media');
  expect(sdp).not.toContain('a=candidate');
  await phone.peer.accept(String(sdp));
  expect(await alice.next('endOfCandidates')).toEqual({ callID: callId, endOfCandidates: true });
  const candidates = alice.all('candidate').map(({ params }) => params);
  expect(candidates).toContainEqual({
    callID: callId,
    candidate: expect.stringContaining('127.0.0.1'),
    sdpMid: '0',
    sdpMLineIndex: 0,
  });
  for (const each of candidates) await phone.take(each);
  await hears(phone.ear, 440);
});
