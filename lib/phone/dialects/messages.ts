/** Messages about a leg that both dialects spell alike (mod_verto's own, reference section 11). */

import { PhoneError } from '../model/errors';
import { legId, type LegId } from '../model/ids';
import type { CallMessage, Dialect, Offered, ServerEvent, TelnyxIds } from './dialect';
import { fields, firstStr, optInt, optStr, str, type Fields } from './fields';

/** A dialect's reading that never throws: what lacks a field, or makes no sense, is `unknown` and says why. */
export function reading(known: (method: string, params: Fields) => ServerEvent): Dialect['read'] {
  return (method, params) => {
    try {
      return known(method, fields(params));
    } catch (thrown) {
      const field = PhoneError.from(thrown).facts['field'];
      return { type: 'unknown', method, why: typeof field === 'string' ? `no ${field}` : 'malformed' };
    }
  };
}

/** Which leg a message is about: said at the top, or inside `dialogParams`. */
export function callOf(params: Fields): LegId {
  const inside = fields(params['dialogParams']);
  return legId(optStr(params, 'callID') ?? str(inside, 'callID'));
}

/** An invite or attach of the server's: the caller id is the other side, the callee id is ours. */
export function offered(params: Fields, headers: Offered['headers']): Offered {
  return {
    call: callOf(params),
    sdp: str(params, 'sdp'),
    theirs: { name: optStr(params, 'caller_id_name'), number: optStr(params, 'caller_id_number') },
    ours: { name: optStr(params, 'callee_id_name'), number: optStr(params, 'callee_id_number') },
    headers,
    clientState: firstStr(params, 'client_state', 'clientState'),
    ids: telnyxIds(params),
  };
}

export function telnyxIds(params: Fields): TelnyxIds | null {
  const ids = {
    callControlId: optStr(params, 'telnyx_call_control_id'),
    sessionId: optStr(params, 'telnyx_session_id'),
    legId: optStr(params, 'telnyx_leg_id'),
  };
  return ids.callControlId === null && ids.sessionId === null && ids.legId === null ? null : ids;
}

/** Standard RTCIceCandidateInit members at the top of params; an empty candidate ends them, as does a null one. */
export function candidate(params: Fields): CallMessage {
  const call = callOf(params);
  const text = optStr(params, 'candidate');
  if (text === null) return { type: 'candidate', call, candidate: null };
  const sdpMid = params['sdpMid'];
  return {
    type: 'candidate',
    call,
    candidate: {
      candidate: text,
      sdpMid: typeof sdpMid === 'string' ? sdpMid : null,
      sdpMLineIndex: optInt(params, 'sdpMLineIndex'),
    },
  };
}

export function display(params: Fields): CallMessage {
  return {
    type: 'display',
    call: callOf(params),
    who: {
      name: firstStr(params, 'display_name', 'caller_id_name'),
      number: firstStr(params, 'display_number', 'caller_id_number'),
    },
  };
}

export function bye(params: Fields, headers: Offered['headers']): CallMessage {
  return {
    type: 'bye',
    call: callOf(params),
    cause: {
      code: optInt(params, 'causeCode'),
      name: optStr(params, 'cause'),
      sipCode: optInt(params, 'sipCode'),
      sipReason: optStr(params, 'sipReason'),
    },
    headers,
  };
}
