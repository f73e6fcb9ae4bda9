/** What a call may say to its server, whatever protocol the line speaks. */

import type { Bye, LegFacts, Params, WireCandidate } from './dialects/dialect';
import type { Dialect, Agent } from './dialects/dialect';
import { fields, optStr } from './dialects/fields';
import { PhoneError } from './model/errors';
import type { LegId } from './model/ids';
import type { Sdp } from './ports';
import type { Session } from './session';

/** Each throws `disconnected`, `timeout` or `refused` and always settles. */
export interface CallVerbs {
  /** May anything be said now? */
  readonly up: boolean;
  /** The session's id; null before the first sign-in. */
  readonly session: string | null;
  readonly saysRinging: boolean;
  readonly trickles: boolean;
  readonly keepsUnanswered: boolean;
  readonly byes: Dialect['byes'];
  invite(leg: LegFacts, sdp: Sdp, trickle: boolean): Promise<void>;
  answer(leg: LegFacts, sdp: Sdp, trickle: boolean): Promise<void>;
  attach(leg: LegFacts, sdp: Sdp, trickle: boolean): Promise<void>;
  bye(leg: LegFacts, bye: Bye): Promise<void>;
  /** Whether the call is held now, as the server says. */
  hold(leg: LegFacts, held: boolean): Promise<boolean>;
  transfer(leg: LegFacts, to: string): Promise<void>;
  /** Attended: the far ends of both legs hear each other. */
  replace(leg: LegFacts, other: LegId): Promise<void>;
  /** A new offer on a live leg; the answer to it. */
  updateMedia(leg: LegFacts, sdp: Sdp, trickle: boolean): Promise<Sdp>;
  digits(leg: LegFacts, digits: string): Promise<void>;
  candidate(leg: LegFacts, candidate: WireCandidate | null): Promise<void>;
  /** A written message to the other side of the call; without a leg, to whomever it names (mod_verto, `verto__info_func`). */
  message(
    leg: LegFacts | null,
    message: { readonly from: string; readonly to: string; readonly body: string },
  ): Promise<void>;
  /** Wants to hear what is said on these channels. Throws `refused` where it may listen to none of them. */
  subscribe(channels: readonly string[]): Promise<void>;
  /** Says something on a channel, under a name. */
  broadcast(channel: string, data: Params, name: string): Promise<void>;
  /** A written line to the assistant, with pictures by their addresses. */
  say(id: string, text: string, pictures?: readonly string[]): Promise<void>;
  /** An item of the conversation that asks for no reply: a tool's result, for instance. Throws `disconnected`. */
  converse(item: Params): void;
  /** A frame that asks for nothing back; lost where there is no line. */
  tell(members: Params): void;
  /** Asks whether the server is there; the line is up afterwards where it is. Never rejects. */
  ask(): Promise<void>;
  /** The media of a call says that this socket's server is of no use: take another. */
  replaceSocket(because: PhoneError): void;
}

const INVITE_MS = 30_000;
const BYE_MS = 5000;

/** The verbs of both Verto dialects over a session: same verbs, another prefix (reference, sections 3 and 11). */
export function verbsOver(session: Session, dialect: Dialect, agent: Agent): CallVerbs {
  const { requests } = session;
  const described = (leg: LegFacts, sdp: Sdp, trickle: boolean): Params => ({
    sdp,
    ...(trickle ? { trickle: true } : {}),
    dialogParams: dialect.leg(leg),
    ...dialect.signature(agent),
  });
  const ask = (verb: string, leg: LegFacts, params: Params, deadlineMs?: number): Promise<unknown> =>
    requests.ask(verb, { ...params, dialogParams: dialect.leg(leg) }, deadlineMs);
  const modify = async (leg: LegFacts, action: string, params: Params = {}): Promise<ReturnType<typeof fields>> =>
    fields(await ask('modify', leg, { action, ...params }));
  const done = async (work: Promise<unknown>): Promise<void> => {
    await work;
  };
  return {
    get up() {
      return session.up;
    },
    get session() {
      return session.known?.sessid ?? null;
    },
    saysRinging: dialect.saysRinging,
    trickles: dialect.trickles,
    keepsUnanswered: dialect.keepsUnanswered,
    byes: dialect.byes,
    invite: (leg, sdp, trickle) => done(requests.ask('invite', described(leg, sdp, trickle), INVITE_MS)),
    answer: (leg, sdp, trickle) => done(requests.ask('answer', described(leg, sdp, trickle))),
    attach: (leg, sdp, trickle) => done(requests.ask('attach', described(leg, sdp, trickle))),
    bye: (leg, bye) => done(ask('bye', leg, { ...bye }, BYE_MS)),
    async hold(leg, held) {
      const result = await modify(leg, held ? 'hold' : 'unhold');
      const said = optStr(result, 'holdState');
      // Told in other words than `held` and `active` (one was seen), the order that was obeyed counts.
      return said === 'held' ? true : said === 'active' ? false : held;
    },
    transfer: (leg, to) => done(modify(leg, 'transfer', { destination: to })),
    replace: (leg, other) => done(modify(leg, 'replace', { replaceCallID: other })),
    async updateMedia(leg, sdp, trickle) {
      const params = { sdp, callID: leg.id, ...(trickle ? { trickle: true } : {}) };
      const answer = optStr(await modify(leg, 'updateMedia', params), 'sdp');
      if (answer === null) throw new PhoneError('ice-restart-failed', { why: 'no answer in the reply' });
      return answer;
    },
    digits: (leg, digits) => done(ask('info', leg, { dtmf: digits })),
    candidate: (leg, candidate) =>
      candidate === null
        ? done(ask('endOfCandidates', leg, { endOfCandidates: true }))
        : done(ask('candidate', leg, { ...candidate })),
    message: (leg, message) =>
      done(leg === null ? requests.ask('info', { msg: message }) : ask('info', leg, { msg: message })),
    subscribe: (channels) => done(requests.ask('subscribe', { eventChannel: [...channels] })),
    broadcast: (channel, data, name) =>
      done(requests.ask('broadcast', { eventChannel: channel, fromDisplay: name, data })),
    converse: (item) => requests.notifyPlain('ai_conversation', { type: 'conversation.item.create', item }),
    say: (id, text, pictures = []) =>
      done(
        requests.askPlain('ai_conversation', {
          type: 'conversation.item.create',
          previous_item_id: null,
          item: {
            id,
            type: 'message',
            role: 'user',
            content: [
              { type: 'input_text', text },
              ...pictures.map((url) => ({ type: 'image_url', image_url: { url } })),
            ],
          },
        }),
      ),
    tell: (members) => requests.tell(members),
    ask: () => session.ask(),
    replaceSocket: (because) => session.replaceSocket(because),
  };
}
