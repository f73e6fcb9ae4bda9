/** Telnyx's spelling: mod_verto's protocol under another prefix, with tokens, trickling, ringing and gateway states. */

import type { Cause } from '../causes';
import { causeOf, isCauseName } from '../causes';
import type { Fields } from '../fields';
import { fields, isFields, number, text } from '../fields';
import type { Candidate } from '../media/peer';
import type { Dialog, Header, LegFacts, Request, Speak, Verb } from './speak';

const PREFIX = 'telnyx_rtc.';

export const telnyx: Speak = {
  name: 'telnyx',
  prefix: PREFIX,
  sticky: true,
  comeback: {
    attachFirst: false,
    readyAgain: true,
    credentials: 'same',
    keepsMedia: true,
    tooLate: 'RECOVERY_ON_TIMER_EXPIRE',
  },
  mediaFirst: true,
  trickles: true,
  ice: 'full',
  announces: false,
  tellsRinging: true,
  writes: false,
  parks: false,
  unassigned: 'UNALLOCATED_NUMBER',
  answersAll: false,
  read,
  tell,
  reply: (_, result) => result,
  shape: (sdp) => sdp,
  accepts: () => true,
};

function read(method: string, params: Fields): Request {
  const sessid = text(params, 'sessid');
  switch (method) {
    case 'login':
      return {
        verb: 'login',
        user: text(params, 'login'),
        password: text(params, 'passwd') ?? text(params, 'password'),
        token: text(params, 'login_token'),
        sessid,
      };
    case 'anonymous_login':
      return { verb: 'anonymous', type: text(params, 'target_type'), target: text(params, 'target_id'), sessid };
    case `${PREFIX}gatewayState`:
      return { verb: 'gateway state' };
    case `${PREFIX}ping`:
      return { verb: 'ping' };
    case `${PREFIX}subscribe`:
    case `${PREFIX}unsubscribe`:
    case `${PREFIX}broadcast`:
      return readChannels(method.slice(PREFIX.length), params);
    case 'debug_report_start':
    case 'debug_report_data':
    case 'debug_report_stop':
      return { verb: 'report' };
    case 'ai_conversation':
      return { verb: 'converse', item: fields(params, 'item') };
    case `${PREFIX}candidate`:
    case `${PREFIX}endOfCandidates`:
      return about(params, (callId) => ({ verb: 'candidate', callId, candidate: candidateOf(params) }));
    default:
      return method.startsWith(PREFIX) ? readCall(method.slice(PREFIX.length), params) : { verb: 'unknown', method };
  }
}

/** The methods that stock mod_verto has too; `verb` is the method without its prefix. */
export function readCall(verb: string, params: Fields): Request {
  switch (verb) {
    case 'invite':
    case 'answer':
    case 'attach': {
      const sdp = text(params, 'sdp');
      if (!sdp) return { verb: 'malformed', what: 'sdp' };
      return about(params, (callId) => ({
        verb,
        dialog: dialogOf(callId, params),
        sdp,
        trickles: params['trickle'] === true,
      }));
    }
    case 'bye':
      return about(params, (callId) => ({ verb: 'bye', callId, cause: causeFrom(params) }));
    case 'modify':
      return about(params, (callId) => readModify(callId, params));
    case 'info':
      return about(params, (callId) => {
        const message = params['msg'];
        return { verb: 'info', callId, digits: text(params, 'dtmf'), message: isFields(message) ? message : null };
      });
    default:
      return { verb: 'unknown', method: verb };
  }
}

/** `eventChannel` is one name or a list of them. */
export function readChannels(action: string, params: Fields): Request {
  const { eventChannel } = params;
  const named: readonly unknown[] = Array.isArray(eventChannel) ? eventChannel : [eventChannel];
  return {
    verb: 'channels',
    action: action === 'subscribe' || action === 'unsubscribe' ? action : 'broadcast',
    channels: named.filter((name): name is string => typeof name === 'string'),
    data: fields(params, 'data'),
    display: text(params, 'fromDisplay'),
  };
}

function readModify(callId: string, params: Fields): Request {
  const action = text(params, 'action');
  switch (action) {
    case 'hold':
    case 'unhold':
    case 'toggleHold':
      return { verb: 'modify', callId, action };
    case 'transfer':
      return { verb: 'modify', callId, action, to: text(params, 'destination') };
    case 'replace':
      return { verb: 'modify', callId, action, otherCallId: text(params, 'replaceCallID') };
    case 'updateMedia':
      return { verb: 'modify', callId, action, sdp: text(params, 'sdp') };
    case null:
      return { verb: 'malformed', what: 'action' };
    default:
      return { verb: 'modify', callId, action: 'other', name: action };
  }
}

function about(params: Fields, request: (callId: string) => Request): Request {
  const callId = text(fields(params, 'dialogParams'), 'callID') ?? text(params, 'callID');
  return callId ? request(callId) : { verb: 'malformed', what: 'callID' };
}

function dialogOf(callId: string, params: Fields): Dialog {
  const dialog = fields(params, 'dialogParams');
  return {
    callId,
    destination: text(dialog, 'destination_number'),
    callerName: text(dialog, 'caller_id_name'),
    callerNumber: text(dialog, 'caller_id_number'),
    headers: headersOf(dialog['custom_headers']),
    clientState: text(dialog, 'clientState'),
    recoverable: dialog['recoverCall'] !== false,
  };
}

function headersOf(value: unknown): Header[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((entry) => {
    if (!isFields(entry)) return [];
    const name = text(entry, 'name');
    return name ? [{ name, value: text(entry, 'value') ?? '' }] : [];
  });
}

function causeFrom(params: Fields): Cause {
  const name = text(params, 'cause') ?? 'NORMAL_CLEARING';
  const known = causeOf(isCauseName(name) ? name : 'NORMAL_CLEARING');
  return { ...known, cause: name, code: number(params, 'causeCode') ?? known.code };
}

function candidateOf(params: Fields): Candidate | null {
  const candidate = text(params, 'candidate');
  if (!candidate) return null;
  return { candidate, sdpMid: text(params, 'sdpMid') ?? '0', sdpMLineIndex: number(params, 'sdpMLineIndex') ?? 0 };
}

function tell(verb: Verb, leg: LegFacts, extra: Fields): Fields {
  const ids = { telnyx_call_control_id: leg.controlId, telnyx_session_id: leg.sessionId, telnyx_leg_id: leg.legId };
  const parties = {
    caller_id_name: leg.callerName,
    caller_id_number: leg.callerNumber,
    callee_id_name: leg.calleeName,
    callee_id_number: leg.calleeNumber,
    display_direction: leg.direction,
  };
  const headers = leg.headers.length > 0 ? { dialogParams: { custom_headers: leg.headers } } : {};
  const state = leg.clientState ? { client_state: leg.clientState } : {};
  switch (verb) {
    case 'invite':
    case 'attach':
      return { callID: leg.callId, ...extra, ...parties, ...ids, ...headers, ...state };
    case 'ringing':
      return { callID: leg.callId, ...parties, ...ids, ...extra };
    case 'answer':
      return { callID: leg.callId, ...ids, ...headers, ...extra };
    case 'media':
    case 'bye':
    case 'info':
    case 'event':
      return { callID: leg.callId, ...extra };
    case 'display':
      return { callID: leg.callId, display_direction: leg.direction, ...extra };
    default:
      return verb satisfies never;
  }
}
