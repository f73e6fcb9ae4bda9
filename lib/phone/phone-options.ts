/** What a phone is made of, what it is asked for, and what it tells. */

import type { Agent } from './dialects/dialect';
import type { FinishedCall } from './model/finished-call';
import type { LineId } from './model/ids';
import type { WrittenMessage } from './model/message';
import type { ParkedView, PhoneSnapshot } from './model/snapshot';
import type { Ports } from './ports';
import type { Resume } from './settings';

export interface DialOrder {
  readonly to: string;
  readonly digits?: string;
  readonly line?: LineId;
  readonly name?: string;
  readonly callerId?: string;
  readonly muted?: boolean;
  readonly from?: string;
}

export interface PhoneEvents {
  change: [snapshot: PhoneSnapshot];
  ended: [call: FinishedCall];
  /** Somebody wrote outside of any call. */
  message: [message: WrittenMessage];
  /** What must be kept for the next life of this document. */
  resume: [resume: readonly Resume[]];
  /** Who waits in a parking place, after every change; to be kept for the next life as well. */
  parked: [parked: readonly ParkedView[]];
}

export interface PhoneOptions {
  readonly ports: Ports;
  readonly agent?: Agent;
}
