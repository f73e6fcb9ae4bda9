/** The gateway's door: what it is started with, and what a test or a script may ask of it. */

import type { Account } from './accounts';
import type { BotTiming } from './bot';
import type { Faults } from './faults';
import type { FrameRecord } from './frames';
import type { Heard } from './media/ear';
import type { DialectName } from './speak/index';
import type { BotView, CallView, SessionView } from './views';

export interface GatewayOptions {
  /** 0 (the default) for any free port. */
  readonly port?: number;
  /** Loopback unless told otherwise. */
  readonly host?: string;
  readonly accounts?: readonly Account[];
  /** Between two pings of the server; 0 for none. 15 s unless told otherwise. */
  readonly pingMs?: number;
  /** How long a session and its answered calls outlive their socket. 120 s unless told otherwise. */
  readonly detachMs?: number;
  /** Keep calls that ring as well while their client is away. */
  readonly keepUnanswered?: boolean;
  /** Send our candidates one by one after the description, to clients of a dialect that can. */
  readonly trickle?: boolean;
  /** Spoken at the root path; /telnyx and /verto are always both there. Telnyx unless told otherwise. */
  readonly dialect?: DialectName;
  readonly timing?: Partial<BotTiming>;
}

export interface Gateway {
  /** For the client: `ws://127.0.0.1:PORT`. */
  readonly url: string;
  /** For control and observation: `http://127.0.0.1:PORT`. */
  readonly controlUrl: string;
  readonly port: number;
  readonly accounts: readonly Account[];
  readonly faults: Faults;
  /** Living calls, then ended ones. */
  calls(): readonly CallView[];
  sessions(): readonly SessionView[];
  /** Bots in a call, and what each of them hears. */
  bots(): readonly BotView[];
  frames(filter?: { readonly socket?: number; readonly since?: number }): readonly FrameRecord[];
  /** Called with each frame as it passes, until the returned function is called. */
  onFrame(watcher: (record: FrameRecord) => void): () => void;
  forgetFrames(): void;
  /** What came from the client on that leg; null for a call that nobody knows. `windowMs`: how far back to listen. */
  heard(callId: string, windowMs?: number): Heard | null;
  /** Starts the counts of `heard` anew. */
  resetHeard(callId: string): void;
  /** A bot calls an account, by name or number; the call ids that ring. */
  call(to: string, bot?: string): readonly string[];
  /** A login token for an account; a time in the past gives an expired one. */
  mintToken(user: string, ttlMs?: number): string;
  close(): Promise<void>;
}
