/** The options of one line in our own words, after their one validation. */

import type { Account } from './dialects/dialect';
import type { IceServer } from './ports';

/** The options of one line, checked once and in our own words; what everything below works with. */
export interface LineOptions {
  readonly account: Account;
  readonly server: ServerOptions;
  readonly reconnect: { readonly enabled: boolean; readonly attempts: number };
  readonly media: MediaOptions;
  readonly recovery: { readonly keepAlive: boolean; readonly auto: boolean };
  readonly sounds: { readonly ringtone: string | null; readonly ringback: string | null };
  readonly sent: SentWithCalls;
  readonly debug: 'off' | 'file' | 'socket';
  readonly hangUpOnUnload: boolean;
  readonly microphoneRecovery: { readonly enabled: boolean; readonly timeoutMs: number };
}

/** SIP headers of the INVITE, and of the 200 OK where we answer. */
export type CustomHeaders = readonly { readonly name: string; readonly value: string }[];

/** With every call that brings none of its own. */
export interface SentWithCalls {
  readonly headers: CustomHeaders;
  /** Base64. */
  readonly clientState: string | null;
  /** Mime types, in order of preference. */
  readonly codecs: readonly string[];
}

export interface ServerOptions {
  readonly env: 'production' | 'development';
  readonly region: string | null;
  /** A signalling server of one's own: connected to instead, or (hints) named in the query. */
  readonly ip: string | null;
  readonly port: number | null;
  readonly hints: boolean;
  readonly canary: boolean;
  readonly skipLastVoiceSdkId: boolean;
}

export interface MediaOptions {
  readonly iceServers: readonly IceServer[];
  readonly relayOnly: boolean;
  readonly prefetch: boolean;
  readonly trickle: boolean;
  /** No description is any good without candidates: none can follow it. */
  readonly whole?: boolean;
  readonly muted: boolean;
}
