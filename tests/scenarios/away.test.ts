/** What happens to a call while nobody here can hear of it: answered, taken over, or its document gone. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Resume, ResumedCall } from '../../lib/phone/settings';
import { sdp } from '../fakes/peer';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { LINE, lineSettings, settings, stage, type Stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

function token(seconds: number): string {
  const claims = { exp: 1_800_000_000 + seconds };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

async function dialled(play: Stage): Promise<string> {
  await play.pass();
  play.phone.dial({ to: '100' });
  await play.pass();
  return play.server.leg();
}

async function comesBackAnswered({ server, pass }: Stage, leg: string, offer?: string): Promise<void> {
  server.reattached = [leg];
  server.socket.drop();
  await pass(250);
  server.attach(leg, offer);
  await pass();
}

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  describe('answered while the line was away', () => {
    it('begins the talk with a new peer where nothing was described yet', async () => {
      const play = stage();
      const leg = await dialled(play);
      play.server.ringing(leg);
      await play.pass();
      await comesBackAnswered(play, leg);
      play.platform.peer.flows();
      await play.pass();
      expect(play.call()).toMatchObject({ state: { phase: 'active' }, legs: { id: leg }, sound: 'flowing' });
      expect(play.call().answeredAt).not.toBeNull();
      await play.pass(400_000);
      expect(play.call().state.phase).toBe('active');
    });

    it('begins the talk on the peer of the early media', async () => {
      const play = stage({ options: { keepConnectionAliveOnSocketClose: true } });
      const leg = await dialled(play);
      play.server.media(leg);
      await play.pass();
      play.platform.peer.flows();
      await play.pass();
      await comesBackAnswered(play, leg, sdp('server-1'));
      play.platform.peer.packetsReceived += 100;
      await play.pass(3000);
      expect(play.call().state.phase).toBe('active');
      expect(play.platform.peers).toHaveLength(1);
    });

    it('does not mind the answer coming again, with its description', async () => {
      const play = stage();
      const leg = await dialled(play);
      await comesBackAnswered(play, leg);
      play.platform.peer.flows();
      await play.pass();
      play.server.answer(leg, sdp('server-2', 'BB'));
      await play.pass();
      expect(play.call().state.phase).toBe('active');
    });
  });

  it('waits for news of an invite that the server heard, though not for ever', async () => {
    const play = stage();
    await play.pass();
    play.server.reply('invite', () => null);
    play.phone.dial({ to: '100' });
    await play.pass();
    const leg = play.server.leg();
    play.server.reattached = [leg];
    play.server.socket.drop();
    await play.pass(5000);
    expect(play.server.leg()).toBe(leg);
    expect(play.call().state.phase).toBe('dialling');
    await play.pass(30_000);
    expect(play.ended).toMatchObject([{ cause: { kind: 'failed', error: { reason: 'timeout' } } }]);
  });

  describe('taken over', () => {
    it('keeps a held call for as long as it has a path, though nothing is heard', async () => {
      const play = stage();
      const { id, leg } = await play.talk();
      await Promise.all([play.phone.hold(id, true), play.pass()]);
      play.platform.peer.stalls();
      play.server.tell('punt', {});
      await play.pass(60_000);
      expect(play.call()).toMatchObject({ state: { phase: 'active', held: true }, signalling: 'lost' });
      play.server.reattached = [leg];
      play.phone.takeOver(LINE);
      await play.pass();
      expect(play.call()).toMatchObject({ state: { phase: 'active', held: true }, signalling: 'up' });
    });

    it('does not keep a held call for ever whose path is gone as well', async () => {
      const play = stage();
      const { id } = await play.talk();
      await Promise.all([play.phone.hold(id, true), play.pass()]);
      play.server.tell('punt', {});
      await play.pass();
      play.platform.peer.fails();
      await play.pass(400_000);
      expect(play.ended).toMatchObject([{ cause: { kind: 'lost' } }]);
    });

    it('tells a call that rang here missed, and why', async () => {
      const play = stage();
      await play.pass();
      play.server.invite('leg-in');
      await play.pass();
      play.server.tell('punt', {});
      await play.pass();
      expect(play.ended).toMatchObject([{ cause: { kind: 'missed', error: { reason: 'taken-over' } } }]);
      expect(play.platform.speaker.now).toBe('off');
    });

    it('tells a call that rang there lost, and why', async () => {
      const play = stage();
      const leg = await dialled(play);
      play.server.rings(leg);
      await play.pass();
      expect(play.call().state.phase).toBe('ringing');
      play.server.tell('punt', {});
      await play.pass();
      expect(play.ended).toMatchObject([{ cause: { kind: 'lost', error: { reason: 'taken-over' } } }]);
      expect(play.platform.openMicrophones).toEqual([]);
      expect(play.platform.sockets).toHaveLength(1);
    });
  });

  describe('in the next life of the document', () => {
    const AT = 1_800_000_000_000;
    const RANG: ResumedCall = {
      ...{ call: 'call-1', leg: 'leg-1', direction: 'in', name: 'Dana', number: '+15550100', ours: '+15550199' },
      ...{ startedAt: AT - 9_000, answeredAt: null, held: false, muted: false },
    };
    const kept = (call: ResumedCall, more: Partial<Resume> = {}): readonly Resume[] => [
      { line: LINE, sessid: 'session-1', voiceSdkId: 'VSDK-1', at: AT - 2000, calls: [call], ...more },
    ];

    it('rings on where the server offers the call again, and never answers by itself', async () => {
      const play = stage({ resume: kept(RANG), prepare: (_, server) => (server.reattached = ['leg-1']) });
      expect(play.call()).toMatchObject({ id: 'call-1', state: { phase: 'ringing' } });
      await expect(play.phone.answer(play.call().id)).rejects.toMatchObject({ reason: 'wrong-phase' });
      await play.pass();
      play.server.invite('leg-1');
      await play.pass(5000);
      expect(play.platform.microphones).toHaveLength(0);
      expect(play.call().state.phase).toBe('ringing');
      await Promise.all([play.phone.answer(play.call().id), play.pass()]);
      play.platform.peer.flows();
      await play.pass(400_000);
      expect(play.call()).toMatchObject({ id: 'call-1', state: { phase: 'active' }, muted: false });
    });

    it('misses a call whose ringing nobody goes on with', async () => {
      const gone = stage({ resume: kept(RANG) });
      await gone.pass();
      expect(gone.ended).toMatchObject([{ id: 'call-1', cause: { kind: 'missed' } }]);
      vi.useRealTimers();
      const silent = stage({ resume: kept(RANG), prepare: (_, server) => (server.reattached = ['leg-1']) });
      await silent.pass(60_000);
      expect(silent.ended).toMatchObject([{ id: 'call-1' }]);
    });

    it('calls nobody again by surprise, and tells the server so', async () => {
      const play = stage({
        resume: kept({ ...RANG, direction: 'out' }),
        prepare: (_, server) => (server.reattached = ['leg-1']),
      });
      await play.pass(1000);
      expect(play.ended).toMatchObject([{ id: 'call-1', cause: { kind: 'lost' } }]);
      expect(play.server.last('bye')).toMatchObject({ dialogParams: { callID: 'leg-1' } });
      expect(play.platform.microphones).toHaveLength(0);
    });

    it('ends them all where calls are to end with their document, and tells the server so', async () => {
      for (const call of [{ ...RANG, answeredAt: AT - 3000 }, RANG]) {
        const play = stage({
          options: { hangupOnBeforeUnload: true },
          resume: kept(call),
          prepare: (_, server) => (server.reattached = ['leg-1']),
        });
        await play.pass();
        expect(play.ended).toMatchObject([{ id: 'call-1' }]);
        expect(play.server.last('bye')).toMatchObject({ dialogParams: { callID: 'leg-1' } });
        play.server.attach('leg-1');
        await play.pass(1000);
        expect(play.platform.microphones).toHaveLength(0);
        vi.useRealTimers();
      }
    });

    it('tells what was kept too long ago, or for an account that is gone, as interrupted', async () => {
      const talked = { ...RANG, answeredAt: AT - 3_000_000, drops: 2, from: 'https://shop.example' };
      const old = stage({ resume: kept(talked, { at: AT - 16 * 60_000 }) });
      await old.pass();
      expect(old.ended).toMatchObject([
        { id: 'call-1', endedAt: AT - 16 * 60_000, cause: { kind: 'lost' }, drops: 3, from: 'https://shop.example' },
      ]);
      await old.pass(1000);
      // Told once: what is kept from now on does not hold it any more.
      expect(old.resumes.at(-1)?.flatMap(({ calls }) => calls)).toEqual([]);
      vi.useRealTimers();
      const moved = stage({ resume: kept(talked, { line: 'line-9' as Resume['line'] }) });
      await moved.pass();
      expect(moved.ended).toMatchObject([{ id: 'call-1', line: 'line-9', cause: { kind: 'lost' } }]);
    });

    it('comes back to a call however long it had lasted', async () => {
      const play = stage();
      await play.talk();
      await play.pass(40 * 60_000);
      const at = play.resumes.at(-1)?.[0]?.at ?? 0;
      expect(Date.now() - at).toBeLessThan(61_000);
    });

    it('takes digits, gaps and origin along, and says that it rejoined', async () => {
      const talked = { ...RANG, answeredAt: AT - 3000, drops: 1, from: 'https://shop.example', digits: '42' };
      const play = stage({ resume: kept(talked), prepare: (_, server) => (server.reattached = ['leg-1']) });
      await play.pass();
      play.server.attach('leg-1');
      await play.pass();
      play.platform.peer.flows();
      await play.pass(2000);
      const call = play.call();
      expect(call).toMatchObject({ rejoined: true, from: 'https://shop.example', digitsSent: '42', muted: true });
      expect(call.drops).toHaveLength(1);
    });
  });
});

it('goes on with a new token where the old one ended while the line was away', async () => {
  const play = stage({ options: { login_token: token(60) }, line: {} });
  const { leg } = await play.talk();
  play.server.reply('login', () => ({ error: { code: -32001, message: 'Invalid or expired token' } }));
  play.server.reattached = [leg];
  play.server.socket.drop();
  await play.pass(5000);
  expect(play.phone.snapshot().lines[0]?.session).toMatchObject({ phase: 'stopped' });
  expect(play.call()).toMatchObject({ state: { phase: 'active' }, signalling: 'lost' });
  play.server.restore('login');
  play.phone.configure(settings([lineSettings({ login_token: token(3600) })]));
  await play.pass(1000);
  expect(play.call()).toMatchObject({ state: { phase: 'active' }, signalling: 'up', legs: { id: leg } });
});
