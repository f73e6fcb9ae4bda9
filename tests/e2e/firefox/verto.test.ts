/** A FreeSWITCH line in a real Firefox: what becomes of its calls, who is heard each time, and what it does when they break. */

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../../gateway/gateway';
import { Client, dial, hangUpAll } from '../../gateway/client';
import type { LineId } from '../../../lib/phone/model/ids';
import { storageIn } from '../harness/dialects';
import { FirefoxActor } from './actor';
import { patiently } from './patience';

/** What Firefox's own fake microphone hums. */
const HUM_HZ = 1_000;
/** Of the gateway's bots. */
const [TONE, CUSTOMER, EXPERT] = [440, 600, 800];

let gateway: Gateway;
let alice: FirefoxActor;

beforeAll(async () => {
  gateway = await startGateway();
  alice = await FirefoxActor.open(gateway);
  const account = gateway.accounts.find(({ user }) => user === 'alice');
  if (account === undefined) throw new Error('the gateway has no alice');
  await alice.store(storageIn('verto', gateway.port, account));
  await patiently('the FreeSWITCH line is the only one, and ready', async () => {
    const { lines } = await alice.snapshot();
    return lines.length === 1 && lines[0]?.kind === 'verto' && lines[0].session.phase === 'ready';
  });
  await alice.grant();
});
afterAll(async () => {
  await alice.close();
  await gateway.close();
});

afterEach(async () => {
  gateway.faults.clear();
  await hangUpAll();
  await alice.endCalls();
});

const living = () => gateway.calls().find(({ phase }) => phase !== 'ended');

/** What the bot of that name hears, in Hz, once it talks to `peer`. */
const botHears = (name: string, peer: string, hz: number) =>
  patiently(`${name} hears ${String(hz)} Hz of ${peer}`, () => {
    const bots = gateway.bots().filter((one) => one.name === name);
    if (bots.some((one) => one.peer?.name === peer && Math.abs((one.heard.hertz ?? 0) - hz) < 12)) return true;
    throw new Error(JSON.stringify(bots));
  });

async function hearsATone(): Promise<void> {
  const before = await alice.counters();
  await patiently('a tone comes in', async () => {
    const now = await alice.counters();
    return now.packetsReceived > before.packetsReceived + 50 && now.energyReceived > before.energyReceived;
  });
}

it('talks, is held into silence, comes back, presses keys, and is rebuilt after a drop', async () => {
  await alice.dial('2');
  const { id } = await alice.call('active', ({ voice, sound }) => voice && sound === 'flowing');
  await patiently('the only session is that line', () => {
    const [only, ...others] = gateway.sessions().filter(({ online }) => online);
    return others.length === 0 && only?.user === 'alice' && only.dialect === 'verto';
  });
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  await hearsATone();

  await alice.ask('hold', id, true);
  await alice.call('active', ({ state }) => state.held);
  await alice.isSilent();
  await alice.ask('hold', id, false);
  await alice.call('active', ({ state }) => !state.held);
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);

  await alice.ask('sendDigits', id, '42#');
  await patiently('the keys arrive', () => living()?.digits.join('') === '42#');

  const callId = living()?.callId;
  gateway.faults.close();
  await patiently('the gateway saw a new peer', () => living()?.audio.returns.rebuilt === 1);
  await alice.call('active', ({ signalling, sound }) => signalling === 'up' && sound === 'flowing');
  expect((await alice.snapshot()).calls.at(-1)).toMatchObject({ id, legs: { id: callId } });
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  await hearsATone();
});

it('tries a call without a microphone, and knows the codec', async () => {
  const [{ id } = { id: '' as LineId }] = (await alice.snapshot()).lines;
  expect(await alice.ask('tryCall', id, '9196')).toMatchObject({ codec: 'opus' });
  expect((await alice.snapshot()).calls).toEqual([]);
});

it('rings, is answered with the voice of the sidebar, and sends the caller on', async () => {
  await alice.openSidebar();
  gateway.call('alice', '16');
  const { id } = await alice.call('ringing');
  await alice.ask('answer', id);
  await alice.call('active', ({ voice, sound }) => voice && sound === 'flowing');
  await alice.hears(CUSTOMER);
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  await alice.ask('transfer', id, '17');
  expect((await alice.call('ended')).state.cause.kind).toBe('transferred');
  await botHears('Customer', 'Expert', EXPERT);
});

it('asks first, then connects the two others and leaves them talking', async () => {
  const customer = await alice.talksTo('16');
  const expert = await alice.talksTo('17');
  await alice.hears(EXPERT);
  await alice.ask('connect', expert.id, customer.id);
  await botHears('Customer', 'Expert', EXPERT);
  await botHears('Expert', 'Customer', CUSTOMER);
  await patiently('both calls are passed on', async () =>
    (await alice.snapshot()).calls.every(({ state }) => state.phase === 'ended' && state.cause.kind === 'transferred'),
  );
});

it('meets two others in a room, and each hears the others at once', async () => {
  const bob = await Client.signIn(gateway, 'bob', undefined, 'verto');
  const carol = await Client.signIn(gateway, 'carol', undefined, 'verto');
  await alice.talksTo('18');
  const atBob = await dial(bob, '18', 1_300);
  await alice.hears(1_300);
  const atCarol = await dial(carol, '18', 1_900);
  const hears = (who: typeof atBob, ...wanted: readonly number[]) =>
    patiently(`${wanted.join(' and ')} Hz are heard`, () => {
      const { tones } = who.phone.ear.heard(400);
      return wanted.every((hz) => tones.some((tone) => Math.abs(tone - hz) < 12));
    });
  await Promise.all([hears(atBob, HUM_HZ, 1_900), hears(atCarol, HUM_HZ, 1_300)]);
  bob.cut();
  // Left alone with one of them.
  await alice.hears(1_900);
  carol.cut();
});

it('gives way to another sign-in, takes over, and finds another path by itself', async () => {
  const { legs } = await alice.talksTo('2');
  gateway.faults.punt();
  const [line] = (
    await patiently('the line is taken over', async () => {
      const { lines } = await alice.snapshot();
      return lines[0]?.session.phase === 'stopped' ? lines : null;
    })
  ).map(({ id }) => id);
  if (line === undefined) throw new Error('there is no line');
  await alice.ask('takeOver', line);
  await alice.call('active', ({ signalling, sound }) => signalling === 'up' && sound === 'flowing');
  await alice.hears(TONE);
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);

  gateway.faults.stopMedia({ callId: legs.id, until: 'restarted' });
  // A phone that asks for another path has noticed, and says so until sound flows again.
  await patiently('another path is asked for', () => living()?.audio.stoppedUntil === null);
  await alice.call('active', ({ sound }) => sound === 'flowing');
  await alice.hears(TONE);
  expect((await alice.call('active')).legs).toEqual({ id: legs.id, recoveredFrom: null });
});
