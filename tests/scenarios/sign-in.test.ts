/** Signing in: what is said, what is waited for, and what a refusal comes to. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, lineOver, stageOver } from '../fakes/dialects';
import { session } from '../fakes/line-state';
import type { ClientOptions } from '../../lib/phone/options';
import { lineSettings, settings, stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('stops with the server’s words where the password is wrong, and works once it is right', async () => {
    const play = stage({
      prepare: (_platform, server) => {
        server.reply('login', () => ({ error: { code: -32001, message: 'Login Incorrect' } }));
      },
    });
    await play.pass(60_000);
    expect(session(play)).toEqual({
      phase: 'stopped',
      because: { reason: 'login-refused', facts: { method: 'login', code: -32001, message: 'Login Incorrect' } },
    });
    expect(play.platform.sockets).toHaveLength(1);
    expect(play.platform.socket.isOpen).toBe(false);
    play.server.restore('login');
    play.phone.configure(settings([lineOver(dialect, { password: 'right' })]));
    await play.pass();
    expect(session(play).phase).toBe('ready');
  });

  it('names every fault of its options and signs in nowhere', async () => {
    const play = stage({ options: { region: 'mars', rtcPort: 0 } });
    await play.pass();
    expect(session(play)).toMatchObject({ phase: 'stopped', because: { reason: 'bad-option' } });
    expect(JSON.stringify(session(play))).toContain('rtcPort');
    expect(play.platform.sockets).toHaveLength(0);
    expect(() => play.phone.dial({ to: '1' })).toThrow(expect.objectContaining({ reason: 'bad-option' }) as Error);
  });

  it('does not wait for ever for a server that accepts and then says nothing', async () => {
    const play = stage({
      prepare: (_platform, server) => {
        server.reply('login', () => null);
      },
    });
    await play.pass(9_999);
    expect(session(play).phase).toBe('signing-in');
    await play.pass(10_001);
    expect(play.platform.sockets.length).toBeGreaterThan(1);
  });
});

describe('to Telnyx', () => {
  /** The stage's clock begins at 1,800,000,000 seconds. */
  const token = (seconds: number): string =>
    `e30.${Buffer.from(JSON.stringify({ exp: 1_800_000_000 + seconds })).toString('base64url')}.sig`;
  const withToken = (login_token: string): ClientOptions => ({ login: '', password: '', login_token });

  it.each([
    ['token-malformed', 'not.a-token'],
    ['token-expired', token(-1)],
  ])('names a %s by its name, and goes nowhere with it', async (reason, login_token) => {
    const play = stage({ options: withToken(login_token) });
    await play.pass(60_000);
    expect(session(play)).toMatchObject({ phase: 'stopped', because: { reason } });
    expect(play.platform.sockets).toHaveLength(0);
    expect(JSON.stringify(play.phone.snapshot())).not.toContain(login_token);
  });

  it('says no word with a token that ran out while it was away, and is ready with another', async () => {
    const play = stage({ options: withToken(token(60)) });
    await play.pass();
    expect(session(play).phase).toBe('ready');
    await play.pass(61_000);
    play.server.socket.drop();
    await play.pass(60_000);
    expect(session(play)).toMatchObject({ phase: 'stopped', because: { reason: 'token-expired' } });
    expect(play.server.heard().filter((verb) => verb === 'login')).toHaveLength(1);
    play.phone.configure(settings([lineSettings(withToken(token(3600)))]));
    await play.pass();
    expect(session(play).phase).toBe('ready');
  });

  it('says exactly what the protocol asks for with a password', async () => {
    const play = stage();
    await play.pass();
    expect(play.server.last('login')).toEqual({
      login: 'agent042',
      passwd: 'example-only',
      userVariables: { push_when_active: false, pn_late_fanout: false },
      loginParams: { early_sdp_answer: false },
      reconnection: false,
      'User-Agent': { sdkVersion: '0.1.0', data: 'Holdfast' },
    });
    expect(play.server.requests('gatewayState')[0]).toMatchObject({ voice_sdk_id: 'VSDK-1', params: {} });
    expect(session(play)).toMatchObject({ phase: 'ready' });
    expect(play.phone.snapshot().lines[0]).toMatchObject({
      server: { host: 'rtc.telnyx.com', region: 'local', dc: 'lo1' },
    });
  });

  it('shows the address that it really used, but for the routing token', async () => {
    const play = stage({ options: { useCanaryRtcServer: true, skipLastVoiceSdkId: true, region: 'eu' } });
    await play.pass();
    const address = (): unknown => play.phone.snapshot().lines[0]?.server?.host;
    expect(address()).toBe('eu.rtc.telnyx.com/?canary=true');
    play.platform.socket.drop();
    await play.pass(1000);
    expect(play.platform.socket.url).toContain('voice_sdk_id=VSDK-1');
    expect(address()).toBe('eu.rtc.telnyx.com/?canary=true&skip_last_voice_sdk_id=true');
  });

  it('signs in an assistant without credentials', async () => {
    const play = stage({
      line: {
        kind: 'assistant',
        options: {
          anonymous_login: { target_type: 'ai_assistant', target_id: 'a-1', target_params: { conversation_id: 'c' } },
        },
      },
    });
    await play.pass();
    expect(play.server.requests()[0]).toMatchObject({
      method: 'anonymous_login',
      params: {
        target_type: 'ai_assistant',
        target_id: 'a-1',
        target_params: { conversation_id: 'c' },
        reconnection: false,
      },
    });
    expect(session(play).phase).toBe('ready');
    expect(play.phone.snapshot().lines[0]?.continues).toBe(true);
    play.phone.dial({ to: '' });
    await play.pass();
    expect(play.server.last('invite')['dialogParams']).not.toHaveProperty('destination_number');
  });

  it('asks again while the account is not registered yet', async () => {
    const play = stage({
      prepare: (_platform, server) => {
        server.gatewayStates = ['UNREGED', 'TRYING', 'NOREG', 'REGED'];
      },
    });
    await play.pass(13_000);
    expect(play.server.heard()).toEqual(['login', 'gatewayState', 'gatewayState', 'gatewayState', 'gatewayState']);
    expect(session(play).phase).toBe('ready');
  });

  it('takes the gateway’s own word that it registered', async () => {
    const play = stage({
      prepare: (_platform, server) => {
        server.gatewayStates = ['TRYING'];
      },
    });
    await play.pass();
    play.server.say('telnyx_rtc.gatewayState', { state: 'REGED' });
    await play.pass();
    expect(session(play).phase).toBe('ready');
    expect(play.server.heard()).toEqual(['login', 'gatewayState']);
  });

  it('goes to another node where the gateway failed', async () => {
    const play = stage({
      prepare: (_platform, server) => {
        server.gatewayStates = ['FAIL_WAIT'];
      },
    });
    await play.pass(2000);
    expect(play.platform.socket.url).toContain('voice_sdk_id=VSDK-1');
    expect(play.platform.socket.url).toContain('skip_last_voice_sdk_id=true');
    expect(session(play).phase).toBe('ready');
  });
});
