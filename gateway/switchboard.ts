/** The front desk: sockets come and go, clients sign in and come back, and each request finds its way. */

import type { Account } from './accounts';
import { visitor } from './accounts';
import type { Accounts } from './accounts';
import { causeOf } from './causes';
import type { CauseName } from './causes';
import type { ClientSocket, Reply, SocketOwner } from './client-socket';
import { serveCall } from './call-requests';
import type { Channels } from './channels';
import type { Exchange } from './exchange';
import type { Faults, Reach, Target } from './faults';
import type { Fields } from './fields';
import { text } from './fields';
import type { Leg } from './leg';
import type { StopUntil } from './media/leg-audio';
import { DOMAIN } from './rooms';
import { Session } from './session';
import type { DialectName } from './speak/index';
import { dialectAt } from './speak/index';
import type { Request, Speak } from './speak/speak';

export interface SwitchboardOptions {
  readonly accounts: Accounts;
  /** Unanswered calls too are kept while a client is away (stock FreeSWITCH ends them). */
  readonly keepUnanswered: boolean;
  readonly region: string;
  readonly dc: string;
  /** What clients speak that came to no path in particular. */
  readonly dialect: DialectName;
}

type Login = Extract<Request, { verb: 'login' | 'anonymous' }>;

const AUTHENTICATE = { error: { code: -32_000, message: 'Authentication Required' } };

export class Switchboard implements SocketOwner, Reach {
  readonly #options: SwitchboardOptions;
  readonly #exchange: Exchange;
  readonly #sockets = new Set<ClientSocket>();
  readonly #sessions = new Map<string, Session>();
  readonly #bySocket = new Map<ClientSocket, Session>();
  readonly #channels: Channels;
  readonly #faults: () => Faults;

  constructor(options: SwitchboardOptions, exchange: Exchange, channels: Channels, faults: () => Faults) {
    this.#options = options;
    this.#exchange = exchange;
    this.#channels = channels;
    this.#faults = faults;
  }

