/** The official client is the judge of the gateway: what it accepts here, ours may rely on. */

import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallView, Gateway } from '../../gateway/gateway';
import { startGateway } from '../../gateway/gateway';
import type { Stage } from './browser';
import { openStage } from './browser';
import { until } from '../../scripts/stage/until';
import { eventually, hears } from '../gateway/eventually';

interface SdkCall {
  readonly id: string;
  readonly state: string;
  readonly direction: string;
  readonly cause: string | null;
  readonly causeCode: number | null;
  readonly sipCode: number | null;
  readonly sipReason: string | null;
  readonly states: readonly string[];
}

let gateway: Gateway;
let stage: Stage;
let page: Page;
const pages: Page[] = [];

beforeAll(async () => {
  gateway = await startGateway({ timing: { ringMs: 50 } });
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
  await gateway.close();
});

afterEach(async () => {
  gateway.faults.clear();
  for (const opened of pages.splice(0)) await opened.context().close();
  gateway.faults.restart();
});

/** Calls a function of in-page.js. */
function play<T = void>(name: string, ...given: readonly unknown[]): Promise<T> {
  return page.evaluate<T>(`plays[${JSON.stringify(name)}](...${JSON.stringify(given)})`);
}

async function signIn(
  options: object,
): Promise<{ readonly region: string; readonly dc: string; readonly sessid: string }> {
  page = await stage.page();
  pages.push(page);
  return play('signIn', { host: gateway.url, ...options });
}

const asAlice = () => signIn({ login: 'alice', password: password('alice') });
const password = (user: string) => gateway.accounts.find((account) => account.user === user)?.password;
const callAt = (id: string): CallView | undefined => gateway.calls().find((call) => call.callId === id);
const ear = (id: string) => ({
  heard: (windowMs?: number) => {
    const heard = gateway.heard(id, windowMs);
    if (!heard) throw new Error('no such call');
    return heard;
  },
});

describe('signing in', () => {
  it('takes a user and a password', async () => {
    const ready = await asAlice();
    expect(ready).toMatchObject({ region: 'local', dc: 'lo1' });
    expect(await play('registered')).toBe(true);
    expect(gateway.sessions()).toMatchObject([{ user: 'alice', online: true, sessid: ready.sessid }]);
  });

  it('takes a token', async () => {
    await signIn({ login_token: gateway.mintToken('bob') });
    expect(gateway.sessions()).toMatchObject([{ user: 'bob' }]);
  });

  it('takes a visitor without a name to the assistant', async () => {
    await signIn({ anonymous_login: { target_type: 'ai_assistant', target_id: 'assistant-1' } });
    const id = await play<string>('dial', '');
    await play('reaches', id, 'active');
    expect(callAt(id)?.peer).toMatchObject({ name: 'Assistant' });
  });

  it('refuses a wrong password with the error that the SDK knows', async () => {
    await expect(signIn({ login: 'alice', password: 'wrong' })).rejects.toThrow('46001');
  });

  it('refuses a token that has expired', async () => {
    await expect(signIn({ login_token: gateway.mintToken('bob', -1000) })).rejects.toThrow('46001');
  });
});

