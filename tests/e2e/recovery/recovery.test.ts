/** Calls that hold, in the built extension: what the person hears and sees while line, path and documents break. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../scripts/stage/until';
import type { Actor } from '../harness/actor';
import { DIALECTS, signsIn } from '../harness/dialects';
import { Theatre } from '../harness/theatre';
import { callsTheEcho, makesGood } from './echo-call';

let theatre: Theatre;
let alice: Actor;
let leg: string;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice');
});
afterAll(() => theatre.close());

beforeEach(async () => {
  leg = await callsTheEcho(alice, theatre);
});
afterEach(() => makesGood(alice, theatre));

const atGateway = () => theatre.gateway.calls().find(({ callId }) => callId === leg);
const sockets = () => theatre.gateway.frames().filter(({ direction }) => direction === 'open').length;

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
