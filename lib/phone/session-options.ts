/** What a session is made of, and what it tells. */

import type { Agent, Dialect, KnownSession, ServerEvent } from './dialects/dialect';
import type { Journal } from './journal';
import type { LineOptions } from './line-options';
import type { PhoneError } from './model/errors';
import type { LegId, LineId } from './model/ids';
import type { SessionState } from './model/session-state';
import type { Ports } from './ports';
import type { Routing } from './server-url';

export interface SessionOptions {
  readonly line: LineId;
  readonly ports: Ports;
  readonly dialect: Dialect;
  readonly agent: Agent;
  readonly journal: Journal;
  readonly options: LineOptions;
  /** The session to come back to. */
  readonly known: KnownSession | null;
  /** The address to connect to. */
  url(routing: Routing): string;
  hasCalls(): boolean;
}

export interface SessionEvents {
  change: [state: SessionState];
  event: [event: ServerEvent];
  /** Ready again after a loss; the legs the server still has, or null where it told no list. */
  reattached: [legs: readonly LegId[] | null];
  /** What must be kept to come back to this session has changed. */
  known: [];
  /** Something of ours was answered. */
  answered: [];
  /** A socket opened. */
  opened: [];
  /** A socket closed, or could not be opened. */
  lost: [because: PhoneError];
  /** A request of the server's, as it came. */
  message: [frame: unknown];
}
