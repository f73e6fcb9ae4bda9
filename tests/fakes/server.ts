/** A server that a test steers, of either dialect and with its habits: it answers what a real one answers, unless told otherwise. */

import type { FakePlatform } from './platform';
import { sdp } from './peer';
import type { FakeSocket } from './socket';

export type Speaks = 'telnyx' | 'verto';
type Params = Record<string, unknown>;
interface Request {
  readonly id: string;
  readonly method: string;
  readonly params: Params;
}
/** A reply: members of a result, an error, or nothing at all. */
type Reply = { readonly result: unknown } | { readonly error: { code: number; message: string } } | null;

export class FakeServer {
  readonly #platform: FakePlatform;
  readonly #replies = new Map<string, (request: Request) => Reply>();
  readonly speaks: Speaks;
  readonly prefix: 'telnyx_rtc.' | 'verto.';
  #serial = 100;
  sessid = 'session-1';
  sticky: string | null;
  /** Legs that it still has, and offers with these descriptions to whoever comes back: before ready, or after it. */
  kept: readonly { readonly call: string; readonly sdp: string }[] = [];
  /** Said after each login; null leaves the list out. */
  reattached: readonly string[] | null = [];
  gatewayStates: string[] = [];
  /** Says `clientReady` by itself. */
  saysReady = true;

  constructor(platform: FakePlatform, speaks: Speaks = 'telnyx') {
    this.#platform = platform;
    this.speaks = speaks;
    this.prefix = speaks === 'verto' ? 'verto.' : 'telnyx_rtc.';
    this.sticky = speaks === 'verto' ? null : 'VSDK-1';
    platform.onSocket = (socket) => {
      socket.onSent = (frame) => this.#hear(socket, frame);
    };
  }

  get socket(): FakeSocket {
    return this.#platform.socket;
  }

  /** How requests with this method are answered from now on. */
  reply(method: string, reply: (request: Request) => Reply): void {
    this.#replies.set(method, reply);
  }

  /** Answered as ever again. */
  restore(method: string): void {
    this.#replies.delete(method);
  }

