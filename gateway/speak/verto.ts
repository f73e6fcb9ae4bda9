/** Stock FreeSWITCH's spelling (mod_verto), with its habits: no ringing, no trickling, one pair of addresses, a new transport for whoever comes back. */

import type { Fields } from '../fields';
import { fields, isFields, text } from '../fields';
import { firstAddress } from '../media/sdp';
import type { Dialog, LegFacts, Request, Speak, Verb } from './speak';
import { readCall, readChannels } from './telnyx';

const PREFIX = 'verto.';
/** Headers travel as variables of this name, both ways. */
const HEADER = 'verto_h_';

export const verto: Speak = {
  name: 'verto',
  prefix: PREFIX,
  sticky: false,
  comeback: {
    attachFirst: true,
    readyAgain: false,
    credentials: 'renewed',
    keepsMedia: false,
    tooLate: 'NORMAL_CLEARING',
  },
  mediaFirst: false,
  trickles: false,
  ice: 'one pair',
  announces: true,
  tellsRinging: false,
  writes: true,
  parks: true,
  unassigned: 'NO_ROUTE_DESTINATION',
  answersAll: true,
  read,
  tell,
  reply,
  shape,
  // An offer without candidates is refused, hidden addresses (`.local`) and TCP alike: there is nowhere to send to, and none will follow.
  accepts: (offer) => firstAddress(offer) !== null,
};

function read(method: string, params: Fields): Request {
  switch (method) {
    case 'login':
      return {
        verb: 'login',
        // The domain behind the @ is this one, whichever it is.
        user: text(params, 'login')?.replace(/@.*$/, '') ?? null,
        password: text(params, 'passwd'),
        token: null,
        sessid: text(params, 'sessid'),
      };
    case `${PREFIX}ping`:
      return { verb: 'ping' };
    case `${PREFIX}subscribe`:
    case `${PREFIX}unsubscribe`:
    case `${PREFIX}broadcast`:
      return readChannels(method.slice(PREFIX.length), params);
    default:
  }
  if (!method.startsWith(PREFIX)) return { verb: 'unknown', method };
  const message = params['msg'];
  if (method === `${PREFIX}info` && isFields(message) && !text(fields(params, 'dialogParams'), 'callID'))
    return { verb: 'write', message };
  const request = readCall(method.slice(PREFIX.length), params);
  return 'dialog' in request ? { ...request, trickles: false, dialog: withHeaders(request.dialog, params) } : request;
}

function withHeaders(dialog: Dialog, params: Fields): Dialog {
  const variables = fields(fields(params, 'dialogParams'), 'userVariables');
  const headers = Object.keys(variables)
    .filter((name) => name.startsWith(HEADER))
    .map((name) => ({ name: name.slice(HEADER.length), value: text(variables, name) ?? '' }));
  return { ...dialog, headers };
}

function tell(verb: Verb, leg: LegFacts, extra: Fields): Fields {
  const parties = {
    caller_id_name: leg.callerName,
    caller_id_number: leg.callerNumber,
    callee_id_name: leg.calleeName,
    callee_id_number: leg.calleeNumber,
    display_direction: leg.direction,
  };
  switch (verb) {
    case 'invite':
    case 'attach': {
      const headers = Object.fromEntries(leg.headers.map(({ name, value }) => [`${HEADER}${name}`, value]));
      return { callID: leg.callId, variables: {}, ...extra, ...parties, ...headers };
    }
    case 'display':
      return { callID: leg.callId, ...extra, ...parties };
    case 'bye': {
      const cause = extra['cause'];
      // FreeSWITCH numbers this one outside of Q.850.
      return { callID: leg.callId, causeCode: cause === 'LOSE_RACE' ? 702 : extra['causeCode'], cause };
    }
    // Says itself which call it is about, where it is about one.
    case 'event':
      return extra;
    case 'ringing':
    case 'media':
    case 'answer':
    case 'info':
      return { callID: leg.callId, ...extra };
    default:
      return verb satisfies never;
  }
}

function reply(verb: Request['verb'], result: Fields): Fields {
  const { sessid, message } = result;
  if (verb === 'answer' || verb === 'attach') return { sessid };
  return verb === 'info' ? { message, sessid } : result;
}

/** No mid and no bundle, as FreeSWITCH writes; an offer does not name the transport below RTP either. */
function shape(sdp: string): string {
  const bare = sdp.replace(/^a=(group:BUNDLE|mid:|extmap-allow-mixed|ice-options:).*\r?\n/gm, '');
  return bare.includes('a=setup:actpass') ? bare.replace('UDP/TLS/RTP/SAVPF', 'RTP/SAVPF') : bare;
}
