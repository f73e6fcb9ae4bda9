import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PhoneError } from '../../../lib/phone/model/errors';
import { requireOptions, validateOptions } from '../../../lib/phone/options';
import { serverUrl, type Routing } from '../../../lib/phone/server-url';
import type { ClientOptions } from '../../../lib/phone/options';

const LOGIN = { login: 'agent042', password: 'p' };
const ROUTING: Routing = { sticky: null, firstConnection: true, skipLast: false };

function url(options: Partial<ClientOptions>, routing: Partial<Routing> = {}): string {
  return serverUrl(requireOptions({ ...LOGIN, ...options }).server, { ...ROUTING, ...routing });
}
function faults(options: unknown): Record<string, string> {
  return Object.fromEntries(validateOptions(options).faults.map(({ option, allowed }) => [option, allowed]));
}

describe('defaults', () => {
  it('are the seed’s', () => {
    expect(requireOptions(LOGIN)).toMatchObject({
      server: { env: 'production', region: null, canary: false, hints: false },
      reconnect: { enabled: true, attempts: 10 },
      media: { relayOnly: false, prefetch: false, trickle: false, muted: false },
      recovery: { keepAlive: false, auto: true },
      debug: 'off',
      hangUpOnUnload: true,
    });
  });
  it('take an empty list of ICE servers for what it says, and others by environment', () => {
    expect(requireOptions({ ...LOGIN, iceServers: [] }).media.iceServers).toEqual([]);
    expect(JSON.stringify(requireOptions({ ...LOGIN, env: 'development' }).media.iceServers)).toContain(
      'stundev.telnyx.com',
    );
  });
});

describe('credentials', () => {
  const token = `e30.${Buffer.from('{"exp":2000000000}').toString('base64url')}.sig`;
  it('login and password come before the token, the token before the assistant', () => {
    const assistant = { target_type: 'ai_assistant', target_id: 'a' };
    expect(requireOptions({ ...LOGIN, login_token: 'malformed, and not used' }).account.credentials.kind).toBe(
      'password',
    );
    expect(requireOptions({ login_token: token, anonymous_login: assistant }).account.credentials.kind).toBe('token');
    expect(requireOptions({ anonymous_login: assistant }).account.credentials).toEqual({
      kind: 'assistant',
      target: 'a',
      version: null,
      params: null,
    });
  });
  it.each<[string, object, string[]]>([
    ['none', {}, ['login']],
    ['a login alone', { login: 'x' }, ['password']],
    ['a password alone', { password: 'x' }, ['login']],
    ['a malformed token', { login_token: 'a.b' }, ['login_token']],
    [
      'another kind of target',
      { anonymous_login: { target_type: 'human', target_id: 'x' } },
      ['anonymous_login.target_type'],
    ],
    ['a target without id', { anonymous_login: { target_type: 'ai_assistant' } }, ['anonymous_login.target_id']],
  ])('%s is told', (_what, options, expected) => {
    expect(Object.keys(faults(options))).toEqual(expected);
  });
  it('tells an expired token, and not its text', () => {
    const { faults: found } = validateOptions({ login_token: token }, 2_000_000_000_001);
    expect(found).toMatchObject([
      { option: 'login_token', value: '(hidden)', allowed: 'a token that has not expired' },
    ]);
  });
});

