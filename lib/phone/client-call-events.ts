/** Tells what happens to one call in the official client's events: state changes, failures, warnings, statistics. */

import type { Call } from './call';
import type { TelnyxCall } from './client-call';
import { TelnyxError, warning, type WarningCode } from './client-codes';
import type { ClientEvents, StatsFrame } from './client-events';
import type { Emitter } from './emitter';
import type { LineOptions } from './line-options';
import { PhoneError } from './model/errors';
import { meanOpinion, qualityWord } from './model/quality';
import { PathWatch } from './client-path-warnings';
import { SoundWarnings } from './client-sound-warnings';
import type { Clock, PeerStats } from './ports';

/** The client as far as its tellers need it. */
export interface Telling extends Pick<Emitter<ClientEvents>, 'emit'> {
  readonly sessionid: string;
}

export interface CallTellerOptions {
  readonly client: Telling;
  readonly call: Call;
  readonly made: TelnyxCall;
  options(): LineOptions;
  readonly clock: Clock;
}

export class CallTeller {
  readonly #deps: CallTellerOptions;
  readonly #sound = new SoundWarnings();
  readonly #paths: PathWatch;
  #trouble: string | null = null;
  #failure: string | null = null;

  constructor(deps: CallTellerOptions) {
    this.#deps = deps;
    this.#paths = new PathWatch({
      media: deps.call.media,
      clock: deps.clock,
      servers: () => deps.options().media.iceServers.length > 0,
      warn: (code, cause) => this.#warn(code, cause),
    });
  }

  /** Tells `new` at once, then everything as it comes. */
  start(): void {
    const { client, call, made } = this.#deps;
    this.#update();
    if (made.follow()) this.#update();
    this.#paths.start();
    call.events.on('change', () => this.#changed());
    call.events.on('measured', (measure) => {
      for (const { code, cause } of this.#sound.judge(measure, this.#deps.clock.now())) this.#warn(code, cause);
    });
    call.events.on('ended', (cause) => {
      this.#paths.close();
      if (cause.error) this.#failed(PhoneError.fromJson(cause.error));
      made.destroy();
      this.#update();
    });
    call.events.on('noted', ({ iceRestart, bye }) => {
      if (iceRestart === 'started') this.#warn(36004, 'the sound stopped or its path broke');
      if (iceRestart === 'failed') this.#error(new PhoneError('ice-restart-failed'), false);
      if (bye === 'refused') this.#tell(new TelnyxError(44003, new PhoneError('refused', { method: 'bye' }), false));
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
    const { client, call, made, options, clock } = this.#deps;
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
            retryDeadline: clock.now() + recovery.timeoutMs,
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
    const { trouble } = call.view();
    if (trouble === null) this.#trouble = null;
    else if (trouble.reason !== this.#trouble) {
      this.#trouble = trouble.reason;
      // Refusals that a method was asked for are told by that method; these come by themselves.
      if (trouble.reason.startsWith('microphone-') && trouble.reason !== this.#failure && made.state !== 'ringing')
        this.mediaFailed(PhoneError.fromJson(trouble));
    }
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

  #warn(code: WarningCode, cause: string): void {
    const { client, made } = this.#deps;
    const event = { warning: warning(code, cause), sessionId: client.sessionid, callId: made.id, reason: cause };
    client.emit('telnyx.warning', event);
  }

  #error(error: PhoneError, fatal: boolean): void {
    this.#tell(TelnyxError.of(error, fatal));
  }

  #tell(error: TelnyxError): void {
    const { client, made } = this.#deps;
    client.emit('telnyx.error', { error, sessionId: client.sessionid, callId: made.id });
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
