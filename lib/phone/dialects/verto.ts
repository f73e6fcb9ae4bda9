/** FreeSWITCH's spelling (mod_verto): what a stock server said (reference/freeswitch-verto.md) and section 11 of telnyx-signaling.md. */

import { PhoneError } from '../model/errors';
import { legId } from '../model/ids';
import type { Party } from '../model/snapshot';
import type { Account, Dialect, KnownSession, LegFacts, Offered, Params, ServerEvent } from './dialect';
import { fields, optStr, optStrings, str, type Fields } from './fields';
import { bye, callOf, offered, reading } from './messages';
import { readEvent, readInfo } from './verto-events';

const PREFIX = 'verto.';
/** A channel variable of this name is a header of the call, both ways (section 11.2). */
const HEADER = 'verto_h_';
/** What FreeSWITCH calls somebody whose name it does not know. */
const NOBODY = 'Outbound Call';

export const verto: Dialect = {
  name: 'verto',
  prefix: PREFIX,
  ownServer: true,
  // Section 11.1: candidates must be in the description; an offer without any ends in INCOMPATIBLE_DESTINATION.
  trickles: false,
  // 180 is invisible here; a ringback of the far end's own comes as `media`.
  saysRinging: false,
  afterSignIn: 'wait-for-ready',
  // "Unanswered calls are not kept": the other side is told at once.
  keepsUnanswered: false,
  writes: true,
  byes: {
    hangUp: { cause: 'NORMAL_CLEARING', causeCode: 16 },
    cancel: { cause: 'ORIGINATOR_CANCEL', causeCode: 487 },
    decline: { cause: 'CALL_REJECTED', causeCode: 21 },
    busy: { cause: 'USER_BUSY', causeCode: 17 },
    away: { cause: 'NO_ANSWER', causeCode: 19 },
    unwanted: { cause: 'CALL_REJECTED', causeCode: 21 },
  },
  signIn,
  leg,
  signature: () => ({}),
  beside: () => ({}),
  sticky: () => null,
  // An acknowledgement changes nothing here; after a punt there is nobody to hear it.
  acknowledges: (method) => method !== `${PREFIX}punt`,
  session: (result) => str(fields(result), 'sessid'),
  // There is no registration behind the session: whoever is signed in is reached.
  gateway: () => ({ state: 'registered', region: null, dc: null }),
  read: reading(readKnown),
};

/** The session's id is the server's choice the first time, and brought by us ever after. Throws `unsupported`: no tokens here. */
function signIn(account: Account, known: KnownSession | null): { method: string; params: Params } {
  const { credentials, domain, userVariables } = account;
  if (credentials.kind !== 'password') throw new PhoneError('unsupported', { credentials: credentials.kind });
  const whole = credentials.user.includes('@') || domain === undefined || domain === '';
  return {
    method: 'login',
    params: {
      login: whole ? credentials.user : `${credentials.user}@${domain}`,
      passwd: credentials.password,
      loginParams: {},
      userVariables: { ...userVariables },
      ...(known ? { sessid: known.sessid } : {}),
    },
  };
}

function leg(facts: LegFacts): Params {
  const headers = facts.headers.map(({ name, value }) => [`${HEADER}${name}`, value] as const);
  return {
    callID: facts.id,
    ...(facts.destination === null ? {} : { destination_number: facts.destination }),
    remote_caller_id_name: facts.theirs.name ?? NOBODY,
    ...(facts.theirs.number === null ? {} : { remote_caller_id_number: facts.theirs.number }),
    caller_id_name: facts.ours.name ?? '',
    caller_id_number: facts.ours.number ?? '',
    useVideo: false,
    useStereo: false,
    screenShare: false,
    userVariables: { ...facts.userVariables, ...Object.fromEntries(headers) },
  };
}

function readKnown(method: string, params: Fields): ServerEvent {
  switch (method) {
    case 'verto.clientReady': {
      const reattached = optStrings(params, 'reattached_sessions');
      return { type: 'ready', reattached: reattached === null ? null : reattached.map(legId) };
    }
    case 'verto.ping':
      return { type: 'ping' };
    case 'verto.punt':
      return { type: 'punt' };
    case 'verto.invite':
      return { type: 'invite', ...named(offered(params, headers(params))) };
    case 'verto.attach':
      return { type: 'attach', ...named(offered(params, headers(params))) };
    case 'verto.media':
      return { type: 'media', call: callOf(params), sdp: str(params, 'sdp') };
    case 'verto.answer':
      return { type: 'answer', call: callOf(params), sdp: optStr(params, 'sdp'), ids: null };
    case 'verto.display':
      return { type: 'display', call: callOf(params), who: shown(params) };
    case 'verto.bye':
      return bye(params, headers(params));
    case 'verto.event':
      return readEvent(params);
    case 'verto.info':
      return readInfo(params);
    default:
      return { type: 'unknown', method, why: null };
  }
}

/** `caller_id_*` there is whoever called first, us included; `display_*` is the other side. */
function shown(params: Fields): Party {
  return known({ name: optStr(params, 'display_name'), number: optStr(params, 'display_number') });
}

function named(offer: Offered): Offered {
  return { ...offer, theirs: known(offer.theirs), ours: known(offer.ours) };
}

function known(party: Party): Party {
  return party.name === NOBODY ? { ...party, name: null } : party;
}

function headers(params: Fields): readonly { name: string; value: string }[] {
  return Object.keys(params)
    .filter((key) => key.startsWith(HEADER))
    .map((key) => ({ name: key.slice(HEADER.length), value: optStr(params, key) ?? '' }));
}
