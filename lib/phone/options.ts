/** The client options of the seed document, by its own names, with their defaults. */

import type { IceServer } from './ports';

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
}
