/** Why a call ended: FreeSWITCH's names with their Q.850 codes and the SIP answer that belongs to them. */

import type { Fields } from './fields';

export interface Cause {
  readonly cause: string;
  readonly code: number;
  readonly sipCode: number | null;
  readonly sipReason: string | null;
}

const table = {
  UNALLOCATED_NUMBER: [1, 404, 'Not Found'],
  NO_ROUTE_DESTINATION: [3, 404, 'Not Found'],
  NORMAL_CLEARING: [16, null, null],
  USER_BUSY: [17, 486, 'Busy Here'],
  NO_USER_RESPONSE: [18, 408, 'Request Timeout'],
  NO_ANSWER: [19, 480, 'Temporarily Unavailable'],
  CALL_REJECTED: [21, 603, 'Decline'],
  DESTINATION_OUT_OF_ORDER: [27, 502, 'Bad Gateway'],
  INVALID_NUMBER_FORMAT: [28, 484, 'Address Incomplete'],
  NORMAL_UNSPECIFIED: [31, 480, 'Temporarily Unavailable'],
  NORMAL_CIRCUIT_CONGESTION: [34, 503, 'Service Unavailable'],
  NORMAL_TEMPORARY_FAILURE: [41, 503, 'Service Unavailable'],
  INCOMPATIBLE_DESTINATION: [88, 488, 'Not Acceptable Here'],
  RECOVERY_ON_TIMER_EXPIRE: [102, 504, 'Gateway Timeout'],
  ORIGINATOR_CANCEL: [487, 487, 'Request Terminated'],
  LOSE_RACE: [502, null, null],
  SYSTEM_SHUTDOWN: [701, null, null],
  USER_NOT_REGISTERED: [806, 480, 'Temporarily Unavailable'],
} as const satisfies Record<string, readonly [number, number | null, string | null]>;

export type CauseName = keyof typeof table;

export function causeOf(name: CauseName): Cause {
  const [code, sipCode, sipReason] = table[name];
  return { cause: name, code, sipCode, sipReason };
}

export function isCauseName(name: string): name is CauseName {
  return name in table;
}

/** Members of a BYE towards a client. */
export function byeFields(cause: Cause): Fields {
  return {
    cause: cause.cause,
    causeCode: cause.code,
    ...(cause.sipCode === null ? {} : { sipCode: cause.sipCode, sipReason: cause.sipReason }),
  };
}
