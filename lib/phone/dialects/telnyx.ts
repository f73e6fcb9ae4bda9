/** Telnyx's spelling (reference/telnyx-signaling.md; section numbers are of that document). */

import { legId } from '../model/ids';
import type { Account, Agent, Dialect, GatewayState, KnownSession, LegFacts, Params, ServerEvent } from './dialect';
import { fields, optStr, optStrings, str, type Fields } from './fields';
import { bye, callOf, candidate, display, offered, reading, telnyxIds } from './messages';

const PREFIX = 'telnyx_rtc.';

/** Requests of the server's that get no acknowledgement (section 3.1). Everything else does, an unknown call's bye included. */
const SILENT = new Set(
  ['ping', 'clientReady', 'gatewayState', 'info', 'event', 'punt']
    .map((verb) => `${PREFIX}${verb}`)
    .concat('ai_conversation', 'webrtc.event'),
);

/** Section 2.5. What is not listed there is waited for, like TRYING. */
const GATEWAY: { readonly [state: string]: GatewayState } = {
  REGED: 'registered',
  REGISTER: 'registered',
  UNREGED: 'unregistered',
  NOREG: 'unregistered',
  UNREGISTER: 'unregistered',
  EXPIRED: 'unregistered',
  FAILED: 'failed',
  FAIL_WAIT: 'failed',
  TIMEOUT: 'failed',
};

export const telnyx: Dialect = {
  name: 'telnyx',
  prefix: PREFIX,
  ownServer: false,
  trickles: true,
  saysRinging: true,
  afterSignIn: 'ask-gateway',
  keepsUnanswered: true,
  writes: false,
  // Section 4.4: 17 keeps a rejected leg from being tried again by a TeXML application. 19 and 21 are a person's own choice.
  byes: {
    hangUp: { cause: 'NORMAL_CLEARING', causeCode: 16 },
    cancel: { cause: 'ORIGINATOR_CANCEL', causeCode: 487 },
    decline: { cause: 'USER_BUSY', causeCode: 17 },
    busy: { cause: 'USER_BUSY', causeCode: 17 },
    away: { cause: 'NO_ANSWER', causeCode: 19 },
    unwanted: { cause: 'CALL_REJECTED', causeCode: 21 },
  },
  signIn,
  leg,
  signature: (agent) => ({ 'User-Agent': `${agent.name}-${agent.version}` }),
  beside(method, known) {
    const wanted = method === `${PREFIX}ping` || method === `${PREFIX}gatewayState`;
    return wanted && known?.sticky ? { voice_sdk_id: known.sticky } : {};
  },
  sticky: (frame) => optStr(frame, 'voice_sdk_id'),
  acknowledges: (method) => !SILENT.has(method),
  session: (result) => str(fields(result), 'sessid'),
  gateway(result) {
    const inside = fields(fields(result)['params']);
    return { state: gatewayState(inside), region: optStr(inside, 'region'), dc: optStr(inside, 'dc') };
  },
  read: reading(readKnown),
};

function signIn(account: Account, known: KnownSession | null, agent: Agent): { method: string; params: Params } {
  const { credentials } = account;
  const both: Params = {
    reconnection: known !== null,
    'User-Agent': { sdkVersion: agent.version, data: agent.name },
    ...(known ? { sessid: known.sessid } : {}),
  };
  if (credentials.kind === 'assistant') {
    return {
      method: 'anonymous_login',
      params: {
        target_type: 'ai_assistant',
        target_id: credentials.target,
        ...(credentials.version === null ? {} : { target_version_id: credentials.version }),
        ...(credentials.params === null ? {} : { target_params: credentials.params }),
        ...(account.userVariables === null ? {} : { userVariables: account.userVariables }),
        ...both,
      },
    };
  }
  const push = account.pushWhenActive ?? account.userVariables?.['push_when_active'] === true;
  return {
    method: 'login',
    params: {
      ...(credentials.kind === 'password'
        ? { login: credentials.user, passwd: credentials.password }
        : { login_token: credentials.token }),
      userVariables: { ...account.userVariables, push_when_active: push, pn_late_fanout: push },
      loginParams: { early_sdp_answer: account.earlySdpAnswer },
      ...both,
    },
  };
}

/** Section 3.2, the minimum: no ICE servers, so no TURN credentials on every message. */
function leg(facts: LegFacts): Params {
  return {
    callID: facts.id,
    ...(facts.destination === null ? {} : { destination_number: facts.destination }),
    remote_caller_id_name: facts.theirs.name ?? 'Outbound Call',
    ...(facts.theirs.number === null ? {} : { remote_caller_id_number: facts.theirs.number }),
    caller_id_name: facts.ours.name ?? '',
    caller_id_number: facts.ours.number ?? '',
    ...(facts.headers.length === 0
      ? {}
      : { custom_headers: facts.headers.map(({ name, value }) => ({ name, value })) }),
    ...(facts.clientState === null ? {} : { clientState: facts.clientState }),
    ...(facts.userVariables === null ? {} : { userVariables: facts.userVariables }),
    audio: true,
    video: false,
    attach: facts.attached,
  };
}

function gatewayState(params: Fields): GatewayState {
  return GATEWAY[optStr(params, 'state') ?? ''] ?? 'trying';
}

function readKnown(method: string, params: Fields): ServerEvent {
  switch (method) {
    case 'telnyx_rtc.clientReady': {
      const reattached = optStrings(params, 'reattached_sessions');
      return { type: 'ready', reattached: reattached === null ? null : reattached.map(legId) };
    }
    case 'telnyx_rtc.gatewayState':
      return { type: 'gateway', state: gatewayState(params) };
    case 'telnyx_rtc.ping':
      return { type: 'ping' };
    case 'telnyx_rtc.punt':
      return { type: 'punt' };
    case 'telnyx_rtc.invite':
      return { type: 'invite', ...offered(params, headers(params)) };
    case 'telnyx_rtc.attach':
      return { type: 'attach', ...offered(params, headers(params)) };
    case 'telnyx_rtc.ringing':
      return { type: 'ringing', call: callOf(params), ids: telnyxIds(params) };
    case 'telnyx_rtc.media':
      return { type: 'media', call: callOf(params), sdp: str(params, 'sdp') };
    case 'telnyx_rtc.answer':
      return { type: 'answer', call: callOf(params), sdp: optStr(params, 'sdp'), ids: telnyxIds(params) };
    case 'telnyx_rtc.candidate':
      return candidate(params);
    case 'telnyx_rtc.endOfCandidates':
      return { type: 'candidate', call: callOf(params), candidate: null };
    case 'telnyx_rtc.display':
      return display(params);
    case 'telnyx_rtc.bye':
      return bye(params, headers(params));
    case 'ai_conversation':
      return { type: 'conversation', params };
    default:
      return { type: 'unknown', method, why: null };
  }
}

/** Section 3.4: `dialogParams.custom_headers`, and the camel-case spelling that byes were seen with. */
function headers(params: Fields): readonly { name: string; value: string }[] {
  const dialog = fields(params['dialogParams']);
  return [...pairs(dialog['custom_headers']), ...pairs(dialog['customHeaders'])];
}

function pairs(value: unknown): { name: string; value: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const name = optStr(fields(entry), 'name');
    return name === null ? [] : [{ name, value: optStr(fields(entry), 'value') ?? '' }];
  });
}
