/** Signing in, staying signed in, and what ends it: one line's life on the wire. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { PhoneError } from '../../lib/phone/model/errors';
import type { SessionState } from '../../lib/phone/model/session-state';
import { LINE, lineSettings, settings, stage, type Stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

function session({ phone }: Stage): SessionState {
  const [line] = phone.snapshot().lines;
  if (!line) throw new Error('there is no line');
  return line.session;
}

function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.sig`;
}

describe('signing in', () => {
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
    play.phone.dial({ to: '' });
    await play.pass();
    expect(play.server.last('invite')['dialogParams']).not.toHaveProperty('destination_number');
  });

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
    play.phone.configure(settings([lineSettings({ password: 'right' })]));
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

describe('coming back', () => {
  it('tries within a quarter of a second, then ever more seldom, and gives up after the attempts it was given', async () => {
    const play = stage({ options: { maxReconnectAttempts: 4 } });
    await play.pass();
    play.platform.socketError = new PhoneError('unreachable');
    const waits: number[] = [];
    play.phone.events.on('change', () => {
      const state = session(play);
      if (state.phase === 'waiting' && waits[state.attempt - 1] === undefined)
        waits[state.attempt - 1] = state.retryAt - Date.now();
    });
    play.server.socket.drop();
    await play.pass(60_000);
    expect(waits).toEqual([125, 1000, 2000, 4000]);
    expect(session(play)).toMatchObject({
      phase: 'stopped',
      because: { reason: 'reconnect-exhausted', facts: { attempts: 4, last: 'unreachable' } },
    });
    play.platform.socketError = null;
    play.phone.retry(LINE);
    await play.pass();
    expect(session(play).phase).toBe('ready');
  });

  it('starts counting anew only once it was registered again', async () => {
    const play = stage();
    await play.pass();
    play.server.saysReady = false;
    play.server.socket.drop();
    await play.pass(130);
    play.server.socket.drop();
    await play.pass();
    expect(session(play)).toMatchObject({ phase: 'waiting', attempt: 2 });
    play.server.saysReady = true;
    await play.pass(1000);
    expect(session(play).phase).toBe('ready');
    play.server.socket.drop();
    await play.pass();
    expect(session(play)).toMatchObject({ phase: 'waiting', attempt: 1 });
  });

  it('counts on where the socket opens and the account is not registered', async () => {
    const play = stage();
    await play.pass();
    play.server.gatewayStates = ['TRYING', 'TRYING'];
    play.server.socket.drop();
    await play.pass(130);
    expect(play.server.heard().at(-1)).toBe('gatewayState');
    play.server.socket.drop();
    await play.pass();
    expect(session(play)).toMatchObject({ phase: 'waiting', attempt: 2 });
    await play.pass(1000);
    play.server.socket.drop();
    await play.pass();
    expect(session(play)).toMatchObject({ phase: 'waiting', attempt: 3 });
  });

  it('cuts the longest wait short when the browser says that it is online', async () => {
    const play = stage({ options: { maxReconnectAttempts: 0 } });
    await play.pass();
    play.platform.socketError = new PhoneError('unreachable');
    play.server.socket.drop();
    await play.pass(70_000);
    const state = session(play);
    if (state.phase !== 'waiting') throw new Error(`it is ${state.phase}`);
    expect(state.retryAt - Date.now()).toBeGreaterThan(10_000);
    play.platform.socketError = null;
    play.platform.setOnline(true);
    await play.pass();
    expect(session(play).phase).toBe('ready');
  });

  it('waits out a missing network without using up its attempts, and comes back the moment it is there', async () => {
    const play = stage({ options: { maxReconnectAttempts: 2 } });
    await play.pass();
    play.platform.setOnline(false);
    play.server.socket.drop();
    await play.pass(300_000);
    expect(session(play)).toMatchObject({ phase: 'waiting', because: { reason: 'offline' } });
    play.platform.setOnline(true);
    await play.pass();
    expect(session(play).phase).toBe('ready');
  });

  it('stays away where reconnecting is off', async () => {
    const play = stage({ options: { autoReconnect: false } });
    await play.pass();
    play.server.socket.drop();
    await play.pass(60_000);
    expect(session(play)).toMatchObject({ phase: 'stopped', because: { reason: 'disconnected' } });
    expect(play.platform.sockets).toHaveLength(1);
  });

  it('does not fight over the account: after a punt it waits for the person, and the call lives on its sound', async () => {
    const play = stage({ options: { keepConnectionAliveOnSocketClose: true } });
    const { leg } = await play.talk();
    play.server.say('telnyx_rtc.punt', {});
    await play.pass(60_000);
    expect(session(play)).toEqual({ phase: 'stopped', because: { reason: 'taken-over', facts: {} } });
    expect(play.platform.sockets).toHaveLength(1);
    expect(play.call()).toMatchObject({ state: { phase: 'active' }, signalling: 'lost' });
    play.server.reattached = [leg];
    play.phone.takeOver(LINE);
    await play.pass();
    expect(play.server.last('login')).toMatchObject({ reconnection: true, sessid: 'session-1' });
    expect(play.call()).toMatchObject({ state: { phase: 'active' }, signalling: 'up' });
  });
});

describe('is anybody there', () => {
  it('answers the server’s ping with one of its own and knows the round trip', async () => {
    const play = stage();
    await play.pass();
    play.server.say('telnyx_rtc.ping', { serno: 1 });
    await play.pass();
    expect(play.server.heard()).toEqual(['login', 'gatewayState', 'ping']);
    expect(play.server.acknowledged()).toEqual([]);
    expect(play.phone.snapshot().lines[0]).toMatchObject({ answeredAt: Date.now(), roundTripMs: 0 });
  });

  it.each([
    ['idle', false, 22_000],
    ['in a call', true, 14_000],
  ])('notices a silent server when %s and takes another socket', async (_when, inCall, withinMs) => {
    const play = stage({ options: { keepConnectionAliveOnSocketClose: true } });
    await play.pass();
    if (inCall) {
      const { leg } = await play.talk();
      play.server.reattached = [leg];
    }
    const [first] = play.platform.sockets;
    if (first) first.deaf = true;
    await play.pass(withinMs - 5000);
    expect(play.platform.sockets).toHaveLength(1);
    await play.pass(5000 + 250);
    expect(play.platform.sockets).toHaveLength(2);
    expect(session(play).phase).toBe('ready');
    if (inCall) expect(play.call().state.phase).toBe('active');
  });

  it('notices a server that speaks and answers nothing', async () => {
    const play = stage();
    await play.pass();
    const [first] = play.platform.sockets;
    if (first) first.deaf = true;
    play.server.say('telnyx_rtc.ping', { serno: 1 });
    await play.pass(4000 + 250);
    expect(play.platform.sockets).toHaveLength(2);
  });

  it('sends nothing of its own while the server pings as servers do', async () => {
    const play = stage();
    await play.pass();
    for (let minute = 0; minute < 4; minute += 1) {
      await play.pass(15_000);
      play.server.say('telnyx_rtc.ping', {});
      await play.pass();
    }
    expect(play.server.heard().filter((verb) => verb === 'ping')).toHaveLength(4);
  });

  it('asks at once when the network changed or the computer woke', async () => {
    const play = stage();
    await play.pass();
    play.platform.setOnline(true);
    await play.pass();
    expect(play.server.heard().at(-1)).toBe('ping');
    vi.setSystemTime(Date.now() + 3_600_000);
    await play.pass(18_000);
    expect(play.server.heard().filter((verb) => verb === 'ping')).toHaveLength(2);
  });
});

describe('tokens and signing in again', () => {
  const at = 1_800_000_000_000;

  it('warns two minutes before the token ends and takes a new one without touching the call', async () => {
    const soon = jwt({ exp: (at + 600_000) / 1000, name: 'Ünïcode ÿÿÿ>>>???' });
    const play = stage({ line: { options: { login_token: soon, iceServers: [] } } });
    await play.talk();
    await play.pass(470_000);
    expect(play.phone.snapshot().lines[0]?.notices).toEqual([]);
    await play.pass(10_000);
    expect(play.phone.snapshot().lines[0]?.notices).toMatchObject([
      { kind: 'token-expiring', facts: { expiresAt: at + 600_000 } },
    ]);

    const later = jwt({ exp: (at + 7_200_000) / 1000 });
    play.phone.configure(settings([lineSettings({}, { options: { login_token: later, iceServers: [] } })]));
    await play.pass();
    expect(play.server.last('login')).toMatchObject({ login_token: later, sessid: 'session-1' });
    expect(play.platform.sockets).toHaveLength(1);
    expect(play.call().state.phase).toBe('active');
    expect(play.phone.snapshot().lines[0]?.notices).toEqual([]);
  });

  it('refuses a malformed and an expired token before anything is sent', async () => {
    for (const token of ['nonsense', jwt({ exp: at / 1000 - 1 })]) {
      const play = stage({ line: { options: { login_token: token } } });
      await play.pass();
      expect(session(play)).toMatchObject({ phase: 'stopped', because: { reason: 'bad-option' } });
      expect(JSON.stringify(play.phone.report())).not.toContain(token);
      expect(play.platform.sockets).toHaveLength(0);
      vi.useRealTimers();
    }
  });

  it('signs in once and asks again where the server says so; an empty list ends no call', async () => {
    const play = stage();
    const { id } = await play.talk();
    let refusals = 0;
    play.server.reply('modify', ({ params }) => {
      refusals += 1;
      return refusals === 1
        ? { error: { code: -32000, message: 'Authentication Required' } }
        : { result: { action: params['action'], holdState: 'held' } };
    });
    await Promise.all([play.phone.hold(id, true), play.pass()]);
    expect(play.server.heard().slice(-3)).toEqual(['modify', 'login', 'modify']);
    expect(play.call().state).toMatchObject({ phase: 'active', held: true });
  });

  it('lets settings wait for the end of the call', async () => {
    const play = stage();
    const { id } = await play.talk();
    play.phone.configure(settings([lineSettings({ region: 'eu' })]));
    await play.pass();
    expect(play.phone.snapshot().lines[0]?.notices).toMatchObject([{ kind: 'settings-wait' }]);
    expect(play.call().state.phase).toBe('active');
    play.phone.hangUp(id);
    await play.pass();
    expect(play.platform.socket.url).toContain('eu.rtc.telnyx.com');
    expect(session(play).phase).toBe('ready');
  });
});

it('gives every request an end when the socket goes', async () => {
  const play = stage();
  const { id } = await play.talk();
  play.server.reply('modify', () => null);
  const holding = play.phone.hold(id, true);
  const failed = expect(holding).rejects.toMatchObject({ reason: 'hold-failed' });
  await play.pass();
  play.server.socket.drop();
  await play.pass();
  await failed;
});

it('leaves nothing running when it is closed', async () => {
  const play = stage();
  await play.talk();
  play.phone.close();
  await play.pass(10_000);
  expect(vi.getTimerCount()).toBe(0);
  expect(play.platform.listeners).toBe(0);
  expect(play.platform.openMicrophones).toEqual([]);
  expect(play.platform.peers.every(({ closed }) => closed)).toBe(true);
  expect(play.platform.socket.isOpen).toBe(false);
});

it('keeps no secret in its report', async () => {
  const play = stage({
    options: { iceServers: [{ urls: 'turn:turn.example.com', username: 'u', credential: 'turn-secret' }] },
  });
  await play.talk();
  const report = JSON.stringify(play.phone.report());
  for (const secret of ['example-only', 'turn-secret', 'VSDK-1', 'secret-local', 'secret-server'])
    expect(report).not.toContain(secret);
  expect(report).toContain('telnyx_rtc.invite');
});
