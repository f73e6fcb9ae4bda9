/** What the gateway shows of itself, as plain JSON: no secret of an account is in it. */

import type { Fields } from './fields';
import { BotLine } from './bot';
import type { Leg } from './leg';
import type { Heard } from './media/ear';
import type { StopUntil } from './media/leg-audio';
import type { Session } from './session';

export interface SessionView {
  readonly sessid: string;
  readonly user: string;
  readonly dialect: string;
  readonly online: boolean;
  /** Serial of the open socket; null while away. */
  readonly socket: number | null;
  readonly calls: readonly string[];
}

export interface CallView {
  readonly callId: string;
  readonly user: string;
  readonly sessid: string | null;
  /** `in`: the client called; `out`: it was called. */
  readonly direction: 'in' | 'out';
  readonly caller: { readonly name: string; readonly number: string };
  readonly callee: { readonly name: string; readonly number: string };
  readonly phase: string;
  readonly held: boolean;
  readonly startedAt: number;
  readonly peer: { readonly name: string; readonly number: string } | null;
  /** What a bot at the other end is playing. */
  readonly playing: string | null;
  /** Pressed by the client, as it sent them. */
  readonly digits: readonly string[];
  readonly messages: readonly Fields[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly clientState: string | null;
  readonly cause: string | null;
  readonly causeCode: number | null;
  readonly endedBy: 'client' | 'server' | null;
  readonly audio: {
    readonly connected: boolean;
    readonly codec: string;
    /** How often the client came back to this call, with the peer that it had and with a new one. */
    readonly returns: { readonly kept: number; readonly rebuilt: number };
    readonly sent: { readonly packets: number; readonly bytes: number };
    /** What would bring a dead media path back; null while it lives. */
    readonly stoppedUntil: StopUntil | null;
  };
}

export interface BotView {
  readonly name: string;
  readonly number: string;
  readonly playing: string | null;
  readonly peer: { readonly name: string; readonly number: string } | null;
  readonly digits: readonly string[];
  readonly heard: Heard;
}

export function botView(bot: BotLine): BotView {
  const { label, saying, peer, digits, ear } = bot;
  return { ...label, playing: saying, peer: peer?.label ?? null, digits, heard: ear.heard(300) };
}

export function sessionView(session: Session): SessionView {
  return {
    sessid: session.id,
    user: session.account.user,
    dialect: session.speak.name,
    online: session.socket !== null,
    socket: session.socket?.serial ?? null,
    calls: [...session.legs.keys()],
  };
}

export function callView(leg: Leg, session: Session | null): CallView {
  const { callId, direction, caller, callee, headers, clientState } = leg.about;
  const { phase, held, startedAt, digits, messages, audio, peer, outcome } = leg;
  return {
    callId,
    user: leg.account.user,
    sessid: session?.id ?? null,
    direction,
    caller,
    callee,
    phase,
    held,
    startedAt,
    peer: peer?.label ?? null,
    playing: peer instanceof BotLine ? peer.saying : null,
    digits,
    messages,
    headers,
    clientState,
    cause: outcome?.cause.cause ?? null,
    causeCode: outcome?.cause.code ?? null,
    endedBy: outcome?.by ?? null,
    audio: {
      connected: audio.connected,
      codec: audio.codec,
      returns: audio.returns,
      sent: audio.sent,
      stoppedUntil: audio.stoppedUntil,
    },
  };
}
