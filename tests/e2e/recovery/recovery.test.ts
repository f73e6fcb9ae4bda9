/** Calls that hold, in the built extension: what the person hears and sees while line, path and documents break. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../scripts/stage/until';
import type { Actor } from '../harness/actor';
import { DIALECTS, signsIn } from '../harness/dialects';
import { Theatre } from '../harness/theatre';

let theatre: Theatre;
let alice: Actor;
let leg: string;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice');
});
afterAll(() => theatre.close());

beforeEach(async () => {
  await alice.line('ready');
  await alice.ask('dial', { to: '2' });
  leg = (await alice.call('active')).legs.id;
  await until('the gateway hears alice', () => (theatre.gateway.heard(leg)?.packets ?? 0) > 20);
});
afterEach(async () => {
  theatre.gateway.faults.clear();
  await alice.line('ready');
  await alice.endCalls();
});

const atGateway = () => theatre.gateway.calls().find(({ callId }) => callId === leg);
const sockets = () => theatre.gateway.frames().filter(({ direction }) => direction === 'open').length;

async function lineBack(): Promise<void> {
  await until('the line was lost and is back', async () => {
    const [call] = (await alice.snapshot()).calls;
    return (call?.drops?.length ?? 0) > 0 && call?.signalling === 'up';
  });
}

it('keeps its peer through a drop, and not a packet is lost either way', async () => {
  theatre.gateway.resetHeard(leg);
  const before = await alice.stage.engine.counters();
  theatre.gateway.faults.close({});
  await lineBack();
  await until('the gateway saw the kept peer', () => atGateway()?.audio.returns.kept === 1);
  // Where a kept peer stays silent for two seconds it is rebuilt: longer than that.
  await until('sound goes on', async () => {
    const { packetsReceived } = await alice.stage.engine.counters();
    return packetsReceived - before.packetsReceived > 150;
  });
  const after = await alice.stage.engine.counters();
  expect(after).toMatchObject({ peers: 1, packetsLost: before.packetsLost });
  expect(theatre.gateway.heard(leg)).toMatchObject({ lost: 0 });
  expect(atGateway()?.audio.returns).toEqual({ kept: 1, rebuilt: 0 });
});

it('rebuilds for a server with a new transport, and the old peer sends until the new one does', async () => {
  theatre.gateway.faults.attach({ credentials: 'new' });
  const heardFor = await listening();
  theatre.gateway.faults.close({});
  await lineBack();
  await until('the gateway saw another peer', () => atGateway()?.audio.returns.rebuilt === 1);
  const { packets, lost, ms } = await heardFor(3_000);
  // Two may be lost in the change; one more at each end of the listening is a matter of counting.
  expect(lost + Math.max(0, Math.floor(ms / 20) - packets)).toBeLessThanOrEqual(4);
  expect((await alice.stage.engine.counters()).peers).toBe(1);
  await alice.hears(440);
});

/** Counts what the gateway hears, from one packet's arrival to another's. */
async function listening(): Promise<(leastMs: number) => Promise<{ packets: number; lost: number; ms: number }>> {
  const arrival = () => until('a packet arrives', () => (theatre.gateway.heard(leg)?.quietForMs ?? 99) < 3);
  await arrival();
  theatre.gateway.resetHeard(leg);
  const from = performance.now();
  return async (leastMs) => {
    await until('it was listened for long enough', () => performance.now() - from > leastMs);
    await arrival();
    const heard = theatre.gateway.heard(leg);
    return { packets: heard?.packets ?? 0, lost: heard?.lost ?? 0, ms: performance.now() - from };
  };
}

describe.each(DIALECTS)('over %s', (dialect) => {
  beforeAll(() => signsIn(alice, theatre, dialect));

  const bothStrands = () =>
    until('both strands are back', async () => {
      const call = await alice.call('active');
      return call.signalling === 'up' && call.sound === 'flowing' ? call : null;
    });

  it('gives way to another sign-in, and takes over with one button', async () => {
    const popup = await alice.popup();
    theatre.gateway.faults.punt({});
    const { because } = await alice.line('stopped');
    expect(because.reason).toBe('taken-over');
    // FreeSWITCH sends no sound to a call whose socket is gone.
    if (dialect === 'telnyx') await alice.hears(440);
    await popup.getByRole('button', { name: 'Use this phone here' }).click();
    await alice.line('ready');
    expect(await bothStrands()).toMatchObject({ legs: { id: leg } });
    await alice.hears(440);
    await popup.close();
  });

  it('comes back from the loss of line and sound though the service worker is killed meanwhile', async () => {
    theatre.gateway.faults.stopMedia({ callId: leg, until: 'resumed' });
    theatre.gateway.faults.setDown(true);
    await alice.call('recovering');
    await alice.leaveDesk();
    await alice.stage.killWorker();
    theatre.gateway.faults.resumeMedia();
    theatre.gateway.faults.setDown(false);
    await alice.line('ready');
    expect(await bothStrands()).toMatchObject({ legs: { id: leg } });
    await alice.hears(440);
  });

  it('finds another path by itself when the one it had is dead, on the same line', async () => {
    const opened = sockets();
    theatre.gateway.faults.stopMedia({ callId: leg, until: 'restarted' });
    await until('the sound is gone', async () => (await alice.snapshot()).calls.at(-1)?.sound === 'stalled');
    await until('the sound is back', async () => (await alice.snapshot()).calls.at(-1)?.sound === 'flowing', 25_000);
    await alice.hears(440);
    expect(sockets()).toBe(opened);
    expect((await alice.call('active')).legs).toEqual({ id: leg, recoveredFrom: null });
  });

  it('tells the server of a call that was ended offline, and no microphone opens for it', async () => {
    theatre.gateway.faults.setDown(true);
    await alice.line('waiting');
    await alice.ask('hangUp', (await alice.call('active')).id);
    expect((await alice.stage.engine.counters()).peers).toBe(0);
    theatre.gateway.faults.setDown(false);
    await alice.line('ready');
    await until('the server knows of the end', () => atGateway()?.endedBy === 'client');
    expect((await alice.stage.engine.counters()).peers).toBe(0);
    expect((await alice.call('ended')).state.cause.kind).toBe('hung-up-here');
  });

  it('comes back to its call when the engine is destroyed, muted and under the same card', async () => {
    const { id } = await alice.call('active');
    await alice.stage.engine.destroy();
    const call = await until(
      'the call is taken back',
      async () => {
        const found = (await alice.snapshot()).calls.find((one) => one.id === id);
        return found?.state.phase === 'active' && found.sound === 'flowing' ? found : null;
      },
      30_000,
    );
    expect(call).toMatchObject({ rejoined: true, muted: true, legs: { id: leg } });
    await alice.hears(440);
  });
});