describe('faults', () => {
  it('are all named at once, unknown options too', () => {
    const found = faults({
      ...LOGIN,
      region: 'mars',
      rtcPort: 70_000,
      rtcIp: 'ws://example.com',
      env: 'staging',
      debugOutput: 'printer',
      trickleIce: 'yes',
      maxReconnectAttempts: -1,
      iceServers: [{ urls: 'http://x' }, { urls: 'turn:x' }, { urls: ['stun:ok', 7] }],
      ringtoneFile: 'ftp://bells.example/ring.wav',
      mediaPermissionsRecovery: { enabled: true, timeout: 60_000 },
      userVariables: { a: {} },
      customHeaders: [{ name: 'Ticket', value: '8' }, { name: 'X-A', value: 'a\r\nVia: b' }, { name: 'X-B' }],
      clientState: 'not Base64',
      preferred_codecs: [{ mimeType: 'video/VP8' }],
      keepAlive: true,
    });
    expect(Object.keys(found).sort()).toEqual(
      [
        'clientState',
        'customHeaders[0].name',
        'customHeaders[1].value',
        'customHeaders[2].value',
        'debugOutput',
        'env',
        'iceServers[0].urls',
        'iceServers[1].credential',
        'iceServers[1].username',
        'iceServers[2].urls',
        'keepAlive',
        'maxReconnectAttempts',
        'mediaPermissionsRecovery',
        'preferred_codecs[0].mimeType',
        'region',
        'ringtoneFile',
        'rtcIp',
        'rtcPort',
        'trickleIce',
        'userVariables',
      ].sort(),
    );
    expect(found['region']).toContain('us-east');
  });
  it.each([
    'https://bells.example/ring.mp3',
    '/ring',
    './sounds/ring.mp3',
    'ring.wav?v=2',
    'data:audio/wav;base64,UklG',
  ])('are none where a sound is at %s', (ringbackFile) => {
    expect(requireOptions({ ...LOGIN, ringbackFile }).sounds.ringback).toBe(ringbackFile);
  });
  it.each(['javascript:x.mp3', 'ring.ogg', 'a b.wav', 'file:///ring.wav'])('tell a sound at %s', (ringbackFile) => {
    expect(faults({ ...LOGIN, ringbackFile })).toHaveProperty('ringbackFile');
  });
  it('tell that relay only needs a relay', () => {
    expect(faults({ ...LOGIN, forceRelayCandidate: true })).toHaveProperty('forceRelayCandidate');
    const turn = [{ urls: 'turn:turn.example.com:3478?transport=udp', username: 'u', credential: 'c' }];
    expect(requireOptions({ ...LOGIN, forceRelayCandidate: true, iceServers: turn }).media.relayOnly).toBe(true);
  });
  it('do not repeat the value of a header, which may be a secret', () => {
    const { faults: found } = validateOptions({ ...LOGIN, customHeaders: [{ name: 'X-Key', value: 'hush\n' }] });
    expect(found).toMatchObject([{ option: 'customHeaders[0].value', value: null }]);
  });
  it('are thrown as one named error, without secrets', () => {
    expect(() => requireOptions({ login: 'x', password: 5 })).toThrow(
      expect.objectContaining({ reason: 'bad-option' }) as Error,
    );
  });

  it('come for any options at all; never anything but a named error, never half a set', () => {
    const any = fc.dictionary(
      fc.constantFrom(
        'login',
        'password',
        'login_token',
        'region',
        'rtcIp',
        'rtcPort',
        'iceServers',
        'env',
        'debug',
        'userVariables',
        'anonymous_login',
        'customHeaders',
        'clientState',
        'preferred_codecs',
        'x',
      ),
      fc.oneof(fc.anything(), fc.string(), fc.boolean(), fc.constantFrom('eu', 'production', 'u', 'p')),
    );
    fc.assert(
      fc.property(fc.oneof(any, fc.anything()), (raw) => {
        const { options, faults: found } = validateOptions(raw);
        expect(options === null).toBe(found.length > 0);
        try {
          requireOptions(raw);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(PhoneError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the address', () => {
  it.each<[string, Partial<ClientOptions>, Partial<Routing>, string]>([
    ['nothing said', {}, {}, 'wss://rtc.telnyx.com/'],
    ['a region', { region: 'eu' }, {}, 'wss://eu.rtc.telnyx.com/'],
    ['automatic region', { region: 'auto' }, {}, 'wss://rtc.telnyx.com/'],
    ['development', { env: 'development' }, {}, 'wss://rtcdev.telnyx.com/'],
    ['development in a region', { env: 'development', region: 'us-east' }, {}, 'wss://us-east.rtcdev.telnyx.com/'],
    [
      'a session to come back to',
      {},
      { sticky: 'V1', firstConnection: false },
      'wss://rtc.telnyx.com/?voice_sdk_id=V1',
    ],
    ['canary, first', { useCanaryRtcServer: true }, { sticky: 'V1' }, 'wss://rtc.telnyx.com/?canary=true'],
    [
      'canary, again',
      { useCanaryRtcServer: true },
      { sticky: 'V1', firstConnection: false },
      'wss://rtc.telnyx.com/?voice_sdk_id=V1&canary=true',
    ],
    [
      'skip the last node',
      { skipLastVoiceSdkId: true },
      { sticky: 'V1' },
      'wss://rtc.telnyx.com/?voice_sdk_id=V1&skip_last_voice_sdk_id=true',
    ],
    ['skip without a token', { skipLastVoiceSdkId: true }, {}, 'wss://rtc.telnyx.com/'],
    [
      'a failed gateway',
      {},
      { sticky: 'V1', skipLast: true },
      'wss://rtc.telnyx.com/?voice_sdk_id=V1&skip_last_voice_sdk_id=true',
    ],
    ['a server of one’s own', { rtcIp: '192.0.2.10', rtcPort: 8082 }, {}, 'wss://192.0.2.10:8082/'],
    ['its region does not matter', { rtcIp: '192.0.2.10', rtcPort: 8082, region: 'eu' }, {}, 'wss://192.0.2.10:8082/'],
    ['this computer', { rtcIp: '127.0.0.1', rtcPort: 8081 }, {}, 'ws://127.0.0.1:8081/'],
    ['this computer, by name', { rtcIp: 'localhost', rtcPort: 8081 }, {}, 'ws://localhost:8081/'],
    ['this computer, encrypted', { rtcIp: 'wss://localhost', rtcPort: 8081 }, {}, 'wss://localhost:8081/'],
    ['IPv6', { rtcIp: '2001:db8::1', rtcPort: 8082 }, {}, 'wss://[2001:db8::1]:8082/'],
    ['a port alone', { rtcPort: 8443 }, {}, 'wss://rtc.telnyx.com:8443/'],
    [
      'hints',
      { rtcIp: '192.0.2.10', rtcPort: 8082, rtcHints: true, useCanaryRtcServer: true },
      { sticky: 'V1' },
      'wss://rtc.telnyx.com/?rtc_ip=192.0.2.10&rtc_port=8082',
    ],
    ['half a hint', { rtcIp: '192.0.2.10', rtcHints: true }, { sticky: 'V1' }, 'wss://rtc.telnyx.com/?voice_sdk_id=V1'],
  ])('%s', (_what, options, routing, expected) => {
    expect(url(options, routing)).toBe(expected);
  });
});
