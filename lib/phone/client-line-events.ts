/** Tells what happens to the line in the official client's events: socket, sign-in, recovery, the server's own messages. */

import type { Telling } from './client-call-events';
import type { TelnyxCall } from './client-call';
import { TelnyxError, warning, type WarningCode } from './client-codes';
import type { ServerEvent } from './dialects/dialect';
import { fields, optStr } from './dialects/fields';
import type { Line } from './line';
import { PhoneError } from './model/errors';
import type { LegId } from './model/ids';
import type { SessionState } from './model/session-state';
import { isRefusal } from './reconnecting';

const EVENTS = new Set(['telnyx_rtc.info', 'telnyx_rtc.event', 'webrtc.event']);

export class LineTeller {
  readonly #line: Line;
  readonly #client: Telling;
  readonly #callOf: (leg: LegId) => TelnyxCall | null;
  #tokenToldAt: number | null = null;
  /** The leg by which each call was answered. */
  readonly #answered = new WeakMap<TelnyxCall, LegId>();

  constructor(line: Line, client: Telling, callOf: (leg: LegId) => TelnyxCall | null) {
    this.#line = line;
    this.#client = client;
    this.#callOf = callOf;
  }

  start(): void {
    const { session, events } = this.#line;
    session.events.on('opened', () => this.#client.emit('telnyx.socket.open'));
    session.events.on('lost', (because) => this.#lost(because));
    session.events.on('message', (frame) => this.#message(frame));
    session.events.on('event', (event) => this.#hear(event));
    session.events.on('change', (state) => this.#session(state));
    events.on('change', () => this.#notices());
  }

  #lost(because: PhoneError): void {
    const { code, reason } = because.facts;
    this.#client.emit('telnyx.socket.close', {
      code: typeof code === 'number' ? code : null,
      reason: typeof reason === 'string' ? reason : because.reason,
    });
    if (because.reason === 'unreachable' || because.reason === 'timeout') {
      const error = new TelnyxError(45002, because, false);
      this.#client.emit('telnyx.socket.error', { error, sessionId: this.#client.sessionid });
      this.#error(error);
    }
    if (because.facts['why'] === 'silent') this.#warn(36003, 'probe');
    if (because.reason === 'ice-restart-failed') this.#warn(36003, 'peer_failure');
  }

  #session(state: SessionState): void {
    if (state.phase === 'ready') {
      const { server } = this.#line.session;
      const { region = null, dc = null } = server ?? {};
      this.#client.emit('telnyx.ready', { type: 'vertoClientReady', region, dc });
    }
    if (state.phase === 'waiting' && ['gateway-failed', 'not-registered', 'offline'].includes(state.because.reason))
      this.#error(TelnyxError.of(PhoneError.fromJson(state.because), false));
    if (state.phase !== 'stopped') return;
    const because = PhoneError.fromJson(state.because);
    if (!this.#line.options.reconnect.enabled && !isRefusal(because.reason))
      this.#warn(36005, 'auto_reconnect_disabled');
    else this.#error(TelnyxError.of(because));
  }

  #hear(event: ServerEvent): void {
    if (event.type === 'conversation')
      this.#client.emit('telnyx.ai.conversation', { method: 'ai_conversation', params: event.params });
    if (event.type === 'attach' && !this.#callOf(event.call)) this.#warn(35002, event.call);
    if (event.type === 'answer') this.#heardAnswer(event.call);
    if (event.type !== 'display') return;
    const call = this.#callOf(event.call);
    const { name: displayName, number: displayNumber } = event.who;
    if (call) this.#client.emit('telnyx.notification', { type: 'participantData', call, displayName, displayNumber });
  }

  #heardAnswer(leg: LegId): void {
    const call = this.#callOf(leg);
    if (!call) return;
    if (this.#answered.get(call) === leg) this.#warn(33007, leg);
    this.#answered.set(call, leg);
  }

  #message(frame: unknown): void {
    this.#client.emit('telnyx.socket.message', frame);
    const method = optStr(fields(frame), 'method') ?? '';
    if (EVENTS.has(method))
      this.#client.emit('telnyx.notification', { type: 'event', method, params: fields(frame)['params'] });
  }

  #notices(): void {
    const expiring = this.#line.view().notices.find(({ kind }) => kind === 'token-expiring');
    const at = expiring?.at ?? null;
    if (at === this.#tokenToldAt) return;
    this.#tokenToldAt = at;
    if (at !== null) this.#warn(34001, 'the token expires within two minutes');
  }

  #warn(code: WarningCode, reason: string): void {
    this.#client.emit('telnyx.warning', {
      warning: warning(code, reason),
      sessionId: this.#client.sessionid,
      reason,
    });
  }

  #error(error: TelnyxError): void {
    this.#client.emit('telnyx.error', { error, sessionId: this.#client.sessionid });
  }
}
