/** What a phone leaves behind: nothing that runs once it is closed, nothing secret in its report. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, stageOver } from '../fakes/dialects';

afterEach(() => {
  vi.useRealTimers();
});

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('leaves nothing running when it is closed', async () => {
    const play = stage();
    await play.talk();
    play.phone.close();
    await play.pass(10_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(play.platform.listeners).toBe(0);
    expect(play.platform.openMicrophones).toEqual([]);
    expect(play.platform.peers.every(({ closed }) => closed)).toBe(true);
    expect(play.platform.socket.isOpen).toBe(false);
  });

  it('keeps no secret in its report', async () => {
    const play = stage({
      options: { iceServers: [{ urls: 'turn:turn.example.com', username: 'u', credential: 'turn-secret' }] },
    });
    await play.talk();
    const report = JSON.stringify(play.phone.report());
    for (const secret of ['example-only', 'turn-secret', 'VSDK-1', 'secret-local', 'secret-server'])
      expect(report).not.toContain(secret);
    expect(report).toContain(`${play.server.prefix}invite`);
  });
});
