/** The line breaks before anybody answered. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { comesBack } from '../fakes/line-state';
import { stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('invites again, under another id, where the server never got the invite', async () => {
    const play = stage();
    const { phone, server, platform, pass, call } = play;
    await pass();
    server.reply('invite', () => null);
    phone.dial({ to: '100' });
    await pass();
    const first = server.leg();
    server.socket.drop();
    server.restore('invite');
    await comesBack(play);
    await pass();
    const second = server.leg();
    expect(second).not.toBe(first);
    server.media(second);
    server.answer(second);
    platform.peer.flows();
    await pass();
    expect(call().state.phase).toBe('active');
  });

  it('misses a ringing call that the server did not keep', async () => {
    const play = stage();
    const { server, pass, ended } = play;
    await pass();
    server.invite('leg-in');
    await pass();
    server.socket.drop();
    await comesBack(play);
    await pass();
    expect(ended).toMatchObject([{ cause: { kind: 'missed' } }]);
  });
});

/** FreeSWITCH keeps no call that is not answered. */
it('keeps a ringing call that the server kept, and answers it on the new socket', async () => {
  const play = stage();
  const { phone, server, platform, pass, call } = play;
  await pass();
  server.invite('leg-in');
  await pass();
  server.reattached = ['leg-in'];
  server.socket.drop();
  await comesBack(play);
  expect(call().state.phase).toBe('ringing');
  await Promise.all([phone.answer(call().id), pass()]);
  expect(server.last('answer')).toMatchObject({ dialogParams: { callID: 'leg-in' } });
  platform.peer.flows();
  await pass();
  expect(call().state.phase).toBe('active');
});
