/** Options of what becomes of a call when something is lost: each fails where it is ignored. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../gateway/eventually';
import { Desk } from './desk';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.clear());
afterAll(() => desk.close());

const peers = async (): Promise<number> => (await desk.play<unknown[]>('configurations')).length;

async function dropped(options: object, credentials: 'same' | 'new'): Promise<string> {
  await desk.signIn(options);
  const id = await desk.talk();
  await desk.play('hears', 440);
  desk.gateway.faults.attach({ credentials });
  desk.gateway.faults.close({ user: 'alice' });
  return id;
}

describe('keepConnectionAliveOnSocketClose', () => {
  it.each([
    [true, 1],
    [false, 2],
  ])('%s: %s peer connections carry the call', async (keep, count) => {
    const id = await dropped({ keepConnectionAliveOnSocketClose: keep }, 'same');
    await desk.says('telnyx_rtc.attach');
    await desk.play('hears', 440);
    await desk.play('reaches', id, 'active');
    expect(await peers()).toBe(count);
  });
});

describe('autoRecoverCalls', () => {
  it('off: a call that must be rebuilt waits for the person', async () => {
    const id = await dropped({ autoRecoverCalls: false }, 'new');
    await desk.hearsOf('telnyx_rtc.attach');
    await desk.play('reaches', id, 'recovering');
    expect(await peers()).toBe(1);
    expect(desk.said('telnyx_rtc.attach')).toEqual([]);
  });

  it('on: it comes back by itself', async () => {
    const id = await dropped({}, 'new');
    await desk.says('telnyx_rtc.attach');
    await desk.play('reaches', id, 'active');
  });
});

describe('hangupOnBeforeUnload', () => {
  it('on: calls end when the page goes', async () => {
    await desk.signIn({ hangupOnBeforeUnload: true });
    const id = await desk.talk();
    await desk.play('unload');
    await desk.says('telnyx_rtc.bye');
    await eventually('the gateway ended the call', () =>
      desk.gateway.calls().some(({ callId, phase }) => callId === id && phase === 'ended'),
    );
  });

  it('off: the server keeps them', async () => {
    await desk.signIn({ hangupOnBeforeUnload: false });
    const id = await desk.talk();
    await desk.play('unload');
    await desk.play('dtmf', id, '1');
    await desk.says('telnyx_rtc.info');
    expect(desk.said('telnyx_rtc.bye')).toEqual([]);
  });
});

describe('mediaPermissionsRecovery', () => {
  const wait = (timeout: number): object => ({ mediaPermissionsRecovery: { enabled: true, timeout } });

  it('on: the call rings on until the microphone is there, and is taken then', async () => {
    await desk.signIn(wait(20_000));
    const id = await desk.ringing();
    await desk.play('denyMicrophone', true);
    await desk.play('answer', id);
    await desk.play('fails', 42001);
    expect(await desk.play('lastError')).toMatchObject({ recoverable: true });
    await desk.play('denyMicrophone', false);
    await desk.play('answerError', 'resume');
    await desk.play('reaches', id, 'active');
  });

  it('on: it is declined when the time is over', async () => {
    await desk.signIn(wait(300));
    const id = await desk.ringing();
    await desk.play('denyMicrophone', true);
    await desk.play('answer', id);
    await desk.play('ends', id);
    await desk.says('telnyx_rtc.bye');
    expect(desk.params('telnyx_rtc.bye')).toMatchObject({ causeCode: 17 });
  });

  it('off: nothing waits, and nothing ends', async () => {
    await desk.signIn();
    const id = await desk.ringing();
    await desk.play('denyMicrophone', true);
    await desk.play('answer', id);
    await desk.play('fails', 42001);
    expect(await desk.play('lastError')).toMatchObject({ recoverable: false });
    await desk.play('reaches', id, 'ringing');
  });
});
