/** Candidates told one by one, where the server takes them so. */

import { afterEach, expect, it, vi } from 'vitest';
import { stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

it('tells candidates one by one, after the invite that they belong to, and their end', async () => {
  const { phone, platform, server, pass } = stage({ options: { trickleIce: true } });
  await pass();
  platform.microphoneDelayMs = 10;
  phone.dial({ to: '100' });
  platform.peer.finds({ candidate: 'candidate:pooled', sdpMid: '0', sdpMLineIndex: 0 });
  await pass(10);
  platform.peer.finds({ candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 });
  platform.peer.finds(null);
  await pass();
  expect(server.heard().slice(2)).toEqual(['invite', 'candidate', 'candidate', 'endOfCandidates']);
  expect(server.last('invite')).toMatchObject({ trickle: true });
  expect(server.last('candidate')).toMatchObject({
    candidate: 'candidate:1',
    sdpMid: '0',
    sdpMLineIndex: 0,
    dialogParams: { callID: server.leg() },
  });
  expect(server.last('endOfCandidates')).toMatchObject({ endOfCandidates: true });
});

it('tells no candidates where they are not to be told', async () => {
  const { phone, platform, server, pass } = stage();
  await pass();
  phone.dial({ to: '100' });
  await pass();
  platform.peer.finds({ candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 });
  await pass();
  expect(server.heard()).not.toContain('candidate');
  expect(server.last('invite')).not.toHaveProperty('trickle');
});
