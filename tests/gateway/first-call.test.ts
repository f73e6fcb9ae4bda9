import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../../gateway/gateway';
import { startGateway } from '../../gateway/gateway';
import { Client, dial, dialog } from './client';
import { eventually, hears } from './eventually';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ timing: { ringMs: 20 } });
});
afterAll(() => gateway.close());

describe('a first call', () => {
  it('reaches the tone bot, in the order that clients need', async () => {
    const alice = await Client.signIn(gateway);
    const call = await dial(alice, '2');
    await hears(call.phone.ear, 440);
    const order = gateway
      .frames()
      .filter(({ direction }) => direction === 'out')
      .map(({ frame }) => JSON.stringify(frame))
      .flatMap((frame) => /CALL CREATED|telnyx_rtc\.(?:ringing|media|answer)/.exec(frame)?.[0] ?? []);
    expect(order).toEqual(['CALL CREATED', 'telnyx_rtc.ringing', 'telnyx_rtc.media', 'telnyx_rtc.answer']);
    const bye = await alice.ask('bye', { cause: 'NORMAL_CLEARING', causeCode: 16, ...dialog(call.callId) });
    expect(bye).toMatchObject({ message: 'CALL ENDED', causeCode: 16 });
    expect(gateway.calls().find(({ callId }) => callId === call.callId)).toMatchObject({
      phase: 'ended',
      endedBy: 'client',
    });
    await call.phone.hangUp();
    alice.close();
  });

  it('hears the voice of the client come back from the echo', async () => {
    const alice = await Client.signIn(gateway);
    const call = await dial(alice, '+14155550101', 1000);
    await hears(call.phone.ear, 1000);
    const heard = await eventually('the gateway has heard it too', () => gateway.heard(call.callId));
    expect(heard.hertz).toBeCloseTo(1000, -1);
    await call.phone.hangUp();
    alice.close();
  });
});
