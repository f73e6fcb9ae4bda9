/** How one family of servers spells the protocol. Pure: functions of their arguments, no state, no clock. */

import type { DeclineReason } from '../model/decline';
import type { WireCause } from '../model/end-cause';
import type { LegId } from '../model/ids';
import type { Json } from '../model/json';
import type { Party, RoomMember } from '../model/snapshot';
import type { Fields } from './fields';

export type Params = { readonly [key: string]: Json | undefined };

/** Who signs in, already validated. */
export interface Account {
  readonly credentials: Credentials;
  readonly userVariables: { readonly [key: string]: string | number | boolean } | null;
  /** null: not said by the person; the dialect's own default. */
  readonly pushWhenActive: boolean | null;
  readonly earlySdpAnswer: boolean;
  /** A domain of the server's, where it serves several: behind the user's @. */
  readonly domain?: string;
}
export type Credentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  | {
      readonly kind: 'assistant';
      readonly target: string;
      readonly version: string | null;
      readonly params: { readonly [key: string]: string } | null;
    };

/** What this client says of itself. */
export interface Agent {
  readonly name: string;
  readonly version: string;
}

/** A session of ours that the server may still know. */
export interface KnownSession {
  readonly sessid: string;
  readonly sticky: string | null;
}

/** One leg as the wire needs to know it: the `dialogParams`. */
export interface LegFacts {
  readonly id: LegId;
  readonly direction: 'out' | 'in';
  readonly destination: string | null;
  readonly theirs: Party;
  readonly ours: Party;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly clientState: string | null;
  readonly userVariables: { readonly [key: string]: string | number | boolean } | null;
  readonly codecs: readonly string[];
  /** The leg answers an ATTACH. */
  readonly attached: boolean;
}

export type GatewayState = 'registered' | 'unregistered' | 'failed' | 'trying';

export interface TelnyxIds {
  readonly callControlId: string | null;
  readonly sessionId: string | null;
  readonly legId: string | null;
}

/** What the server wants with a leg it offers: a new call, or one of ours again. */
export interface Offered {
  readonly call: LegId;
  readonly sdp: string;
  readonly theirs: Party;
  readonly ours: Party;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly clientState: string | null;
  readonly ids: TelnyxIds | null;
}

export interface WireCandidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
}

export type ServerEvent =
  /** `reattached` is null where the server told no list. */
  | { readonly type: 'ready'; readonly reattached: readonly LegId[] | null }
  | { readonly type: 'gateway'; readonly state: GatewayState }
  | ({ readonly type: 'invite' } & Offered)
  | ({ readonly type: 'attach' } & Offered)
  | CallMessage
  | RoomEvent
  | { readonly type: 'conversation'; readonly params: unknown }
  | { readonly type: 'ping' }
  | { readonly type: 'punt' }
  /** Understood and of no consequence here, or not understood at all (`why`). */
  | { readonly type: 'unknown'; readonly method: string; readonly why: string | null };

/** What is said about one leg that exists. */
export type CallMessage =
  | { readonly type: 'ringing'; readonly call: LegId; readonly ids: TelnyxIds | null }
  | { readonly type: 'media'; readonly call: LegId; readonly sdp: string }
  | { readonly type: 'answer'; readonly call: LegId; readonly sdp: string | null; readonly ids: TelnyxIds | null }
  /** null is the end of candidates. */
  | { readonly type: 'candidate'; readonly call: LegId; readonly candidate: WireCandidate | null }
  | { readonly type: 'display'; readonly call: LegId; readonly who: Party }
  | {
      readonly type: 'bye';
      readonly call: LegId;
      readonly cause: WireCause;
      readonly headers: Offered['headers'];
    };

/** Where a room is heard of: its own name for itself, and the channels of its members and of what is written in it. */
export interface RoomAddress {
  readonly name: string;
  readonly members: string;
  readonly written: string | null;
}

export type MembersChange =
  | { readonly kind: 'all'; readonly members: readonly RoomMember[] }
  | { readonly kind: 'one'; readonly member: RoomMember }
  | { readonly kind: 'gone'; readonly id: string };

/** What is said of conference rooms, and what people write. */
export type RoomEvent =
  | { readonly type: 'room-entered'; readonly call: LegId; readonly room: RoomAddress }
  | { readonly type: 'room-left'; readonly call: LegId }
  | {
      readonly type: 'room-members';
      readonly channel: string;
      readonly name: string | null;
      /** Counts the changes up by one; null where it was not told. */
      readonly serial: number | null;
      readonly change: MembersChange;
    }
  | { readonly type: 'room-written'; readonly channel: string; readonly from: Party; readonly text: string }
  | { readonly type: 'written'; readonly call: LegId | null; readonly from: Party; readonly text: string };

/** A cause of ours, for a bye. */
export interface Bye {
  readonly cause: string;
  readonly causeCode: number;
}

export interface Dialect {
  readonly name: 'telnyx' | 'verto';
  readonly prefix: 'telnyx_rtc.' | 'verto.';
  /** Is the server somebody's own, whose address is in the settings? */
  readonly ownServer: boolean;
  /** May candidates be sent one by one? Where not, no description goes out without them. */
  readonly trickles: boolean;
  /** Does the server say that the far end rings? Where not, it rings from the invite's result on. */
  readonly saysRinging: boolean;
  /** When may we dial: at clientReady, or after the gateway said that it registered us? */
  readonly afterSignIn: 'wait-for-ready' | 'ask-gateway';
  /** Can people write to each other in a call, and does the server tell of conference rooms? */
  readonly writes: boolean;
  /** Does a call that rings outlive its socket? */
  readonly keepsUnanswered: boolean;
  readonly byes: { readonly [how in 'hangUp' | 'cancel' | 'decline' | DeclineReason]: Bye };
  signIn(
    account: Account,
    known: KnownSession | null,
    agent: Agent,
  ): { readonly method: string; readonly params: Params };
  /** The `dialogParams` of a leg, exactly these keys. */
  leg(leg: LegFacts): Params;
  /** What rides beside `dialogParams` on invite, answer and attach. */
  signature(agent: Agent): Params;
  /** Members beside `params`, for the methods that want them. */
  beside(method: string, known: KnownSession | null): Params;
  /** The routing token that any frame may carry (Telnyx: `voice_sdk_id`). */
  sticky(frame: Fields): string | null;
  /** Is a request of the server's with this method answered by an acknowledgement? */
  acknowledges(method: string): boolean;
  /** Throws `bad-message` where a sign-in's result has no session. */
  session(result: unknown): string;
  gateway(result: unknown): {
    readonly state: GatewayState;
    readonly region: string | null;
    readonly dc: string | null;
  };
  /** Malformed becomes `unknown`; never throws. */
  read(method: string, params: unknown): ServerEvent;
}
