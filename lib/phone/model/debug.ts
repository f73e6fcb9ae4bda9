/** The report of one call that the `debug` option makes: plain JSON with no secret in it. */

import type { EndCause } from './call-state';
import type { CallId, LegId } from './ids';
import type { Json } from './json';

/** One thing that happened, in the shape that the server's collector takes (reference, section 10.2). */
export interface DebugItem {
  readonly event: string;
  /** `peer`, `ice`, `track`, `stats` or `call`. */
  readonly tag: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly data: Json;
  readonly peerId: string;
  readonly connectionId: string;
}

export interface DebugReport {
  readonly version: 1;
  readonly id: string;
  readonly call: CallId;
  readonly leg: LegId;
  readonly direction: 'out' | 'in';
  /** Where the options want it: a file of its own, or the server, which has it by now. */
  readonly output: 'file' | 'socket';
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly cause: EndCause;
  /** Oldest first. */
  readonly timeline: readonly DebugItem[];
}