  /** A request of the server's. */
  say(method: string, params: Params, socket = this.socket): number {
    this.#serial += 1;
    socket.say({ jsonrpc: '2.0', id: this.#serial, method, params, ...this.#beside() });
    return this.#serial;
  }

  /** The same by the verb alone, under this family's prefix. */
  tell(verb: string, params: Params): number {
    return this.say(`${this.prefix}${verb}`, params);
  }

  /** The far end rings, the way this family of servers tells it, if at all. */
  rings(call: string): void {
    if (this.speaks === 'verto') return;
    this.ringing(call);
    this.media(call);
  }
  /** The far end answers, the way this family of servers tells it. */
  picksUp(call: string): void {
    if (this.speaks === 'verto') this.answer(call, sdp('server-1'));
    else this.answer(call);
  }

  ringing(call: string): void {
    this.say(`${this.prefix}ringing`, {
      callID: call,
      telnyx_call_control_id: 'v3:one',
      telnyx_session_id: 'two',
      telnyx_leg_id: 'three',
    });
  }
  media(call: string, description = sdp('server-1')): void {
    this.say(`${this.prefix}media`, { callID: call, sdp: description });
  }
  answer(call: string, description?: string): void {
    this.say(`${this.prefix}answer`, { callID: call, ...(description === undefined ? {} : { sdp: description }) });
  }
  bye(call: string, cause = 'NORMAL_CLEARING', causeCode = 16, more: Params = {}): void {
    this.say(`${this.prefix}bye`, { callID: call, cause, causeCode, ...more });
  }
  invite(call: string, more: Params = {}): void {
    this.say(`${this.prefix}invite`, {
      callID: call,
      sdp: sdp('server-1'),
      caller_id_name: 'Ada',
      caller_id_number: '+15550123',
      callee_id_name: 'agent042',
      callee_id_number: '+15550199',
      ...more,
    });
  }
  attach(call: string, description = sdp('server-2', 'BB')): void {
    this.say(`${this.prefix}attach`, {
      callID: call,
      sdp: description,
      caller_id_name: 'Outbound Call',
      caller_id_number: '+15550100',
      callee_id_name: 'agent042',
      callee_id_number: '+15550199',
    });
  }

  /** Methods that the phone sent on every socket, acknowledgements left out. */
  heard(): string[] {
    return this.requests().map(({ method }) => method.replace(this.prefix, ''));
  }

  requests(method?: string): Request[] {
    return this.#platform.sockets
      .flatMap(({ sent }) => sent)
      .filter((frame): frame is Record<string, unknown> & Request => typeof frame['method'] === 'string')
      .filter((frame) => method === undefined || frame.method === method || frame.method === `${this.prefix}${method}`);
  }

  /** The params of the newest request with this method. */
  last(method: string): Params {
    const request = this.requests(method).at(-1);
    if (!request) throw new Error(`no ${method} was sent; sent were ${this.heard().join(', ')}`);
    return request.params;
  }

  /** The callID of the newest request with this method. */
  leg(method = 'invite'): string {
    return callOf(this.last(method));
  }

  acknowledged(): unknown[] {
    return this.#platform.sockets
      .flatMap(({ sent }) => sent)
      .filter((frame) => frame['result'] !== undefined)
      .map((frame) => (frame['result'] as Params)['method']);
  }

  #hear(socket: FakeSocket, frame: Record<string, unknown>): void {
    const { id, method, params } = frame as unknown as Request;
    if (typeof method !== 'string') return;
    // As over a real network, the reply comes later.
    void Promise.resolve().then(() => {
      const reply = (this.#replies.get(method) ?? this.#replies.get(method.replace(this.prefix, '')))?.({
        id,
        method,
        params,
      });
      const answer = reply === undefined ? this.#usual(method, params) : reply;
      if (answer !== null) socket.say({ jsonrpc: '2.0', id, ...answer, ...this.#beside() });
      if (answer && 'result' in answer && method.endsWith('login') && this.saysReady) this.#welcome(socket);
      if (answer && 'result' in answer && method === 'verto.invite') this.#judge(params);
    });
  }

  /** Telnyx lists and then offers; FreeSWITCH offers first. */
  #welcome(socket: FakeSocket): void {
    const offer = (): void => {
      for (const { call, sdp: description } of this.kept) this.attach(call, description);
    };
    const listed = this.kept.length > 0 ? this.kept.map(({ call }) => call) : this.reattached;
    if (this.speaks === 'verto') offer();
    this.say(`${this.prefix}clientReady`, listed === null ? {} : { reattached_sessions: listed }, socket);
    if (this.speaks === 'telnyx') offer();
  }

  /** An offer without candidates has nowhere to be answered to. */
  #judge(params: Params): void {
    if (String(params['sdp']).includes('a=candidate:')) return;
    this.bye(callOf(params), 'INCOMPATIBLE_DESTINATION', 88);
  }

  #usual(method: string, params: Params): Reply {
    const verb = method.replace(this.prefix, '');
    // Nothing of the other family is known here.
    const strange = this.speaks === 'verto' && /gatewayState|andidate|^telnyx_rtc|anonymous/.test(method);
    if (strange) return { error: { code: -32601, message: 'Invalid Method, Missing Method or Permission Denied' } };
    switch (verb) {
      case 'login':
      case 'anonymous_login':
        return { result: { message: 'logged in', sessid: this.sessid } };
      case 'gatewayState':
        return {
          result: {
            params: { state: this.gatewayStates.shift() ?? 'REGED', region: 'local', dc: 'lo1' },
            sessid: this.sessid,
          },
        };
      case 'invite':
        return { result: { message: 'CALL CREATED', callID: callOf(params), sessid: this.sessid } };
      case 'modify': {
        const { action } = params;
        if (action === 'hold') return { result: { action, holdState: 'held' } };
        if (action === 'unhold') return { result: { action, holdState: 'active' } };
        if (action === 'updateMedia') return { result: { action, sdp: sdp('server-restarted') } };
        return { result: { action, message: 'CALL TRANSFERRED' } };
      }
      default:
        return { result: { message: 'OK' } };
    }
  }

  #beside(): Params {
    return this.sticky === null ? {} : { voice_sdk_id: this.sticky };
  }
}

function callOf(params: Params): string {
  return String((params['dialogParams'] as Params | undefined)?.['callID']);
}
