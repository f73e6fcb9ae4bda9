/** The client options of the seed document, by its own names, with their defaults; and their one validation. */

import type { Account } from './dialects/dialect';
import { PhoneError } from './model/errors';
import type { Json } from './model/json';
import { OptionReader, type OptionFault } from './option-reader';
import type { IceServer } from './ports';
import type { CustomHeaders, LineOptions, ServerOptions } from './line-options';
import { readSent, type PreferredCodecs } from './sent-options';

export type { OptionFault } from './option-reader';

export interface AnonymousLogin {
  /** Only `ai_assistant`. */
  readonly target_type: string;
  readonly target_id: string;
  readonly target_version_id?: string;
  readonly target_params?: { readonly [key: string]: string };
}

export const REGIONS = ['eu', 'us-central', 'us-east', 'us-west', 'ca-central', 'apac', 'south-asia'] as const;

export interface ClientOptions {
  readonly login?: string;
  readonly password?: string;
  readonly login_token?: string;
  readonly anonymous_login?: AnonymousLogin;
  readonly debug?: boolean;
  readonly debugOutput?: 'file' | 'socket';
  readonly env?: 'production' | 'development';
  readonly forceRelayCandidate?: boolean;
  readonly iceServers?: readonly IceServer[];
  readonly keepConnectionAliveOnSocketClose?: boolean;
  readonly mutedMicOnStart?: boolean;
  readonly prefetchIceCandidates?: boolean;
  readonly region?: string;
  readonly ringbackFile?: string;
  readonly ringtoneFile?: string;
  readonly rtcIp?: string;
  readonly rtcPort?: number;
  readonly trickleIce?: boolean;
  readonly useCanaryRtcServer?: boolean;
  // beyond the seed
  readonly autoRecoverCalls?: boolean;
  readonly autoReconnect?: boolean;
  /** 0 is unlimited. */
  readonly maxReconnectAttempts?: number;
  readonly hangupOnBeforeUnload?: boolean;
  readonly skipLastVoiceSdkId?: boolean;
  readonly pushWhenActive?: boolean;
  readonly earlySdpAnswer?: boolean;
  readonly mediaPermissionsRecovery?: { readonly enabled: boolean; readonly timeout: number };
  readonly userVariables?: { readonly [key: string]: string | number | boolean };
  /** Sends `rtcIp` and `rtcPort` as query hints, as today's official SDK does, instead of connecting there. */
  readonly rtcHints?: boolean;
  // of every call that brings none of its own
  readonly customHeaders?: CustomHeaders;
  /** Base64. */
  readonly clientState?: string;
  readonly preferred_codecs?: PreferredCodecs;
}

export type Validated =
  | { readonly options: LineOptions; readonly faults: readonly [] }
  | { readonly options: null; readonly faults: readonly OptionFault[] };

const DEFAULT_ATTEMPTS = 10;
const DEFAULT_PERMISSION_MS = 20_000;

/**
 * STUN only. Telnyx's TURN servers want a user and a password, which the person brings in `iceServers`; a client should not
 * carry someone else's (reference, section 8.3).
 */
const STUN: { readonly [env in ServerOptions['env']]: readonly IceServer[] } = {
  production: [{ urls: 'stun:stun.telnyx.com:3478' }, { urls: 'stun:stun.l.google.com:19302' }],
  development: [{ urls: 'stun:stundev.telnyx.com:3478' }, { urls: 'stun:stun.l.google.com:19302' }],
};

