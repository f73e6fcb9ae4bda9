/** A FreeSWITCH line in a real Firefox: heard both ways, held, its keys pressed, and its call rebuilt after a drop. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../../gateway/gateway';
import { storageIn } from '../harness/dialects';
import { FirefoxActor } from './actor';
import { patiently } from './patience';

/** What Firefox's own fake microphone hums. */
const HUM_HZ = 1_000;

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

const living = () => gateway.calls().find(({ phase }) => phase !== 'ended');

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
  expect(gateway.sessions().filter(({ online }) => online)).toMatchObject([{ user: 'alice', dialect: 'verto' }]);
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
  await alice.ask('hangUp', id);
  await alice.call('ended');
});
