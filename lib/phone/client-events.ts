/** What the seed's door tells, by the event names of Telnyx's documentation (reference, section 7). */

import type { TelnyxCall } from './client-call';
import type { TelnyxError, TelnyxWarning } from './client-codes';
import type { DebugItem } from './model/debug';

export interface ErrorEvent {
  readonly error: TelnyxError;
  readonly sessionId: string;
  readonly callId?: string;
  /** `mediaPermissionsRecovery`: the call rings on until `retryDeadline` (epoch milliseconds). */
  readonly recoverable?: boolean;
  readonly retryDeadline?: number;
  /** Tries the microphone again now. */
  resume?(): void;
  /** Declines the call now. */
  reject?(): void;
}

export interface WarningEvent {
  readonly warning: TelnyxWarning;
  readonly sessionId: string;
  readonly callId?: string;
  /** What more there is to know, by the warning. */
  readonly reason?: string;
  readonly activeCalls?: readonly string[];
}

export type Notification =
  | { readonly type: 'callUpdate'; readonly call: TelnyxCall }
  | {
      readonly type: 'userMediaError';
      readonly call: TelnyxCall;
      readonly error: TelnyxError;
      readonly errorName: string;
      readonly errorMessage: string;
    }
  | {
      readonly type: 'participantData';
      readonly call: TelnyxCall;
      readonly displayName: string | null;
      readonly displayNumber: string | null;
    }
  | { readonly type: 'peerConnectionFailureError'; readonly call: TelnyxCall; readonly error: Error }
  | { readonly type: 'signalingStateClosed'; readonly call: TelnyxCall; readonly sessionId: string }
  /** An `info` or `event` of the server's, as it came. */
  | { readonly type: 'event'; readonly method: string; readonly params: unknown };

/** Section 10.1: `jitter` and `rtt` in seconds, `Infinity` where unknown. */
export interface StatsFrame {
  readonly callId: string;
  readonly jitter: number;
  readonly rtt: number;
  readonly mos: number;
  readonly quality: string;
  readonly inboundAudio: { readonly packetsReceived: number; readonly packetsLost: number; readonly bytes: number };
  readonly outboundAudio: { readonly packetsSent: number; readonly bytes: number };
  readonly remoteInboundAudio: { readonly packetsLost: number | null; readonly jitter: number | null };
}

export interface ClientEvents {
  'telnyx.ready': [
    ready: { readonly type: 'vertoClientReady'; readonly region: string | null; readonly dc: string | null },
  ];
  'telnyx.error': [event: ErrorEvent];
  'telnyx.warning': [event: WarningEvent];
  'telnyx.notification': [notification: Notification];
  'telnyx.socket.open': [];
  'telnyx.socket.close': [event: { readonly code: number | null; readonly reason: string }];
  'telnyx.socket.error': [event: { readonly error: TelnyxError; readonly sessionId: string }];
  /** Each request of the server's, as it came. */
  'telnyx.socket.message': [frame: unknown];
  'telnyx.rtc.mediaError': [error: TelnyxError];
  'telnyx.rtc.peerConnectionFailureError': [
    event: { readonly error: Error; readonly sessionId: string; readonly callId: string },
  ];
  'telnyx.rtc.peerConnectionSignalingStateClosed': [event: { readonly sessionId: string; readonly callId: string }];
  'telnyx.stats.frame': [frame: StatsFrame];
  'telnyx.stats.report': [timeline: readonly DebugItem[]];
  'telnyx.ai.conversation': [message: { readonly method: 'ai_conversation'; readonly params: unknown }];
}