  get sessions(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  sessionsOf(account: Account): readonly Session[] {
    const keep = this.#options.keepUnanswered;
    return this.sessions.filter((session) => session.account === account && (keep || session.socket));
  }

  sessionWith(leg: Leg): Session | null {
    return this.sessions.find((session) => session.legs.get(leg.callId) === leg) ?? null;
  }

  opened(socket: ClientSocket): void {
    this.#sockets.add(socket);
  }

  closed(socket: ClientSocket): void {
    this.#sockets.delete(socket);
    const session = this.#bySocket.get(socket);
    this.#bySocket.delete(socket);
    // A socket that was replaced is no loss.
    if (!session || session.socket || !this.#sessions.has(session.id)) return;
    if ([...this.#bySocket.values()].includes(session)) return;
    this.#channels.forget(session);
    for (const leg of [...session.legs.values()]) this.#leave(leg, session);
    session.detach(this.#faults().detachMs, () => this.#forget(session));
  }

  /** What becomes of a call whose client is away. */
  #leave(leg: Leg, session: Session): void {
    if (!leg.about.recoverable || (!leg.answered && !this.#options.keepUnanswered)) {
      leg.finish(
        causeOf(leg.about.direction === 'in' && !leg.answered ? 'ORIGINATOR_CANCEL' : 'DESTINATION_OUT_OF_ORDER'),
      );
    } else if (!session.speak.comeback.keepsMedia) {
      leg.audio.abandon();
    }
  }

  answersAll(socket: ClientSocket): boolean {
    return (this.#bySocket.get(socket)?.speak ?? this.#dialectOf(socket)).answersAll;
  }

  async request(socket: ClientSocket, method: string, params: Fields): Promise<Reply> {
    const verdict = this.#faults().verdict(socket, method);
    if (verdict === 'silence') return { silent: true };
    if (verdict) return { error: verdict };
    const session = this.#bySocket.get(socket) ?? null;
    const speak = session?.speak ?? this.#dialectOf(socket);
    const request = speak.read(method, params);
    switch (request.verb) {
      case 'login':
      case 'anonymous':
        return this.#signIn(socket, request);
      case 'unknown':
        return session
          ? { error: { code: -32_601, message: 'Invalid Method, Missing Method or Permission Denied' } }
          : AUTHENTICATE;
      default:
    }
    if (!session) return AUTHENTICATE;
    switch (request.verb) {
      case 'malformed':
        return { error: { code: -32_602, message: `Missing or wrong: ${request.what}` } };
      case 'ping':
        return { result: { message: 'PONG', sessid: session.id } };
      case 'gateway state': {
        const state = this.#faults().nextGatewayState();
        const { region, dc } = this.#options;
        return { result: { params: { state, region, dc }, sessid: session.id } };
      }
      case 'report':
        return { result: { message: 'ok' } };
      case 'write':
        return this.#write(request.message, session);
      case 'channels':
        return this.#channels.serve(request, session);
      default:
        return serveCall(request, { session, exchange: this.#exchange, assistantOnly: session.account === visitor });
    }
  }

  /** To every place where somebody is signed in; to nobody it is lost, and the answer is the same (mod_verto's own). */
  #write(message: Fields, from: Session): Reply {
    const to = text(message, 'to');
    const body = text(message, 'body');
    if (!to || !body) return { error: { code: -32_002, message: 'INVALID MESSAGE to and body params required' } };
    const account = this.#options.accounts.find(to);
    for (const session of account ? this.sessionsOf(account) : []) {
      const { speak } = session;
      const msg = { from: `${from.account.user}@${DOMAIN}`, to, body, from_msg_name: from.account.name };
      if (speak.writes) session.notify(`${speak.prefix}info`, { msg });
    }
    return { result: { message: 'SENT', sessid: from.id } };
  }

  // What faults reach.

  sockets(target: Target): readonly ClientSocket[] {
    return [...this.#sockets].filter((socket) => this.owns(socket, target));
  }

  owns(socket: ClientSocket, target: Target): boolean {
    const session = this.#bySocket.get(socket);
    if (target.socket !== undefined && target.socket !== socket.serial) return false;
    if (target.sessid !== undefined && target.sessid !== session?.id) return false;
    return target.user === undefined || target.user === session?.account.user;
  }

  punt(socket: ClientSocket): void {
    const speak = this.#bySocket.get(socket)?.speak ?? this.#dialectOf(socket);
    void socket.tell(`${speak.prefix}punt`, {});
    socket.close(1000);
  }

  forgetAll(): void {
    for (const session of this.sessions) session.end();
    this.#sessions.clear();
    this.#bySocket.clear();
    // Cut first, so that nobody is told: a server that crashed says no goodbye.
    for (const socket of [...this.#sockets]) socket.close();
    this.#exchange.forgetAll();
  }

  stopMedia(callId: string | null, until: StopUntil): void {
    for (const leg of this.#chosen(callId)) leg.audio.stop(until);
  }

  resumeMedia(callId: string | null): void {
    for (const leg of this.#chosen(callId)) leg.audio.resume();
  }

  hangUp(callId: string, cause: CauseName): boolean {
    const leg = this.#exchange.leg(callId);
    if (!leg || leg.ended) return false;
    leg.end(causeOf(cause));
    return true;
  }

  #dialectOf(socket: ClientSocket): Speak {
    return dialectAt(socket.path, this.#options.dialect);
  }

  #chosen(callId: string | null): readonly Leg[] {
    return this.#exchange.legs().filter((leg) => !leg.ended && (callId === null || leg.callId === callId));
  }

  #signIn(socket: ClientSocket, login: Login): Reply {
    // It waited for its turn, and nobody would ever detach the session.
    if (!socket.open) return { silent: true };
    const account = this.#accountFor(login);
    if ('error' in account) return account;
    const known = login.sessid ? this.#sessions.get(login.sessid) : undefined;
    if (known && known.account !== account) return { error: { code: -32_001, message: 'Session in use' } };
    const session = known ?? new Session({ id: login.sessid, account, speak: this.#dialectOf(socket) });
    this.#sessions.set(session.id, session);
    const older = session.socket;
    const back = older !== socket;
    this.#bySocket.set(socket, session);
    session.bind(socket);
    if (older && back) this.punt(older);
    const result = { message: 'logged in', sessid: session.id };
    if (!back && !session.speak.comeback.readyAgain) return { result };
    return { result, afterwards: () => void this.#welcome(session, socket, back && known !== undefined) };
  }

  #accountFor(login: Login): Account | { readonly error: { readonly code: number; readonly message: string } } {
    const refuse = (message: string) => ({ error: { code: -32_001, message } });
    if (login.verb === 'anonymous') {
      return login.type === 'ai_assistant' && login.target
        ? visitor
        : refuse('Only ai_assistant may be called without a name');
    }
    if (login.user && login.password) {
      const known = this.#options.accounts.byPassword(login.user, login.password);
      return known ?? refuse(this.#options.accounts.find(login.user) ? 'Authentication Failure' : 'Login Incorrect');
    }
    if (login.token) return this.#options.accounts.byToken(login.token) ?? refuse('Invalid or expired token');
    if (login.user) return refuse('Missing passwd');
    return { error: { code: -32_000, message: 'Authentication Required' } };
  }

  /** clientReady, and every kept leg offered again to a client that came back (13.13 of the reference). */
  async #welcome(session: Session, socket: ClientSocket, back: boolean): Promise<void> {
    const kept = [...session.legs.values()].filter((leg) => leg.answered);
    const waiting = back ? [...session.legs.values()].filter((leg) => !leg.answered) : [];
    const faults = this.#faults();
    const { comeback } = session.speak;
    const attach = async (): Promise<void> => {
      if (!back || faults.skipAttach) return;
      for (const leg of kept) {
        const offer = await leg.audio.offerAgain(faults.attachCredentials ?? comeback.credentials).catch(() => null);
        if (!offer || leg.ended || session.socket !== socket) continue;
        void session.tell('attach', leg.facts(), { sdp: session.speak.shape(offer) });
      }
    };
    const ready = (): void => {
      const ids = [...kept, ...waiting].filter((leg) => !leg.ended).map((leg) => leg.callId);
      session.notify(`${session.speak.prefix}clientReady`, { reattached_sessions: ids });
    };
    if (faults.attachFirst ?? comeback.attachFirst) {
      await attach();
      ready();
    } else {
      ready();
      await attach();
    }
    for (const leg of waiting) await leg.remind();
  }

  #forget(session: Session): void {
    this.#sessions.delete(session.id);
    session.end();
    for (const leg of [...session.legs.values()]) leg.finish(causeOf(session.speak.comeback.tooLate));
  }
}
