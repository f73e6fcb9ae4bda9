/** Options of who one is and where one connects: each fails where it is ignored. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../gateway/eventually';
import { Desk } from './desk';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.clear());
afterAll(() => desk.close());

/** What the client says when it is made with these options; null where it is content. */
async function refusal(options: object): Promise<string | null> {
  await desk.sit();
  const said = await desk.play<object | null>('refusal', options);
  return said === null ? null : JSON.stringify(said);
}

describe('login and password', () => {
  it('sign in, and come before the token', async () => {
    await desk.signIn({ login: 'alice', password: desk.password, login_token: desk.gateway.mintToken('bob') });
    expect(desk.gateway.sessions()).toMatchObject([{ user: 'alice' }]);
    expect(desk.params('login')).toMatchObject({ login: 'alice', passwd: desk.password });
    expect(desk.params('login')).not.toHaveProperty('login_token');
  });
});

describe('login_token', () => {
  it('signs in alone', async () => {
    await desk.signIn({ login_token: desk.gateway.mintToken('bob') });
    expect(desk.gateway.sessions()).toMatchObject([{ user: 'bob' }]);
  });

  it.each([
    ['malformed', 'not.a-token'],
    ['expired', null],
  ])('is told before anything is sent where it is %s', async (_what, token) => {
    const said = await refusal({ login_token: token ?? desk.gateway.mintToken('bob', -1000) });
    expect(said).toContain('"bad-option"');
    expect(said).toContain('login_token');
    expect(await desk.play('sockets')).toEqual([]);
  });

  it('warns two minutes before its end, and takes another while a call goes on', async () => {
    await desk.signIn({ login_token: desk.gateway.mintToken('alice', 122_000) });
    const id = await desk.talk();
    await desk.play('warns', 34001);
    const renewed = desk.gateway.mintToken('alice', 3_600_000);
    await desk.play('renew', { login_token: renewed });
    expect(desk.params('login')).toMatchObject({ login_token: renewed });
    expect(desk.doors()).toHaveLength(1);
    await desk.play('reaches', id, 'active');
    await desk.play('hears', 440);
  });
});

describe('anonymous_login', () => {
  const assistant = { target_type: 'ai_assistant', target_id: 'assistant-1' };

  it('reaches an assistant with no credentials, which talks and listens in writing', async () => {
    const more = { target_version_id: 'v3', target_params: { conversation_id: 'one' } };
    await desk.signIn({ anonymous_login: { ...assistant, ...more } });
    expect(desk.params('anonymous_login')).toMatchObject({ ...assistant, ...more });
    const id = await desk.talk('');
    await desk.play('tells', 'ai.conversation');
    await desk.play('say', id, 'What is the weather?');
    await desk.says('ai_conversation');
    expect(JSON.stringify(desk.params('ai_conversation'))).toContain('What is the weather?');
  });

  it('is refused for anything but an assistant', async () => {
    const said = await refusal({ anonymous_login: { target_type: 'person', target_id: 'x' } });
    expect(said).toContain('anonymous_login.target_type');
  });
});

describe('what rides on the sign-in', () => {
  it('pushWhenActive, earlySdpAnswer and userVariables', async () => {
    await desk.signIn({ pushWhenActive: true, earlySdpAnswer: true, userVariables: { team: 'support' } });
    expect(desk.params('login')).toMatchObject({
      userVariables: { team: 'support', push_when_active: true, pn_late_fanout: true },
      loginParams: { early_sdp_answer: true },
    });
    await desk.talk();
    expect(desk.dialog('telnyx_rtc.invite')).toMatchObject({ userVariables: { team: 'support' } });
  });

  it('none of them unless it is asked for', async () => {
    await desk.signIn();
    expect(desk.params('login')).toMatchObject({
      userVariables: { push_when_active: false, pn_late_fanout: false },
      loginParams: { early_sdp_answer: false },
    });
  });
});

describe('where it connects', () => {
  it.each<[string, object, string]>([
    ['nothing', {}, 'wss://rtc.telnyx.com/'],
    ['env', { env: 'development' }, 'wss://rtcdev.telnyx.com/'],
    ['region', { region: 'eu' }, 'wss://eu.rtc.telnyx.com/'],
    ['useCanaryRtcServer', { useCanaryRtcServer: true }, 'wss://rtc.telnyx.com/?canary=true'],
    ['rtcIp and rtcPort', { rtcIp: 'sip.example.com', rtcPort: 8443 }, 'wss://sip.example.com:8443/'],
    [
      'rtcHints, which leaves canary out',
      { rtcIp: '192.0.2.10', rtcPort: 8082, rtcHints: true, useCanaryRtcServer: true },
      'wss://rtc.telnyx.com/?rtc_ip=192.0.2.10&rtc_port=8082',
    ],
  ])('is decided by %s', async (_what, options, address) => {
    await desk.sit();
    await desk.play('make', { login: 'alice', password: 'x', ...options });
    await desk.play('connect');
    expect(new URL(await desk.play<string>('opensSocket')).href).toBe(address);
  });

  it('is encrypted, except on this computer itself', async () => {
    const credentials = { login: 'alice', password: 'x' };
    expect(await refusal({ ...credentials, rtcIp: 'ws://example.com' })).toContain('rtcIp');
    await desk.play('make', { ...credentials, rtcIp: '127.0.0.1', rtcPort: desk.gateway.port });
    await desk.play('connect');
    expect(await desk.play('opensSocket')).toBe(`ws://127.0.0.1:${desk.gateway.port}/`);
    await eventually('it comes in', () => desk.doors().length === 1);
  });

  it('goes to the canary without the old routing token first, and with it when it comes back', async () => {
    await desk.signIn({ useCanaryRtcServer: true });
    desk.gateway.faults.close({ user: 'alice' });
    await eventually('it is back', () => desk.doors().length === 2);
    const [first, second] = desk.doors();
    expect(first).toBe('/?canary=true');
    expect(second).toMatch(/^\/\?voice_sdk_id=[^&]+&canary=true$/);
  });

  it.each([true, false])('asks for another machine when it comes back with skipLastVoiceSdkId %s', async (skip) => {
    await desk.signIn({ skipLastVoiceSdkId: skip });
    desk.gateway.faults.close({ user: 'alice' });
    await eventually('it is back', () => desk.doors().length === 2);
    expect(desk.doors()[1]?.includes('skip_last_voice_sdk_id=true')).toBe(skip);
  });
});

describe('a lost connection', () => {
  it('stays lost with autoReconnect off, and says so', async () => {
    await desk.signIn({ autoReconnect: false });
    desk.gateway.faults.close({ user: 'alice' });
    await desk.play('warns', 36005);
    expect(desk.doors()).toHaveLength(1);
  });

  it('is given up after maxReconnectAttempts', async () => {
    await desk.signIn({ maxReconnectAttempts: 1 });
    desk.gateway.faults.setDown(true);
    await desk.play('fails', 45003);
    desk.gateway.faults.setDown(false);
  });
});
