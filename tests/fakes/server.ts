/** A server of the Telnyx dialect that a test steers: it answers what a real one answers, unless told otherwise. */

import type { FakePlatform } from './platform';
import { sdp } from './peer';
import type { FakeSocket } from './socket';

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
  #serial = 100;
  sessid = 'session-1';
  sticky: string | null = 'VSDK-1';
  /** Said after each login; null leaves the list out. */
  reattached: readonly string[] | null = [];
  gatewayStates: string[] = [];
  /** Says `clientReady` by itself. */
  saysReady = true;

  constructor(platform: FakePlatform) {
    this.#platform = platform;
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

  ringing(call: string): void {
    this.say('telnyx_rtc.ringing', {
      callID: call,
      telnyx_call_control_id: 'v3:one',
      telnyx_session_id: 'two',
      telnyx_leg_id: 'three',
    });
  }
  media(call: string, description = sdp('server-1')): void {
    this.say('telnyx_rtc.media', { callID: call, sdp: description });
  }
  answer(call: string, description?: string): void {
    this.say('telnyx_rtc.answer', { callID: call, ...(description === undefined ? {} : { sdp: description }) });
  }
  bye(call: string, cause = 'NORMAL_CLEARING', causeCode = 16, more: Params = {}): void {
    this.say('telnyx_rtc.bye', { callID: call, cause, causeCode, ...more });
  }
  invite(call: string, more: Params = {}): void {
    this.say('telnyx_rtc.invite', {
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
    this.say('telnyx_rtc.attach', {
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
    return this.requests().map(({ method }) => method.replace('telnyx_rtc.', ''));
  }

  requests(method?: string): Request[] {
    return this.#platform.sockets
      .flatMap(({ sent }) => sent)
      .filter((frame): frame is Record<string, unknown> & Request => typeof frame['method'] === 'string')
      .filter((frame) => method === undefined || frame.method === method || frame.method === `telnyx_rtc.${method}`);
  }

  /** The params of the newest request with this method. */
  last(method: string): Params {
    const request = this.requests(method).at(-1);
    if (!request) throw new Error(`no ${method} was sent; sent were ${this.heard().join(', ')}`);
    return request.params;
  }

  /** The callID of the newest request with this method. */
  leg(method = 'invite'): string {
    const dialog = this.last(method)['dialogParams'] as Params;
    return String(dialog['callID']);
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
      const reply = (this.#replies.get(method) ?? this.#replies.get(method.replace('telnyx_rtc.', '')))?.({
        id,
        method,
        params,
      });
      const answer = reply === undefined ? this.#usual(method, params) : reply;
      if (answer !== null) socket.say({ jsonrpc: '2.0', id, ...answer, ...this.#beside() });
      if (answer && 'result' in answer && method.endsWith('login') && this.saysReady) {
        this.say(
          'telnyx_rtc.clientReady',
          this.reattached === null ? {} : { reattached_sessions: this.reattached },
          socket,
        );
      }
    });
  }

  #usual(method: string, params: Params): Reply {
    switch (method) {
      case 'login':
      case 'anonymous_login':
        return { result: { message: 'logged in', sessid: this.sessid } };
      case 'telnyx_rtc.gatewayState':
        return {
          result: {
            params: { state: this.gatewayStates.shift() ?? 'REGED', region: 'local', dc: 'lo1' },
            sessid: this.sessid,
          },
        };
      case 'telnyx_rtc.invite':
        return { result: { message: 'CALL CREATED', sessid: this.sessid } };
      case 'telnyx_rtc.modify': {
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