/** Checks a whole set of options and names every fault at once. `now` (epoch milliseconds) tells an expired token. */
export function validateOptions(raw: unknown, now = 0): Validated {
  const read = new OptionReader(raw);
  const env = read.oneOf('env', ['production', 'development'] as const) ?? 'production';
  const debug = read.flag('debug') ?? false;
  const debugOutput = read.oneOf('debugOutput', ['file', 'socket'] as const) ?? 'socket';
  const iceServers = read.iceServers('iceServers') ?? STUN[env];
  const relayOnly = read.flag('forceRelayCandidate') ?? false;
  const permission = read.permissionRecovery('mediaPermissionsRecovery');
  requireRelay(read, relayOnly, iceServers);
  const account = readAccount(read, now);
  const sent = readSent(read);
  const options = {
    server: {
      env,
      region: read.region('region', REGIONS),
      ip: read.host('rtcIp'),
      port: read.integer('rtcPort', 1, 65_535),
      hints: read.flag('rtcHints') ?? false,
      canary: read.flag('useCanaryRtcServer') ?? false,
      skipLastVoiceSdkId: read.flag('skipLastVoiceSdkId') ?? false,
    },
    reconnect: {
      enabled: read.flag('autoReconnect') ?? true,
      attempts: read.integer('maxReconnectAttempts', 0, 1_000_000) ?? DEFAULT_ATTEMPTS,
    },
    media: {
      iceServers,
      relayOnly,
      prefetch: read.flag('prefetchIceCandidates') ?? false,
      trickle: read.flag('trickleIce') ?? false,
      muted: read.flag('mutedMicOnStart') ?? false,
    },
    recovery: {
      keepAlive: read.flag('keepConnectionAliveOnSocketClose') ?? false,
      auto: read.flag('autoRecoverCalls') ?? true,
    },
    sounds: { ringtone: read.soundFile('ringtoneFile'), ringback: read.soundFile('ringbackFile') },
    sent: { headers: sent.headers ?? [], clientState: sent.clientState, codecs: sent.codecs ?? [] },
    debug: debug ? debugOutput : 'off',
    hangUpOnUnload: read.flag('hangupOnBeforeUnload') ?? true,
    microphoneRecovery: permission ?? { enabled: false, timeoutMs: DEFAULT_PERMISSION_MS },
  } as const;
  const faults = read.finish();
  if (faults.length > 0 || account === null) return { options: null, faults };
  return { options: { ...options, account }, faults: [] };
}

/** Like {@link validateOptions}; throws `bad-option` (facts: `faults`) where there is one. */
export function requireOptions(raw: unknown, now = 0): LineOptions {
  const { options, faults } = validateOptions(raw, now);
  if (options) return options;
  const facts: Json[] = faults.map((fault) => ({ ...fault }));
  throw new PhoneError('bad-option', { faults: facts });
}

/** Section 2.1 of the reference; the seed: `login` and `password` take precedence over `login_token`. */
function readAccount(read: OptionReader, now: number): Account | null {
  const login = read.text('login');
  const password = read.secret('password');
  const token = read.token('login_token', now);
  const assistant = read.assistant('anonymous_login');
  const rest = {
    userVariables: read.variables('userVariables'),
    pushWhenActive: read.flag('pushWhenActive'),
    earlySdpAnswer: read.flag('earlySdpAnswer') ?? false,
  };
  if (login !== null && password !== null) {
    read.forgive('login_token');
    return { credentials: { kind: 'password', user: login, password }, ...rest };
  }
  if (token !== null) return { credentials: { kind: 'token', token }, ...rest };
  if (assistant !== null) return { credentials: { kind: 'assistant', ...assistant }, ...rest };
  if (login !== null) read.fault('password', null, 'the password that belongs to login');
  else if (password !== null) read.fault('login', null, 'the user that belongs to password');
  else read.faultIfNone('login', 'login and password, or login_token, or anonymous_login');
  return null;
}

/** Only relays, and none to be had, would leave a call without any route. */
export function requireRelay(read: OptionReader, relayOnly: boolean, iceServers: readonly IceServer[]): void {
  if (!relayOnly || iceServers.some(isRelay)) return;
  read.fault('forceRelayCandidate', true, 'a TURN server in iceServers, since only relayed routes may be used');
}

function isRelay({ urls }: IceServer): boolean {
  return [urls].flat().some((url) => /^turns?:/i.test(url));
}
