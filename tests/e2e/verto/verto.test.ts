/** FreeSWITCH's dialect in the built extension: voices measured, and a socket that falls in the middle. */

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from '../../../scripts/stage/until';
import { gatewayStorage } from '../../../lib/extension/preset';
import type { Actor } from '../harness/actor';
import { Theatre } from '../harness/theatre';

let theatre: Theatre;
let alice: Actor;

beforeAll(async () => {
  theatre = await Theatre.open();
  const { port } = theatre.gateway;
  alice = await theatre.actor('alice', { speaks: 1_000, account: false });
  const { lines, secrets } = gatewayStorage(port, 'alice', alice.account.password);
  const verto = { url: `ws://127.0.0.1:${String(port)}/verto`, domain: '127.0.0.1' };
  await alice.stage.store({ lines: lines.map((line) => ({ ...line, kind: 'verto', verto, options: {} })), secrets });
  await alice.line('ready');
});
afterEach(() => alice.endCalls());
afterAll(() => theatre.close());

const atGateway = () => theatre.gateway.calls()[0];

it('signs in, hears 440 Hz from the tone and its own 1 kHz from the echo', async () => {
  expect(theatre.gateway.sessions()).toMatchObject([{ user: 'alice', dialect: 'verto' }]);
  const tone = await alice.ask('dial', { to: '2' });
  await alice.call('active');
  expect(await alice.hears(440)).toBeCloseTo(440, -1);
  await alice.ask('hangUp', tone);
  await alice.call('ended');
  await alice.ask('dial', { to: '1' });
  await alice.call('active');
  expect(await alice.hears(1_000)).toBeCloseTo(1_000, -1);
});

it('rings, is answered, and both are heard', async () => {
  const [callId = ''] = theatre.gateway.call('alice', '2');
  const { id } = await alice.call('ringing');
  await alice.ask('answer', id);
  await alice.call('active');
  expect(await alice.hears(440)).toBeCloseTo(440, -1);
  await until('the bot hears 1 kHz', () => {
    const hz = theatre.gateway.heard(callId)?.hertz ?? 0;
    return Math.abs(hz - 1_000) < 20;
  });
});

it('holds into silence, comes back, and presses keys', async () => {
  const id = await alice.ask('dial', { to: '2' });
  await alice.call('active');
  await alice.hears(440);
  await alice.ask('hold', id, true);
  await alice.hearsNothing();
  expect(atGateway()).toMatchObject({ held: true });
  await alice.ask('hold', id, false);
  await alice.hears(440);
  await alice.ask('sendDigits', id, '42#');
  await until('the keys arrive', () => atGateway()?.digits.join('') === '42#');
});

it('loses its socket, and has its call rebuilt with the voice in it', async () => {
  const id = await alice.ask('dial', { to: '2' });
  const { legs } = await alice.call('active');
  await alice.hears(440);
  theatre.gateway.faults.close({});
  await until('the gateway saw a new peer', () => atGateway()?.audio.returns.rebuilt === 1);
  await alice.line('ready');
  expect(await alice.hears(440)).toBeCloseTo(440, -1);
  const call = await alice.call('active');
  expect(call).toMatchObject({ id, legs: { id: legs.id }, signalling: 'up', sound: 'flowing' });
});
