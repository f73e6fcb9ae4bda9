/** Anything may happen in any order: no call is lost without an end, nothing stays open, nothing throws, all settles. */

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { sdp } from '../fakes/peer';
import type { Stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

type Act = (play: Stage, settled: Promise<unknown>[]) => void;

const newest = ({ phone }: Stage): ReturnType<Stage['call']> | null =>
  phone.snapshot().calls.findLast(({ state }) => state.phase !== 'ended') ?? null;
const leg = (play: Stage): string => newest(play)?.legs.id ?? 'nobody';
const peers = (play: Stage): Stage['platform']['peers'] => play.platform.peers.filter(({ closed }) => !closed);
/** A command as a view gives it: a refusal is an answer. */
const order =
  (give: (play: Stage, id: NonNullable<ReturnType<typeof newest>>['id']) => unknown): Act =>
  (play, settled) => {
    const call = newest(play);
    if (!call) return;
    settled.push(
      (async () => give(play, call.id))().catch((thrown: unknown) => expect(thrown).toHaveProperty('reason')),
    );
  };

/** Offered again at once by whoever comes back to it, as a server does that keeps its calls. */
const keeping =
  (description: string): Act =>
  ({ phone, server }) => {
    const living = phone.snapshot().calls.filter(({ state }) => state.phase !== 'ended');
    server.kept = living.map(({ legs }) => ({ call: legs.id, sdp: description }));
  };

const ACTS: Record<string, Act> = {
  dial: (play, settled) =>
    settled.push((async () => play.phone.dial({ to: '100', digits: 'w1' }))().catch(() => undefined)),
  answer: order(({ phone }, id) => phone.answer(id)),
  hangUp: order(({ phone }, id) => phone.hangUp(id)),
  hold: order(({ phone }, id) => phone.hold(id, true)),
  unhold: order(({ phone }, id) => phone.hold(id, false)),
  mute: order(({ phone }, id) => phone.mute(id, true)),
  digits: order(({ phone }, id) => phone.sendDigits(id, '12')),
  transfer: order(({ phone }, id) => phone.transfer(id, '200')),
  resume: order(({ phone }, id) => phone.resume(id)),
  retry: ({ phone }) => phone.retry('line-1' as Parameters<typeof phone.retry>[0]),
  invited: (play) => play.server.invite(`in-${play.platform.peers.length}-${play.server.requests().length}`),
  ringing: (play) => play.server.ringing(leg(play)),
  media: (play) => play.server.media(leg(play)),
  answered: (play) => play.server.answer(leg(play)),
  'answered with sdp': (play) => play.server.answer(leg(play), sdp('server-9')),
  bye: (play) => play.server.bye(leg(play)),
  attach: (play) => play.server.attach(leg(play)),
  'attach same': (play) => play.server.attach(leg(play), sdp('server-1')),
  'attach strange': (play) => play.server.attach('stranger'),
  drop: (play) => play.server.socket.drop(),
  punt: (play) => play.server.tell('punt', {}),
  deaf: (play) => (play.server.socket.deaf = true),
  listed: (play) => (play.server.reattached = play.phone.snapshot().calls.map(({ legs }) => legs.id)),
  'not listed': (play) => (play.server.reattached = play.server.kept = []),
  kept: keeping(sdp('server-1')),
  'kept anew': keeping(sdp('server-2', 'BB')),
  merge: (play, settled) => {
    const ids = play.phone
      .snapshot()
      .calls.filter(({ state }) => state.phase !== 'ended')
      .map(({ id }) => id);
    settled.push(play.phone.merge(ids).catch((thrown: unknown) => expect(thrown).toHaveProperty('reason')));
  },
  'sleep and wake': () => vi.setSystemTime(Date.now() + 60_000),
  flows: (play) => peers(play).at(-1)?.flows(),
  connects: (play) => peers(play).at(-1)?.connects(),
  stalls: (play) => peers(play).at(-1)?.stalls(),
  fails: (play) => peers(play).at(-1)?.fails(),
  sleeps: (play) => peers(play).at(-1)?.sleeps(),
  unplug: ({ platform }) => platform.openMicrophones[0]?.unplug(),
  offline: ({ platform }) => platform.setOnline(false),
  online: ({ platform }) => platform.setOnline(true),
  'refuse modify': ({ server }) => server.reply('modify', () => ({ error: { code: -32002, message: 'no' } })),
  'withhold modify': ({ server }) => server.reply('modify', () => null),
  'obey modify': ({ server }) => server.restore('modify'),
};

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it.each([[true], [false]])('keeps every promise (keep-alive %s)', { timeout: 60_000 }, async (keepAlive) => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom(...Object.keys(ACTS)), fc.constantFrom(0, 0, 0, 100, 2500, 21_000)),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (acts) => {
        const play = stage({ options: { keepConnectionAliveOnSocketClose: keepAlive, trickleIce: true } });
        const settled: Promise<unknown>[] = [];
        const known = new Set<string>();
        play.phone.events.on('change', ({ calls }) => {
          for (const { id } of calls) known.add(id);
        });
        await play.pass();
        for (const [name, ms] of acts) {
          ACTS[name]?.(play, settled);
          await play.pass(ms);
        }
        // However it went, time ends it: nothing may hang for ever on a server that went mad.
        play.platform.setOnline(true);
        await play.pass(400_000);
        for (const { id, state } of play.phone.snapshot().calls) {
          expect(['ringing', 'active', 'ended']).toContain(state.phase);
          if (state.phase !== 'ended') play.phone.hangUp(id);
        }
        await play.pass(100_000);
        await Promise.all(settled);
        expect(play.ended.map(({ id }) => id).sort()).toEqual([...known].sort());
        expect(play.platform.openMicrophones).toEqual([]);
        expect(peers(play)).toEqual([]);
        expect(play.platform.log.filter(({ level }) => level === 'error')).toEqual([]);
        play.phone.close();
        await play.pass(10_000);
        expect(vi.getTimerCount()).toBe(0);
        vi.useRealTimers();
      }),
      { numRuns: 60 },
    );
  });
});
