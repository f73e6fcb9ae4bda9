/** Tells what happens to one call in the official client's events: state changes, failures, warnings, statistics. */

import type { Call } from './call';
import type { TelnyxCall } from './client-call';
import { TelnyxError, warning, type WarningCode } from './client-codes';
import type { ClientEvents, StatsFrame } from './client-events';
import type { Emitter } from './emitter';
import type { LineOptions } from './line-options';
import { PhoneError } from './model/errors';
import { meanOpinion, qualityWord } from './model/quality';
import type { PeerStats } from './ports';

/** The client as far as its tellers need it. */
export interface Telling extends Pick<Emitter<ClientEvents>, 'emit'> {
  readonly sessionid: string;
}

export interface CallTellerOptions {
  readonly client: Telling;
  readonly call: Call;
  readonly made: TelnyxCall;
  options(): LineOptions;
  now(): number;
}

/** Section 7.4: a quality warning is repeated at most so often. */
const QUALITY_AGAIN_MS = 15_000;
const LIMITS = { roundTripMs: 400, jitterMs: 30, lossPercent: 1, mos: 3.5 };

export class CallTeller {
  readonly #deps: CallTellerOptions;
  readonly #warnedAt = new Map<WarningCode, number>();
  #trouble: string | null = null;
  #failure: string | null = null;

  constructor(deps: CallTellerOptions) {
    this.#deps = deps;
  }

  /** Tells `new` at once, then everything as it comes. */
  start(): void {
    const { client, call, made } = this.#deps;
    this.#update();
    if (made.follow()) this.#update();
    call.events.on('change', () => this.#changed());
    call.events.on('ended', (cause) => {
      if (cause.error) this.#failed(PhoneError.fromJson(cause.error));
      made.destroy();
      this.#update();
    });
    call.events.on('noted', ({ iceRestart }) => {
      if (iceRestart === 'started') this.#warn(36004, 'the sound stopped or its path broke');
      if (iceRestart === 'failed') this.#error(new PhoneError('ice-restart-failed'), false);
    });
    call.events.on('sample', (stats) => client.emit('telnyx.stats.frame', frameOf(made.id, stats)));
    call.events.on('report', ({ timeline }) => client.emit('telnyx.stats.report', timeline));
    call.media.events.on('connection', (state) => this.#connection(state));
    call.media.events.on('signallingClosed', () => {
      const event = { sessionId: client.sessionid, callId: made.id };
      client.emit('telnyx.rtc.peerConnectionSignalingStateClosed', event);
      client.emit('telnyx.notification', { type: 'signalingStateClosed', call: made, sessionId: event.sessionId });
    });
  }

  /** A microphone that did not open, or could not take over: the call is as it was. */
  mediaFailed(thrown: unknown): void {
    const { client, call, made, options, now } = this.#deps;
    const error = TelnyxError.of(thrown, false);
    const { microphoneRecovery: recovery } = options();
    this.#failure = error.originalError.reason;
    const waits = recovery.enabled && made.state === 'ringing' && call.waitsForMicrophone;
    client.emit('telnyx.error', {
      error,
      sessionId: client.sessionid,
      callId: made.id,
      recoverable: waits,
      ...(waits
        ? {
            retryDeadline: now() + recovery.timeoutMs,
            resume: () => void made.answer(),
            reject: () => call.decline(),
          }
        : {}),
    });
    this.#userMedia(error);
  }

  #userMedia(error: TelnyxError): void {
    const { client, made } = this.#deps;
    const { name: errorName, message: errorMessage } = error;
    client.emit('telnyx.rtc.mediaError', error);
    client.emit('telnyx.notification', { type: 'userMediaError', call: made, error, errorName, errorMessage });
  }

  #changed(): void {
    const { call, made } = this.#deps;
    if (made.follow()) this.#update();
    const { trouble, quality } = call.view();
    if (trouble === null) this.#trouble = null;
    else if (trouble.reason !== this.#trouble) {
      this.#trouble = trouble.reason;
      // Refusals that a method was asked for are told by that method; these come by themselves.
      if (trouble.reason.startsWith('microphone-') && trouble.reason !== this.#failure && made.state !== 'ringing')
        this.mediaFailed(PhoneError.fromJson(trouble));
    }
    if (quality === null) return;
    if ((quality.roundTripMs ?? 0) > LIMITS.roundTripMs) this.#warnOfQuality(31001, `${quality.roundTripMs} ms`);
    if (quality.jitterMs > LIMITS.jitterMs) this.#warnOfQuality(31002, `${quality.jitterMs} ms`);
    if (quality.lossPercent > LIMITS.lossPercent) this.#warnOfQuality(31003, `${quality.lossPercent} %`);
    if (quality.mos < LIMITS.mos) this.#warnOfQuality(31004, `MOS ${quality.mos}`);
  }

  #failed(error: PhoneError): void {
    if (error.reason.startsWith('microphone-')) {
      const told = TelnyxError.of(error);
      this.#error(error, true);
      return this.#userMedia(told);
    }
    this.#error(error, true);
  }

  #connection(state: string): void {
    const { client, made } = this.#deps;
    if (state === 'disconnected') this.#warn(33001, 'connectionState is disconnected');
    if (state !== 'failed') return;
    this.#warn(33004, 'connectionState is failed');
    const error = new Error('the peer connection failed');
    client.emit('telnyx.rtc.peerConnectionFailureError', { error, sessionId: client.sessionid, callId: made.id });
    client.emit('telnyx.notification', { type: 'peerConnectionFailureError', call: made, error });
  }

  #warnOfQuality(code: WarningCode, cause: string): void {
    const now = this.#deps.now();
    if (now - (this.#warnedAt.get(code) ?? -Infinity) < QUALITY_AGAIN_MS) return;
    this.#warnedAt.set(code, now);
    this.#warn(code, cause);
  }

  #warn(code: WarningCode, cause: string): void {
    const { client, made } = this.#deps;
    const event = { warning: warning(code, cause), sessionId: client.sessionid, callId: made.id, reason: cause };
    client.emit('telnyx.warning', event);
  }

  #error(error: PhoneError, fatal: boolean): void {
    const { client, made } = this.#deps;
    const event = { error: TelnyxError.of(error, fatal), sessionId: client.sessionid, callId: made.id };
    client.emit('telnyx.error', event);
  }

  #update(): void {
    this.#deps.client.emit('telnyx.notification', { type: 'callUpdate', call: this.#deps.made });
  }
}

/** Section 10.1, formula A. */
function frameOf(callId: string, stats: PeerStats): StatsFrame {
  const lost = stats.packetsLost + stats.packetsReceived;
  const percent = lost === 0 ? 0 : (stats.packetsLost / lost) * 100;
  const mos = meanOpinion(stats.jitterMs, stats.roundTripMs ?? 0, percent);
  return {
    callId,
    jitter: stats.remoteJitterMs === null ? Infinity : stats.remoteJitterMs / 1000,
    rtt: stats.roundTripMs === null ? Infinity : stats.roundTripMs / 1000,
    mos,
    quality: qualityWord(mos),
    inboundAudio: {
      packetsReceived: stats.packetsReceived,
      packetsLost: stats.packetsLost,
      bytes: stats.bytesReceived,
    },
    outboundAudio: { packetsSent: stats.packetsSent, bytes: stats.bytesSent },
    remoteInboundAudio: {
      packetsLost: stats.remotePacketsLost,
      jitter: stats.remoteJitterMs === null ? null : stats.remoteJitterMs / 1000,
    },
  };
}