describe('calls', () => {
  it('hears its 1 kHz microphone come back from the echo', async () => {
    await asAlice();
    const id = await play<string>('dial', '1');
    const call = await play<SdkCall>('reaches', id, 'active');
    expect(call.states).toEqual(['new', 'requesting', 'trying', 'early', 'active']);
    expect(await play<number>('hears', 1000)).toBeCloseTo(1000, -1);
    await hears(ear(id), 1000);
    await play('hangUp', id);
    expect(await play('ends', id)).toMatchObject({ cause: 'NORMAL_CLEARING', causeCode: 16 });
    await eventually('the gateway is told', () => callAt(id)?.phase === 'ended');
    expect(callAt(id)).toMatchObject({ endedBy: 'client' });
  });

  it('is called, answers, and is heard', async () => {
    await asAlice();
    const [id] = gateway.call('alice', '2');
    const ringing = await play<SdkCall>('rings');
    expect(ringing).toMatchObject({ id, direction: 'inbound' });
    await play('answer', ringing.id);
    await play('reaches', ringing.id, 'active');
    await play('hears', 440);
    await hears(ear(ringing.id), 1000);
  });

  it('rejects a call', async () => {
    await asAlice();
    gateway.call('alice', '2');
    const { id } = await play<SdkCall>('rings');
    await play('hangUp', id);
    await play('ends', id);
    await eventually('the gateway is told', () => callAt(id)?.phase === 'ended');
    expect(callAt(id)).toMatchObject({ cause: 'USER_BUSY', causeCode: 17 });
  });

  it.each([
    ['3', { cause: 'USER_BUSY', causeCode: 17, sipCode: 486, sipReason: 'Busy Here' }],
    ['12', { cause: 'CALL_REJECTED', causeCode: 21, sipCode: 603, sipReason: 'Decline' }],
    ['13', { cause: 'UNALLOCATED_NUMBER', causeCode: 1, sipCode: 404, sipReason: 'Not Found' }],
  ])('is told why %s does not answer', async (number, why) => {
    await asAlice();
    const id = await play<string>('dial', number);
    expect(await play('ends', id)).toMatchObject(why);
  });

  it('holds and takes back', async () => {
    await asAlice();
    const id = await play<string>('dial', '2');
    await play('reaches', id, 'active');
    await play('hears', 440);
    expect(await play('hold', id)).toBe(true);
    await play('reaches', id, 'held');
    await play('hearsNothing');
    expect(await play('unhold', id)).toBe(true);
    await play('reaches', id, 'active');
    await play('hears', 440);
  });

  it('sends DTMF in order', async () => {
    await asAlice();
    const id = await play<string>('dial', '11');
    await play('reaches', id, 'active');
    for (const digit of '12#*') await play('dtmf', id, digit);
    await eventually('the keys arrive', () => callAt(id)?.digits.join('') === '12#*');
  });

  it('speaks to another account', async () => {
    await asAlice();
    const alice = page;
    await signIn({ login: 'bob', password: password('bob') });
    const bob = page;
    page = alice;
    const id = await play<string>('dial', 'bob');
    page = bob;
    const ringing = await play<SdkCall>('rings');
    await play('answer', ringing.id);
    await play('hears', 1000);
    page = alice;
    await play('hears', 1000);
    await play('hangUp', id);
    page = bob;
    expect(await play('ends', ringing.id)).toMatchObject({ cause: 'NORMAL_CLEARING' });
  });

  it('works with the debug stream on', async () => {
    await asAlice();
    const id = await play<string>('dial', '2', { debug: true });
    await play('reaches', id, 'active');
    await play('hears', 440);
    await play('hangUp', id);
    await play('ends', id);
  });

  it('works with trickled candidates', async () => {
    await asAlice();
    const id = await play<string>('dial', '1', { trickleIce: true });
    await play('reaches', id, 'active');
    await play('hears', 1000);
  });
});

describe('a lost socket', () => {
  it.each(['same', 'new'] as const)(
    'brings the call back when it is offered with %s credentials',
    async (credentials) => {
      await asAlice();
      const id = await play<string>('dial', '2');
      await play('reaches', id, 'active');
      await play('hears', 440);
      gateway.faults.attach({ credentials });
      gateway.faults.close({ user: 'alice' });
      await eventually('the SDK is back with a new peer', () => callAt(id)?.audio.returns.rebuilt === 1);
      await until('the SDK has been recovering and is active again', async () => {
        const { states } = await play<SdkCall>('reaches', id, 'active');
        return states.slice(-2).join() === 'recovering,active';
      });
      await play('hears', 440);
      gateway.resetHeard(id);
      await hears(ear(id), 1000);
      expect(await play('errors')).toEqual([]);
    },
  );

  it('ends the call when the server has forgotten it', async () => {
    await asAlice();
    const id = await play<string>('dial', '2');
    await play('reaches', id, 'active');
    gateway.faults.restart();
    await play('ends', id);
    expect(await play('fails', 48501)).toEqual({ code: 48501, name: 'SESSION_NOT_REATTACHED' });
  });
});

describe('a dead media path', () => {
  it('is mended by an ICE restart', async () => {
    await asAlice();
    const id = await play<string>('dial', '2');
    await play('reaches', id, 'active');
    await play('hears', 440);
    gateway.faults.stopMedia({ callId: id, until: 'restarted' });
    await play('hearsNothing');
    await play('hears', 440);
    expect(callAt(id)?.audio).toMatchObject({ stoppedUntil: null, returns: { kept: 0, rebuilt: 0 } });
    const restarts = gateway
      .frames()
      .filter(({ frame }) => JSON.stringify(frame).includes('"action":"updateMedia","callID"'));
    expect(restarts.length).toBeGreaterThan(0);
    await hears(ear(id), 1000);
  });
});
