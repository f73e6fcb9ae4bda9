/** What goes wrong gets its name and the one action that mends it; afterwards everything works without a restart. */

import { afterEach, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { PLAYED } from './harness/dialects';
import { Theatre } from './harness/theatre';

const PREFIX = PLAYED === 'telnyx' ? 'telnyx_rtc.' : 'verto.';

let theatre: Theatre;
afterEach(() => theatre.close());

async function callsEcho(actor: Actor): Promise<void> {
  const id = await actor.ask('dial', { to: '2' });
  await actor.call('active');
  await actor.hears(440);
  await actor.ask('hangUp', id);
  await actor.call('ended');
}

it('names a wrong password, stops trying, and signs in with the right one', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice', { password: 'wrong' });
  const { because } = await alice.line('stopped');
  expect(because.reason).toBe('login-refused');
  const popup = await alice.popup();
  await popup.getByText('was refused').first().waitFor();
  await popup.getByRole('button', { name: 'Update password' }).waitFor();
  const tries = theatre.gateway.frames().filter(({ direction }) => direction === 'open').length;
  expect(tries).toBe(1);

  await alice.stage.store(alice.preset(theatre.gateway.port));
  await alice.line('ready');
  await callsEcho(alice);
});

it('names a server that is down, goes on trying, and is ready when it is back', async () => {
  theatre = await Theatre.open();
  theatre.gateway.faults.setDown(true);
  const alice = await theatre.actor('alice');
  const { because, retryAt } = await alice.line('waiting');
  expect(['unreachable', 'disconnected']).toContain(because.reason);
  expect(retryAt).toBeGreaterThan(Date.now() - 60_000);
  const popup = await alice.popup();
  await popup
    .getByText('The server cannot be reached')
    .or(popup.getByText('The server line dropped'))
    .first()
    .waitFor();
  await popup.getByRole('button', { name: 'Try again' }).click();

  theatre.gateway.faults.setDown(false);
  // The press may have been one try too early; the pause before the next is half a minute at most.
  await alice.line('ready', 60_000);
  await callsEcho(alice);
});

it('drops frames that are not in the protocol and goes on', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice');
  await alice.line('ready');
  const frames = [
    'not JSON',
    '{"jsonrpc":"2.0"',
    '[]',
    'null',
    `{"jsonrpc":"2.0","id":1,"method":"${PREFIX}invite","params":null}`,
    `{"jsonrpc":"2.0","id":2,"method":"${PREFIX}invite","params":{"callID":7,"sdp":[]}}`,
    `{"jsonrpc":"2.0","id":3,"method":"${PREFIX}bye","params":{"callID":"nobody"}}`,
    `{"jsonrpc":"2.0","id":4,"method":"${PREFIX}attach","params":{"callID":"nobody","sdp":"v=0"}}`,
    '{"jsonrpc":"2.0","id":"unasked","result":{"params":{"state":{}}}}',
    '{"jsonrpc":"2.0","id":5,"method":"__proto__","params":{"__proto__":{"polluted":true}}}',
  ];
  for (const text of frames) expect(theatre.gateway.faults.garble({ text })).toBe(1);
  await callsEcho(alice);
  const opened = theatre.gateway.frames().filter(({ direction }) => direction === 'open').length;
  expect(opened).toBe(1);
});

it('ends a call whose answer cannot be read, with its reason, and the next one works', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice');
  await alice.line('ready');
  theatre.gateway.onFrame(({ direction, frame }) => {
    if (direction === 'out' && JSON.stringify(frame).includes('CALL CREATED')) answerWithNonsense();
  });
  let done = false;
  const answerWithNonsense = (): void => {
    const callID = theatre.gateway.calls()[0]?.callId;
    if (done || callID === undefined) return;
    done = true;
    const params = { callID, sdp: 'v=0\r\nnonsense' };
    theatre.gateway.faults.garble({
      text: JSON.stringify({ jsonrpc: '2.0', id: 900, method: `${PREFIX}answer`, params }),
    });
  };
  await alice.ask('dial', { to: '2' });
  const { state } = await alice.call('ended');
  expect(state.cause).toMatchObject({ kind: 'failed', error: { reason: 'negotiation' } });
  await until('the gateway knows that it is over', () =>
    theatre.gateway.calls().every(({ phase }) => phase === 'ended'),
  );
  await callsEcho(alice);
});
