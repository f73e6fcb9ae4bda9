/** The facts of a call to be: dialled here, offered by the server, or kept from an earlier life; and what is kept. */

import type { Call } from './call';
import type { CallOptions } from './call-options';
import type { CallOverrides } from './call-overrides';
import type { LegFacts, Offered } from './dialects/dialect';
import type { LineOptions } from './line-options';
import { callId, legId, type CallId, type LegId } from './model/ids';
import type { LineSettings, ResumedCall } from './settings';

/** All of a call's options but what its line gives to every call. */
export type CallPlan = Omit<CallOptions, 'id' | 'line' | 'ports' | 'journal' | 'options' | 'verbs' | 'device'> & {
  readonly id?: CallId;
  readonly overrides?: CallOverrides | undefined;
};

export interface Dialling {
  readonly to: string | null;
  readonly digits: string;
  readonly name: string | null;
  readonly callerId: string | null;
  readonly muted: boolean;
  readonly from: string | null;
  readonly headers?: CallOptions['headers'];
  readonly clientState?: string;
  readonly codecs?: readonly string[];
  /** The wire's id, where the caller wants a certain one. */
  readonly leg?: string;
  /** Shown to the other side instead of the account's. */
  readonly callerName?: string | null;
  /** Options of this call that differ from its line's. */
  readonly overrides?: CallOverrides;
}

/** What every plan has unless it says otherwise. */
const PLAIN = {
  digits: '',
  from: null,
  headers: [],
  clientState: null,
  codecs: [],
  ids: null,
  offer: null,
  resumed: null,
} as const;

/** What of its line's options a call is planned with. */
type LineSays = Pick<LineOptions, 'media' | 'sent'>;

/** What the call does not bring itself, its line has for every call. */
export function outgoing(dialling: Dialling, settings: LineSettings, { media, sent }: LineSays, leg: LegId): CallPlan {
  const { to, digits, name, callerId, callerName, muted, from, headers, clientState, codecs, overrides } = dialling;
  return {
    ...PLAIN,
    direction: 'out',
    leg,
    who: { name, number: to },
    ours: { name: callerName ?? (settings.callerName || null), number: callerId ?? settings.callerIds[0] ?? null },
    destination: to,
    digits,
    muted: muted || (overrides?.muted ?? media.muted),
    overrides,
    from,
    headers: headers ?? sent.headers,
    clientState: clientState ?? sent.clientState,
    codecs: codecs ?? sent.codecs,
  };
}

export function incoming(offered: Offered, { media, sent }: LineSays): CallPlan {
  return {
    ...PLAIN,
    direction: 'in',
    leg: offered.call,
    who: offered.theirs,
    ours: offered.ours,
    destination: null,
    muted: media.muted,
    headers: offered.headers,
    clientState: offered.clientState,
    codecs: sent.codecs,
    ids: offered.ids,
    offer: offered.sdp,
  };
}

/** Rejoined calls start muted, so that nobody is heard by surprise. */
export function comingBack(resumed: ResumedCall, { sent }: LineSays): CallPlan {
  const { call, direction, leg, name, number, ours, startedAt, answeredAt, held, drops, from, digits, conference } =
    resumed;
  return {
    ...PLAIN,
    id: callId(call),
    direction,
    leg: legId(leg),
    who: { name, number },
    ours: { name: null, number: ours },
    destination: direction === 'out' ? number : null,
    muted: answeredAt !== null || resumed.muted,
    from: from ?? null,
    digits: digits ?? '',
    ...(direction === 'out' ? sent : { codecs: sent.codecs }),
    resumed: { startedAt, answeredAt, held, drops: drops ?? 0, conference: conference ?? null },
  };
}

/** A leg that is refused, as far as the wire must know it. */
export function legOf(offered: Offered): LegFacts {
  return {
    id: offered.call,
    direction: 'in',
    destination: offered.ours.number,
    theirs: offered.theirs,
    ours: offered.ours,
    headers: [],
    clientState: null,
    userVariables: null,
    codecs: [],
    attached: true,
  };
}

/** What the next life of the document needs of a call. */
export function resumable(call: Call): ResumedCall {
  const { who, ours, muted, digitsQueued, conference } = call.view();
  return {
    call: call.id,
    leg: call.leg,
    direction: call.direction,
    name: who.name,
    number: who.number,
    ours: ours.number,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    held: call.held,
    muted,
    drops: call.drops,
    from: call.from,
    conference,
    digits: digitsQueued,
  };
}
