/** Is anybody there: pings answered, pings asked, and a silent server left. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, SIGN_IN, stageOver } from '../fakes/dialects';
import { session } from '../fakes/line-state';

afterEach(() => {
  vi.useRealTimers();
});

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('answers the server’s ping with one of its own and knows the round trip', async () => {
    const play = stage();
    await play.pass();
    play.server.tell('ping', { serno: 1 });
    await play.pass();
    expect(play.server.heard()).toEqual([...SIGN_IN[dialect], 'ping']);
    // FreeSWITCH wants its own acknowledged as well.
    expect(play.server.acknowledged().includes('verto.ping')).toBe(dialect === 'verto');
    expect(play.phone.snapshot().lines[0]).toMatchObject({ answeredAt: Date.now(), roundTripMs: 0 });
  });

  it.each([
    ['idle', false, 22_000],
    ['in a call', true, 14_000],
  ])('notices a silent server when %s and takes another socket', async (_when, inCall, withinMs) => {
    const play = stage({ options: { keepConnectionAliveOnSocketClose: true } });
    await play.pass();
    if (inCall) {
      const { leg } = await play.talk();
      play.server.reattached = [leg];
    }
    const [first] = play.platform.sockets;
    if (first) first.deaf = true;
    await play.pass(withinMs - 5000);
    expect(play.platform.sockets).toHaveLength(1);
    await play.pass(5000 + 250);
    expect(play.platform.sockets).toHaveLength(2);
    expect(session(play).phase).toBe('ready');
    if (inCall) expect(play.call().state.phase).toBe('active');
  });

  it('notices a server that speaks and answers nothing', async () => {
    const play = stage();
    await play.pass();
    const [first] = play.platform.sockets;
    if (first) first.deaf = true;
    play.server.tell('ping', { serno: 1 });
    await play.pass(4000 + 250);
    expect(play.platform.sockets).toHaveLength(2);
  });

  it('sends nothing of its own while the server pings as servers do', async () => {
    const play = stage();
    await play.pass();
    for (let minute = 0; minute < 4; minute += 1) {
      await play.pass(15_000);
      play.server.tell('ping', {});
      await play.pass();
    }
    expect(play.server.heard().filter((verb) => verb === 'ping')).toHaveLength(4);
  });

  it('asks at once when the network changed or the computer woke', async () => {
    const play = stage();
    await play.pass();
    play.platform.setOnline(true);
    await play.pass();
    expect(play.server.heard().at(-1)).toBe('ping');
    vi.setSystemTime(Date.now() + 3_600_000);
    await play.pass(18_000);
    expect(play.server.heard().filter((verb) => verb === 'ping')).toHaveLength(2);
  });
});
