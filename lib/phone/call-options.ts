/** What a call is made of, and what it tells. */

import type { TelnyxIds } from './dialects/dialect';
import type { Journal } from './journal';
import type { LineOptions } from './line-options';
import type { CallState, EndCause } from './model/call-state';
import type { DebugReport } from './model/debug';
import type { CallId, DeviceId, LegId, LineId } from './model/ids';
import type { Party, QualityView } from './model/snapshot';
import type { PeerStats, Ports } from './ports';
import type { CallVerbs } from './verbs';

export interface CallOptions {
  readonly id: CallId;
  readonly line: LineId;
  readonly direction: 'out' | 'in';
  readonly leg: LegId;
  readonly who: Party;
  readonly ours: Party;
  /** Where an outgoing call goes; null where the server knows (an assistant). */
  readonly destination: string | null;
  readonly digits: string;
  readonly muted: boolean;
  /** Address of the page it was clicked on. */
  readonly from: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly clientState: string | null;
  readonly codecs: readonly string[];
  readonly ids: TelnyxIds | null;
  /** The offer of an incoming call. */
  readonly offer: string | null;
  /** A call of an earlier life of this document, which waits for its attach. */
  readonly resumed: {
    readonly startedAt: number;
    readonly answeredAt: number | null;
    readonly held: boolean;
    readonly drops: number;
    readonly conference: string | null;
  } | null;
  readonly ports: Ports;
  readonly journal: Journal;
  readonly options: LineOptions;
  readonly verbs: CallVerbs;
  device(): DeviceId | null;
}

/** What one second of a talk was like. */
export interface Measure {
  readonly stats: PeerStats;
  readonly quality: QualityView | null;
  readonly muted: boolean;
  readonly held: boolean;
}

export interface CallEvents {
  change: [];
  /** One a second, while it talks. */
  measured: [measure: Measure];
  /** What recovery does: for the journal, and for whoever wants to tell it. */
  noted: [facts: { readonly [key: string]: unknown }];
  /** `debug`: one a second. */
  sample: [stats: PeerStats];
  /** `debug`: after `ended`. */
  report: [report: DebugReport];
  ended: [cause: EndCause];
  /** The wire's id of this call changed. */
  leg: [leg: LegId, before: LegId];
  microphoneLost: [label: string];
}

/** Where a call begins: dialled, ringing, or (of an earlier life) waiting for the server to offer it. */
export function firstState({ direction, resumed }: CallOptions, now: number): CallState {
  if (resumed?.answeredAt === null && direction === 'in') {
    return { phase: 'ringing', since: resumed.startedAt, earlyMedia: false };
  }
  if (resumed) {
    const since = resumed.answeredAt ?? now;
    return { phase: 'recovering', since, held: resumed.held, until: null, waitsForPerson: false };
  }
  return direction === 'out' ? { phase: 'dialling' } : { phase: 'ringing', since: now, earlyMedia: false };
}
