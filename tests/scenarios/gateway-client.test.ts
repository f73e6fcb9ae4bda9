/** The example of docs/CLIENT.md for Node: real sockets and real packets against the real gateway. */

import { afterEach, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../gateway/gateway';
import { TelnyxClient, type TelnyxCall } from '../../lib/phone';
import { waitUntil } from '../fakes/gateway-stage';
import { NodePlatform } from '../fakes/node-platform';

let gateway: Gateway | null = null;
let client: TelnyxClient | null = null;
afterEach(async () => {
  await client?.disconnect();
  await gateway?.close();
});

it('signs in, calls, presses keys and hangs up in Node', async () => {
  const running = (gateway = await startGateway({ timing: { ringMs: 20 } }));
  const password = running.accounts.find(({ user }) => user === 'alice')?.password ?? '';
  const options = { login: 'alice', password, rtcIp: '127.0.0.1', rtcPort: running.port, debug: true };
  const made = (client = new TelnyxClient(options, { ports: new NodePlatform().ports }));
  const calls: TelnyxCall[] = [];
  made.on('telnyx.ready', () => calls.push(made.newCall({ destinationNumber: '11' })));
  await made.connect();
  await waitUntil('the call is active', () => calls.find(({ state }) => state === 'active') ?? null);
  calls[0]?.dtmf('12#');
  const digits = (): string =>
    running
      .calls()
      .find(({ callId }) => callId === calls[0]?.id)
      ?.digits.join('') ?? '';
  await waitUntil('the keys arrive', () => (digits() === '12#' ? true : null));
  expect(await made.getIsRegistered()).toBe(true);
  await calls[0]?.hangup();
  expect(calls[0]).toMatchObject({ state: 'destroy' });
  await waitUntil('the gateway ended it', () =>
    running.calls().every(({ phase }) => phase === 'ended') ? true : null,
  );
});
