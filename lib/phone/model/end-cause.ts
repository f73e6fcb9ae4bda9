/** The wire's cause of an end, as a kind a view can switch on. */

import type { CallState, EndCause } from './call-state';
import type { PhoneErrorJson } from './errors';

export interface WireCause {
  readonly code: number | null;
  readonly name: string | null;
  readonly sipCode: number | null;
  readonly sipReason: string | null;
}

export const NO_CAUSE: WireCause = { code: null, name: null, sipCode: null, sipReason: null };

/** Where the call stood when the bye came: the same wire cause means different things before and after the answer. */
export interface Moment {
  readonly direction: 'out' | 'in';
  readonly phase: CallState['phase'];
}

type Kind = EndCause['kind'];

/** Q.850 and FreeSWITCH codes with one meaning (reference, section 4.4; stock FreeSWITCH: 502 and 702 are both LOSE_RACE). */
const KIND_BY_NAME: { readonly [name: string]: Kind } = {
  UNALLOCATED_NUMBER: 'no-such-number',
  NO_ROUTE_DESTINATION: 'no-such-number',
  INVALID_NUMBER_FORMAT: 'no-such-number',
  USER_BUSY: 'busy',
  NO_USER_RESPONSE: 'no-answer',
  NO_ANSWER: 'no-answer',
  ALLOTTED_TIMEOUT: 'no-answer',
  CALL_REJECTED: 'declined-there',
  ORIGINATOR_CANCEL: 'cancelled',
  LOSE_RACE: 'answered-elsewhere',
  PICKED_OFF: 'answered-elsewhere',
  OUTGOING_CALL_BARRED: 'not-allowed',
  INCOMING_CALL_BARRED: 'not-allowed',
  BEARERCAPABILITY_NOTAUTH: 'not-allowed',
  USER_NOT_REGISTERED: 'unavailable',
  SUBSCRIBER_ABSENT: 'unavailable',
  DESTINATION_OUT_OF_ORDER: 'unavailable',
  NETWORK_OUT_OF_ORDER: 'unavailable',
  NORMAL_CIRCUIT_CONGESTION: 'unavailable',
  NORMAL_TEMPORARY_FAILURE: 'unavailable',
  SWITCH_CONGESTION: 'unavailable',
  SYSTEM_SHUTDOWN: 'unavailable',
  RECOVERY_ON_TIMER_EXPIRE: 'lost',
  MEDIA_TIMEOUT: 'lost',
  INCOMPATIBLE_DESTINATION: 'failed',
  BEARERCAPABILITY_NOTAVAIL: 'failed',
  ATTENDED_TRANSFER: 'transferred',
  BLIND_TRANSFER: 'transferred',
};

const NAME_BY_CODE: { readonly [code: number]: string } = {
  1: 'UNALLOCATED_NUMBER',
  3: 'NO_ROUTE_DESTINATION',
  17: 'USER_BUSY',
  18: 'NO_USER_RESPONSE',
  19: 'NO_ANSWER',
  20: 'SUBSCRIBER_ABSENT',
  21: 'CALL_REJECTED',
  27: 'DESTINATION_OUT_OF_ORDER',
  28: 'INVALID_NUMBER_FORMAT',
  34: 'NORMAL_CIRCUIT_CONGESTION',
  38: 'NETWORK_OUT_OF_ORDER',
  41: 'NORMAL_TEMPORARY_FAILURE',
  42: 'SWITCH_CONGESTION',
  52: 'OUTGOING_CALL_BARRED',
  54: 'INCOMING_CALL_BARRED',
  57: 'BEARERCAPABILITY_NOTAUTH',
  58: 'BEARERCAPABILITY_NOTAVAIL',
  88: 'INCOMPATIBLE_DESTINATION',
  102: 'RECOVERY_ON_TIMER_EXPIRE',
  487: 'ORIGINATOR_CANCEL',
  502: 'LOSE_RACE',
  602: 'ALLOTTED_TIMEOUT',
  604: 'MEDIA_TIMEOUT',
  605: 'PICKED_OFF',
  701: 'SYSTEM_SHUTDOWN',
  702: 'LOSE_RACE',
  806: 'USER_NOT_REGISTERED',
};

const KIND_BY_SIP: { readonly [code: number]: Kind } = {
  403: 'not-allowed',
  404: 'no-such-number',
  408: 'no-answer',
  480: 'no-answer',
  484: 'no-such-number',
  486: 'busy',
  487: 'cancelled',
  488: 'failed',
  502: 'unavailable',
  503: 'unavailable',
  504: 'lost',
  600: 'busy',
  603: 'declined-there',
  604: 'no-such-number',
};

/** Why the server ended a call. After the answer every cause but a few means that the other side hung up. */
export function causeFromWire(wire: WireCause, moment: Moment): EndCause {
  const kind = kindOf(wire, moment);
  const error = kind === 'failed' ? { reason: 'negotiation' as const, facts: { why: 'no codec in common' } } : null;
  return { ...wire, kind, error };
}

/**
 * The end of a call that was passed on, or left in a parking place: it went through, unless the cause is that of a destination
 * that was not reached.
 */
export function causeOfTransfer(wire: WireCause, place: string | null = null): EndCause {
  const known = named(wire);
  const through = known === null || known === 'transferred' || known === 'answered-elsewhere' || known === 'cancelled';
  if (through && place !== null) return { ...wire, kind: 'parked', place, error: null };
  if (through) return { ...wire, kind: 'transferred', error: null };
  return { ...wire, kind: 'failed', error: { reason: 'transfer-failed', facts: { cause: wire.name } } };
}

export function causeHere(kind: Kind, error: PhoneErrorJson | null = null): EndCause {
  return { ...NO_CAUSE, kind, error };
}

function kindOf(wire: WireCause, { direction, phase }: Moment): Kind {
  const known = named(wire);
  const stopped = wire.name === 'SYSTEM_SHUTDOWN' || wire.code === 701;
  if (phase === 'connecting' || phase === 'active' || phase === 'recovering') {
    // The server went, not the person at the other end.
    if (stopped) return 'lost';
    return known === 'transferred' || known === 'lost' || known === 'failed' || known === 'answered-elsewhere'
      ? known
      : 'hung-up-there';
  }
  if (direction === 'in') {
    // Whatever ended the ringing here, the person did not take the call: it is missed, unless another device has it.
    return known === 'answered-elsewhere' ? known : 'missed';
  }
  return known ?? 'hung-up-there';
}

function named(wire: WireCause): Kind | null {
  const name = wire.name ?? (wire.code === null ? undefined : NAME_BY_CODE[wire.code]);
  const byName = name === undefined ? undefined : KIND_BY_NAME[name];
  const byCode = wire.code === null ? undefined : KIND_BY_NAME[NAME_BY_CODE[wire.code] ?? ''];
  const bySip = wire.sipCode === null ? undefined : KIND_BY_SIP[wire.sipCode];
  return byName ?? byCode ?? bySip ?? null;
}
