/** Not a packet more is lost than must be: counted while a line breaks, on a machine that does nothing else. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { until } from '../../../scripts/stage/until';
import type { Actor } from '../harness/actor';
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

async function lineBack(): Promise<void> {
  await until('the line was lost and is back', async () => {
    const [call] = (await alice.snapshot()).calls;
    return (call?.drops?.length ?? 0) > 0 && call?.signalling === 'up';
  });
}
