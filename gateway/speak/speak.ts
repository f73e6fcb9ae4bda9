/** How one family of clients spells the protocol: what is read from its frames and what only it wants to be told. */

import type { Cause, CauseName } from '../causes';
import type { Fields } from '../fields';
import type { Candidate } from '../media/peer';
import type { Ice } from '../media/reach';

/** What a client says about a call when it makes, takes or attaches it. */
export interface Dialog {
  readonly callId: string;
  readonly destination: string | null;
  readonly callerName: string | null;
  readonly callerNumber: string | null;
  readonly headers: readonly Header[];
  readonly clientState: string | null;
  /** False: the call is not to outlive its socket. */
  readonly recoverable: boolean;
}

export interface Header {
  readonly name: string;
  readonly value: string;
}

export type Modify =
  | { readonly action: 'hold' | 'unhold' | 'toggleHold' }
  | { readonly action: 'transfer'; readonly to: string | null }
  | { readonly action: 'replace'; readonly otherCallId: string | null }
  | { readonly action: 'updateMedia'; readonly sdp: string | null }
  /** Stock FreeSWITCH answers any other action, and does nothing. */
  | { readonly action: 'other'; readonly name: string };

/** A frame of the client, understood. */
export type Request =
  | {
      readonly verb: 'login';
      readonly user: string | null;
      readonly password: string | null;
      readonly token: string | null;
      readonly sessid: string | null;
    }
  | {
      readonly verb: 'anonymous';
      readonly target: string | null;
      readonly type: string | null;
      readonly sessid: string | null;
    }
  | { readonly verb: 'gateway state' | 'ping' | 'report' }
  | {
      readonly verb: 'channels';
      readonly action: 'subscribe' | 'unsubscribe' | 'broadcast';
      readonly channels: readonly string[];
      readonly data: Fields;
      readonly display: string | null;
    }
  | {
      readonly verb: 'invite' | 'answer' | 'attach';
      readonly dialog: Dialog;
      readonly sdp: string;
      readonly trickles: boolean;
    }
  | { readonly verb: 'bye'; readonly callId: string; readonly cause: Cause }
  | ({ readonly verb: 'modify'; readonly callId: string } & Modify)
  /** A message to somebody outside of any call. */
  | { readonly verb: 'write'; readonly message: Fields }
  | { readonly verb: 'info'; readonly callId: string; readonly digits: string | null; readonly message: Fields | null }
  | { readonly verb: 'candidate'; readonly callId: string; readonly candidate: Candidate | null }
  | { readonly verb: 'converse'; readonly item: Fields }
  | { readonly verb: 'malformed'; readonly what: string }
  | { readonly verb: 'unknown'; readonly method: string };

/** What the server knows of a leg when it speaks of it to the client. */
export interface LegFacts {
  readonly callId: string;
  readonly callerName: string;
  readonly callerNumber: string;
  readonly calleeName: string;
  readonly calleeNumber: string;
  /** The server's view: `outbound` towards the client, `inbound` from it. */
  readonly direction: 'inbound' | 'outbound';
  readonly controlId: string;
  readonly sessionId: string;
  readonly legId: string;
  readonly headers: readonly Header[];
  readonly clientState: string | null;
}

export type Verb = 'invite' | 'ringing' | 'media' | 'answer' | 'attach' | 'bye' | 'display' | 'info' | 'event';

export interface Comeback {
  readonly attachFirst: boolean;
  /** Whoever signs in once more on the socket that it has is told `clientReady` again. */
  readonly readyAgain: boolean;
  /** `same`: looks like the one in use; `renewed`: new ICE credentials, the server's certificate; `new`: both new. */
  readonly credentials: Credentials;
  /** Sound goes on while the client is away. */
  readonly keepsMedia: boolean;
  /** What the far side hears where the client did not come back in time. */
  readonly tooLate: CauseName;
}

export type Credentials = 'same' | 'renewed' | 'new';

export interface Speak {
  readonly name: 'telnyx' | 'verto';
  /** Before every method but `login`. */
  readonly prefix: string;
  /** A top-level token on every frame, by which a client finds the same node again. */
  readonly sticky: boolean;
  /** A client that came back: are its calls offered before `clientReady` or after, over which transport, and did they sound? */
  readonly comeback: Comeback;
  /** Sends `media` before every answer; otherwise the description is in the answer, unless there was early media. */
  readonly mediaFirst: boolean;
  /** Candidates may go one by one. */
  readonly trickles: boolean;
  readonly ice: Ice;
  /** Tells both ends of a call between two clients whom they speak to, once it is answered. */
  readonly announces: boolean;
  /** Says that the other end rings; a dialect that does not stays silent until there is sound. */
  readonly tellsRinging: boolean;
  /** Brings written messages to the client, and tells it who is in a conference room. */
  readonly writes: boolean;
  /** Its server has parking places, which are dialled. */
  readonly parks: boolean;
  /** How its server refuses a number that nobody has. */
  readonly unassigned: CauseName;
  /** Answers what asks for no answer too, with no id. */
  readonly answersAll: boolean;
  read(method: string, params: Fields): Request;
  /** Parameters of a frame about a leg; `extra` is what belongs to this verb alone. */
  tell(verb: Verb, leg: LegFacts, extra: Fields): Fields;
  /** The result of a call request, from all that could be said in it. */
  reply(verb: Request['verb'], result: Fields): Fields;
  /** A description of ours, as this family writes it. */
  shape(sdp: string): string;
  /** Whether a client's offer will do, the first one or that of a restart. */
  accepts(offer: string): boolean;
}
