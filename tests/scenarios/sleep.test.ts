/** The computer sleeps and wakes, and no event of the browser's tells it: the clock does. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { PhoneError } from '../../lib/phone/model/errors';
import { slept, SleepWatch } from '../../lib/phone/sleep';
import { sdp } from '../fakes/peer';
import { globalClock } from '../fakes/platform';
import { DIALECTS, stageOver } from '../fakes/dialects';
import type { Stage, StageOptions } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const KEEP: StageOptions = { options: { keepConnectionAliveOnSocketClose: true } };
const HOUR_MS = 3_600_000;

function pings({ server }: Stage): number {
  return server.heard().filter((verb) => verb === 'ping').length;
}

/** Sleeps so long: the wall's clock goes on, and of each timer what was still to pass passes afterwards. */
async function sleeps({ pass }: Stage, ms: number): Promise<void> {
  vi.setSystemTime(Date.now() + ms);
  await pass(3000);
}

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  describe('a beat that comes late', () => {
    it('is a sleep where the one before was in time', () => {
      expect(slept(0, false)).toBe(false);
      expect(slept(9_999, false)).toBe(false);
      expect(slept(10_000, false)).toBe(true);
    });

    it('is a throttled document’s where the one before was late too, up to what browsers throttle', () => {
      expect(slept(57_000, true)).toBe(false);
      expect(slept(64_999, true)).toBe(false);
      expect(slept(HOUR_MS, true)).toBe(true);
    });

    it('is nothing where somebody sets the clock back', () => {
      expect(slept(-HOUR_MS, false)).toBe(false);
    });
  });

  describe('the beat', () => {
    it('tells one sleep and no more in a document whose timers run once a minute, and the next true one', async () => {
      vi.useFakeTimers({ now: 1_800_000_000_000 });
      const woken: number[] = [];
      const watch = new SleepWatch(globalClock, (lateMs) => woken.push(lateMs));
      watch.start();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(woken).toEqual([]);
      for (let minute = 0; minute < 10; minute += 1) {
        vi.setSystemTime(Date.now() + 57_000);
        await vi.advanceTimersByTimeAsync(3000);
      }
      expect(woken).toEqual([57_000]);
      vi.setSystemTime(Date.now() + HOUR_MS);
      await vi.advanceTimersByTimeAsync(6000);
      expect(woken).toEqual([57_000, HOUR_MS]);
      watch.close();
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  describe('after a sleep', () => {
    it.each([
      ['idle', false],
      ['in a call', true],
    ])('asks within three seconds whether the server is there, and keeps a line that is, %s', async (_when, inCall) => {
      const play = stage(KEEP);
      await play.pass();
      if (inCall) await play.talk();
      const before = pings(play);
      await sleeps(play, 30_000);
      expect(pings(play)).toBe(before + 1);
      play.platform.peers[0]?.flows();
      await play.pass(5000);
      expect(play.platform.sockets).toHaveLength(1);
      expect(play.platform.peers).toHaveLength(inCall ? 1 : 0);
      if (inCall) expect(play.call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing', signalling: 'up' });
    });

    it('takes another socket where the server does not answer, two and a half seconds later, and keeps the sound', async () => {
      const play = stage(KEEP);
      const { platform, server, pass, call, talk } = play;
      const { leg } = await talk();
      server.reattached = [leg];
      platform.socket.deaf = true;
      await sleeps(play, HOUR_MS);
      await pass(2500 + 250);
      expect(platform.sockets).toHaveLength(2);
      server.attach(leg, sdp('server-1'));
      platform.peer.packetsReceived += 10;
      await pass();
      platform.peer.packetsReceived += 100;
      await pass(3000);
      expect(platform.peers).toHaveLength(1);
      expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing', signalling: 'up' });
    });

    it('tries again at once where it was waiting to', async () => {
      const play = stage();
      const { platform, server, pass, phone } = play;
      await pass();
      platform.socketError = new PhoneError('unreachable');
      server.socket.drop();
      await pass(60_000);
      expect(phone.snapshot().lines[0]?.session.phase).toBe('waiting');
      platform.socketError = null;
      await sleeps(play, 10_000);
      expect(phone.snapshot().lines[0]?.session.phase).toBe('ready');
    });

    it('does not come back to an account that is used elsewhere', async () => {
      const play = stage();
      const { platform, server, pass, phone } = play;
      await pass();
      server.tell('punt', {});
      await pass();
      await sleeps(play, HOUR_MS);
      await pass(60_000);
      expect(platform.sockets).toHaveLength(1);
      expect(phone.snapshot().lines[0]?.session.phase).toBe('stopped');
    });
  });

  describe('a peer that the browser destroyed', () => {
    it('is replaced although the line lives: the server is made to offer the call again, to another', async () => {
      const play = stage(KEEP);
      const { phone, platform, server, pass, call, talk } = play;
      const { id, leg } = await talk();
      phone.mute(id, true);
      server.kept = [{ call: leg, sdp: sdp('server-1') }];
      platform.peer.sleeps();
      await pass();
      expect(call()).toMatchObject({ state: { phase: 'recovering' }, sound: 'stalled' });
      await pass(250);
      expect(platform.sockets).toHaveLength(2);
      expect(platform.peers).toHaveLength(2);
      platform.peer.flows();
      await pass();
      expect(server.heard()).not.toContain('bye');
      expect(server.leg('attach')).toBe(leg);
      expect(platform.microphones).toHaveLength(1);
      expect(call()).toMatchObject({ id, state: { phase: 'active' }, sound: 'flowing', signalling: 'up', muted: true });
    });

    it('is found after a sleep where no event told of it', async () => {
      const play = stage(KEEP);
      const { platform, server, pass, call, talk } = play;
      const { leg } = await talk();
      server.kept = [{ call: leg, sdp: sdp('server-1') }];
      platform.peer.signallingClosed = true;
      await sleeps(play, HOUR_MS);
      await pass(250);
      expect(platform.peers).toHaveLength(2);
      platform.peer.flows();
      await pass();
      expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
    });

    it('leaves the other call its sound', async () => {
      const play = stage(KEEP);
      const { phone, platform, server, pass, talk } = play;
      const first = await talk('+15550100');
      const second = await talk('+15550101');
      server.kept = [first, second].map(({ leg }) => ({ call: leg, sdp: sdp('server-1') }));
      const [one, other] = platform.peers;
      one?.sleeps();
      await pass(250);
      const third = platform.peers[2];
      third?.flows();
      if (other) other.packetsReceived += 100;
      await pass(3000);
      expect(platform.peers.map(({ closed }) => closed)).toEqual([true, false, false]);
      expect(phone.snapshot().calls).toMatchObject([{ state: { phase: 'active' } }, { state: { phase: 'active' } }]);
    });
  });
});
