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
  for (const page of alice.stage.context.pages()) if (page.url().includes('/popup.html')) await page.close();
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
  const back = await alice.stage.engine.counters();
  await until('sound goes on', async () => {
    const { packetsReceived } = await alice.stage.engine.counters();
    return packetsReceived - back.packetsReceived > 150;
  });
  const after = await alice.stage.engine.counters();
  expect(after).toMatchObject({ peers: 1, packetsLost: before.packetsLost });
  expect(theatre.gateway.heard(leg)).toMatchObject({ lost: 0 });
  expect(atGateway()?.audio.returns).toEqual({ kept: 1, rebuilt: 0 });
});

it('rebuilds for a server with a new transport, and the old peer sends until the new one does', async () => {
  theatre.gateway.faults.attach({ credentials: 'new' });
  const before = await steadilyMissing();
  theatre.gateway.faults.close({});
  await lineBack();
  await until('the gateway saw another peer', () => atGateway()?.audio.returns.rebuilt === 1);
  await until('no peer is left but the new one', async () => (await alice.stage.engine.counters()).peers === 1);
  // Two may be lost in the change; one more at each end of the counting is a matter of counting. What is lost never comes
  // back, however long one waits; what a busy gateway has not read yet does.
  let lost = NaN;
  await until('what was under way is heard', async () => {
    lost = (await missing()) - before;
    return Math.abs(lost) <= 4;
  }).catch((cause: unknown) => {
    throw new Error(`${String(lost)} packets are lost`, { cause });
  });
  await alice.hears(440);
});

/**
 * How many packets less the gateway heard than the microphone gave sound for, up to a constant. The microphone's own count is
 * the clock: on a busy machine it gives less than time passes, and what it never gave is not lost on the way. What is on its
 * way just now is not lost either, so the least of several readings counts.
 */
async function missing(): Promise<number> {
  const heard: { readonly at: number; readonly packets: number }[] = [];
  const note = (): void => {
    heard.push({ at: Date.now(), packets: theatre.gateway.heard(leg, 0)?.packets ?? 0 });
  };
  note();
  const noting = setInterval(note, 5);
  const given = await alice.stage.engine.given().finally(() => clearInterval(noting));
  return Math.min(...given.map(({ at, ms }) => ms / 20 - (heard.findLast((noted) => noted.at <= at)?.packets ?? 0)));
}

/** The same, once two readings agree: a gateway that is behind with its reading catches up in between. */
async function steadilyMissing(): Promise<number> {
  let last = NaN;
  await until('the count is steady', async () => {
    const before = last;
    last = await missing();
    return Math.abs(last - before) <= 1;
  });
  return last;
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
    await until('the sound is back', async () => (await alice.snapshot()).calls.at(-1)?.sound === 'flowing', 40_000);
    await alice.hears(440);
    expect(sockets()).toBe(opened);
    expect((await alice.call('active')).legs).toEqual({ id: leg, recoveredFrom: null });
  });

  it('tells the server of a call that was ended offline, and no microphone opens for it', async () => {
    theatre.gateway.faults.setDown(true);
    await alice.line('waiting');
    await alice.ask('hangUp', (await alice.call('active')).id);
    await until('no peer is left', async () => (await alice.stage.engine.counters()).peers === 0);
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
      60_000,
    );
    expect(call).toMatchObject({ rejoined: true, muted: true, legs: { id: leg } });
    await alice.hears(440);
  });
});
