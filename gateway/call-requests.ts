/** What a client may ask about a call, one function a verb. */

import type { Reply } from './client-socket';
import type { Exchange } from './exchange';
import type { Fields } from './fields';
import { text } from './fields';
import type { Leg } from './leg';
import { DOMAIN } from './rooms';
import type { Session } from './session';
import type { Dialog, Request } from './speak/speak';

export type CallRequest = Extract<
  Request,
  { verb: 'invite' | 'answer' | 'attach' | 'bye' | 'modify' | 'info' | 'candidate' | 'converse' }
>;

export interface Desk {
  readonly session: Session;
  readonly exchange: Exchange;
  /** A visitor without a name reaches the assistant, whatever it dials. */
  readonly assistantOnly: boolean;
}

const ASSISTANT = '15';
const MISSING: Reply = { error: { code: -32_002, message: 'CALL DOES NOT EXIST' } };

export async function serveCall(request: CallRequest, desk: Desk): Promise<Reply> {
  const reply = await serve(request, desk);
  return 'result' in reply ? { ...reply, result: desk.session.speak.reply(request.verb, reply.result) } : reply;
}

async function serve(request: CallRequest, desk: Desk): Promise<Reply> {
  switch (request.verb) {
    case 'invite':
      return invite(request.dialog, request.sdp, desk);
    case 'converse':
      return converse(request.item, desk);
    case 'answer':
    case 'attach': {
      const leg = desk.session.legs.get(request.dialog.callId);
      return leg ? take(request.verb, leg, request.sdp, desk) : MISSING;
    }
    default: {
      const leg = desk.session.legs.get(request.callId);
      return leg ? about(request, leg, desk) : MISSING;
    }
  }
}

function invite(dialog: Dialog, sdp: string, desk: Desk): Reply {
  const destination = desk.assistantOnly ? ASSISTANT : dialog.destination;
  if (!destination) return { error: { code: -32_602, message: 'Missing or wrong: destination_number' } };
  if (desk.exchange.isTaken(dialog.callId)) return { error: { code: -32_002, message: 'CALL ERROR' } };
  const { start } = desk.exchange.dial(desk.session, dialog, sdp, destination);
  // The result goes first: a client that hears of the media before it is told of the call gets stuck.
  return { result: said(dialog.callId, desk, { message: 'CALL CREATED' }), afterwards: start };
}

async function take(verb: 'answer' | 'attach', leg: Leg, sdp: string, desk: Desk): Promise<Reply> {
  try {
    if (verb === 'attach') {
      await leg.audio.acceptAgain(sdp);
      const result = said(leg.callId, desk, { message: 'CALL ATTACHED' });
      return { result, afterwards: () => leg.peer?.learn({ type: 'back' }) };
    }
    if (leg.about.direction === 'in' || leg.answered) return { error: { code: -32_002, message: 'CALL ERROR' } };
    const afterwards = await leg.accept(sdp);
    return { result: said(leg.callId, desk, { message: 'CALL ANSWERED' }), afterwards };
  } catch {
    return { error: { code: -32_002, message: 'CODEC NEGOTIATION ERROR' } };
  }
}

async function about(request: Extract<CallRequest, { callId: string }>, leg: Leg, desk: Desk): Promise<Reply> {
  switch (request.verb) {
    case 'bye': {
      const { cause } = request;
      leg.finish(cause);
      return { result: said(leg.callId, desk, { message: 'CALL ENDED', cause: cause.cause, causeCode: cause.code }) };
    }
    case 'candidate':
      await leg.audio.addCandidate(request.candidate).catch(() => undefined);
      return { result: said(leg.callId, desk, {}) };
    case 'info':
      if (request.digits) leg.press(request.digits);
      if (request.message) return write(request.message, leg, desk);
      return { result: said(leg.callId, desk, { message: 'SENT' }) };
    case 'modify':
      return modify(request, leg, desk);
    default:
      return request satisfies never;
  }
}

/** A written message goes to the other end of the call; over Verto its sender is who signed in, whatever it says of itself. */
function write(message: Fields, leg: Leg, desk: Desk): Reply {
  const { speak, account } = desk.session;
  if (!text(message, 'to') || !text(message, 'body'))
    return { error: { code: -32_002, message: 'INVALID MESSAGE to and body params required' } };
  const from = speak.writes ? `${account.user}@${DOMAIN}` : message['from'];
  leg.peer?.learn({ type: 'message', message: { ...message, from } });
  return { result: said(leg.callId, desk, { message: 'SENT' }) };
}

async function modify(request: Extract<CallRequest, { verb: 'modify' }>, leg: Leg, desk: Desk): Promise<Reply> {
  const { action } = request;
  switch (action) {
    case 'hold':
    case 'unhold':
    case 'toggleHold': {
      if (!leg.answered) return { error: { code: -32_002, message: 'CALL ERROR' } };
      leg.hold(action === 'toggleHold' ? !leg.held : action === 'hold');
      return { result: said(leg.callId, desk, { action, holdState: holdState(leg) }) };
    }
    case 'transfer': {
      const { to } = request;
      if (!to) return { error: { code: -32_002, message: 'destination missing' } };
      if (!desk.exchange.isBridged(leg)) return { error: { code: -32_002, message: 'call is not bridged' } };
      return {
        result: said(leg.callId, desk, { action, message: 'CALL TRANSFERRED', holdState: holdState(leg) }),
        afterwards: () => void desk.exchange.transfer(leg, to),
      };
    }
    case 'replace': {
      const other = request.otherCallId ? desk.session.legs.get(request.otherCallId) : undefined;
      if (!other || other === leg) return MISSING;
      if (!desk.exchange.isBridged(leg) || !desk.exchange.isBridged(other)) {
        return { error: { code: -32_002, message: 'call is not bridged' } };
      }
      return {
        result: said(leg.callId, desk, { action, holdState: holdState(leg) }),
        afterwards: () => void desk.exchange.replace(leg, other),
      };
    }
    case 'updateMedia': {
      if (!request.sdp || !leg.answered || !desk.session.speak.accepts(request.sdp))
        return { error: { code: -32_002, message: 'CODEC NEGOTIATION ERROR' } };
      try {
        return {
          result: said(leg.callId, desk, {
            action,
            sdp: desk.session.speak.shape(await leg.audio.restart(request.sdp)),
          }),
        };
      } catch {
        return { error: { code: -32_002, message: 'CODEC NEGOTIATION ERROR' } };
      }
    }
    case 'other':
      return { result: said(leg.callId, desk, { action: request.name, holdState: holdState(leg) }) };
    default:
      return request satisfies never;
  }
}

function holdState(leg: Leg): 'held' | 'active' {
  return leg.held ? 'held' : 'active';
}

function converse(item: Fields, desk: Desk): Reply {
  for (const leg of desk.session.legs.values()) leg.peer?.learn({ type: 'item', item });
  return { result: { sessid: desk.session.id, message: 'ok' } };
}

function said(callId: string, desk: Desk, more: Fields): Fields {
  return { callID: callId, ...more, sessid: desk.session.id };
}
