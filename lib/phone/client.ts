/** The seed's own door: a client made with its options, telling its events; a thin face on the same line and calls. */

import { AudioDevices } from './audio-devices';
import type { Call } from './call';
import { TelnyxCall, type CallDoor } from './client-call';
import { readCallOptions, type NewCallOptions } from './client-call-options';
import { TelnyxError, warning, type WarningCode } from './client-codes';
import type { ClientEvents, WarningEvent } from './client-events';
import { CallTeller } from './client-call-events';
import { LineTeller } from './client-line-events';
import type { Agent } from './dialects/dialect';
import { Emitter } from './emitter';
import { Journal } from './journal';
import { Line } from './line';
import { setUpLine } from './line-setup';
import { PhoneError } from './model/errors';
import type { DeviceId, LineId } from './model/ids';
import { requireOptions, type ClientOptions } from './options';
import type { Ports } from './ports';
import { Ringer } from './ringing';
import type { LineSettings } from './settings';

export interface ClientPlatform {
  readonly ports: Ports;
  readonly agent?: Agent;
}

/** `login` in Telnyx's documentation: other credentials while calls go on. */
export interface Relogin {
  readonly creds: Pick<ClientOptions, 'login' | 'password' | 'login_token'>;
  onSuccess?(): void;
  onError?(error: TelnyxError): void;
}

const AGENT: Agent = { name: 'Holdfast', version: '0.1.0' };
const LINE = 'client' as LineId;

export class TelnyxClient extends Emitter<ClientEvents> {
  readonly journal: Journal;
  readonly #ports: Ports;
  readonly #line: Line;
  readonly #devices: AudioDevices;
  readonly #ringer: Ringer;
  readonly #calls = new Map<Call, TelnyxCall>();
  readonly #tellers = new WeakMap<TelnyxCall, CallTeller>();
  #options: ClientOptions;
  #speaker: DeviceId | null = null;

  /** Starts nothing. Throws `bad-option` with every fault at once. */
  constructor(options: ClientOptions, { ports, agent = AGENT }: ClientPlatform) {
    super(ports.log);
    this.#ports = ports;
    this.#options = options;
    this.#ringer = new Ringer(ports.speaker);
    this.journal = new Journal(ports.clock);
    this.#devices = new AudioDevices(ports, () => [...this.#calls.keys()]);
    const settings = settingsFor(options);
    this.#line = new Line({
      settings,
      ...setUpLine(settings, ports.clock.now()),
      agent,
      ports,
      journal: this.journal,
      resume: null,
      device: () => this.#devices.microphone,
    });
    const teller = new LineTeller(this.#line, this, (leg) => this.calls[leg] ?? null);
    teller.start();
    this.#line.events.on('call', (call) => this.#newCall(call, {}));
    this.#line.events.on('change', () => this.#sound());
    ports.speaker.onBroken((which) => {
      const reason = `${which}File`;
      this.emit('telnyx.warning', { warning: warning(32901, reason), sessionId: this.sessionid, reason });
    });
  }

  get options(): ClientOptions {
    return this.#options;
  }
  get connected(): boolean {
    const { phase } = this.#line.session.state;
    return phase === 'ready' || phase === 'signing-in';
  }
  /** The session's id; empty before the first sign-in. */
  get sessionid(): string {
    return this.#line.session.known?.sessid ?? '';
  }
  get region(): string | null {
    return this.#line.session.server?.region ?? null;
  }
  get dc(): string | null {
    return this.#line.session.server?.dc ?? null;
  }
  /** Living calls by the wire's id. */
  get calls(): { readonly [id: string]: TelnyxCall } {
    return Object.fromEntries([...this.#calls.values()].map((call) => [call.id, call]));
  }

  /** Connects, signs in and stays connected; `telnyx.ready` tells when calls may be made. Never rejects. */
  async connect(): Promise<void> {
    this.#devices.start();
    this.#configureSpeaker();
    this.#line.start();
    return Promise.resolve();
  }

  /** Ends every call, then closes the socket. */
  async disconnect(): Promise<void> {
    this.#line.close();
    this.#devices.close();
    this.#sound();
    return Promise.resolve();
  }

  /** The document goes away: calls end now where `hangupOnBeforeUnload` says so. */
  leave(): void {
    this.#line.leave();
  }

  /**
   * A new call, at once or as soon as the line is ready. Throws a {@link TelnyxError} 44002 without a destination, and
   * `bad-option` with every fault at once.
   */
  newCall(options: NewCallOptions = {}): TelnyxCall {
    const { dialling, speaker } = readCallOptions(
      options,
      this.#options.debugOutput ?? 'socket',
      this.#line.options.media,
    );
    if (dialling.to === null && this.#line.settings.kind !== 'assistant')
      throw new TelnyxError(44002, new PhoneError('bad-number', { to: null }), true);
    if (dialling.leg !== undefined && this.calls[dialling.leg])
      throw new PhoneError('bad-option', {
        faults: [{ option: 'id', value: dialling.leg, allowed: 'an id of its own' }],
      });
    if (speaker !== null) this.useSpeaker(speaker);
    this.#coming = options;
    const call = this.#line.dial(dialling);
    const made = this.#calls.get(call);
    if (!made) throw new PhoneError('unexpected');
    return made;
  }

  getActiveCalls(): readonly TelnyxCall[] {
    return [...this.#calls.values()].filter(({ state }) => state === 'active' || state === 'held' || state === 'early');
  }

  /** Asks the gateway now. Never rejects. */
  async getIsRegistered(): Promise<boolean> {
    return this.#line.isRegistered();
  }

  /** Other credentials on the live socket, while calls go on. Never rejects: what went wrong is for `onError` and `telnyx.error`. */
  async login({ creds, onSuccess, onError }: Relogin): Promise<void> {
    const { login: _login, password: _password, login_token: _token, ...rest } = this.#options;
    const options = { ...rest, ...creds };
    try {
      await this.#line.renew(requireOptions(options, this.#ports.clock.now()), settingsFor(options));
      this.#options = options;
      onSuccess?.();
    } catch (thrown) {
      const error = TelnyxError.of(thrown, false);
      this.emit('telnyx.error', { error, sessionId: this.sessionid });
      onError?.(error);
    }
  }

  /** What the other side is heard from; null is the system's default. */
  useSpeaker(device: DeviceId | null): void {
    this.#speaker = device;
    this.#configureSpeaker();
  }

  /** Options of the `newCall` that is being made, since its call is told before it is returned. */
  #coming: NewCallOptions = {};

  #newCall(call: Call, options: NewCallOptions): void {
    const made = new TelnyxCall(call, this.#door(), call.direction === 'out' ? this.#coming : options);
    this.#coming = {};
    this.#calls.set(call, made);
    call.events.on('microphoneLost', (label) => void this.#devices.replaceLost(call, label));
    const others = this.getActiveCalls().filter((other) => other !== made);
    if (others.length > 0) this.#warnOfOthers(made, others);
    const { clock } = this.#ports;
    const teller = new CallTeller({
      client: this,
      call,
      made,
      options: () => this.#line.options,
      clock,
    });
    this.#tellers.set(made, teller);
    teller.start();
    call.events.on('ended', () => {
      this.#calls.delete(call);
      this.#line.forget(call.id);
    });
    this.#sound();
  }

  #door(): CallDoor {
    const { verbs } = this.#line;
    return {
      message: (call, to, body) => verbs.message(call.legFacts(), { from: this.#options.login ?? '', to, body }),
      say: (call, text, pictures) => {
        const sent = pictures.map((url) => ({ url, preview: null }));
        return this.#line.type(call, text, sent);
      },
      converse: (item) => verbs.converse(item),
      useSpeaker: (device) => this.useSpeaker(device),
      alreadyAnswered: (call) => this.#warn(33006, call, 'answered already'),
      noMicrophone: (call) => this.#warn(33009, call, 'the microphone is not open'),
      mediaFailed: (call, thrown) => this.#tellers.get(call)?.mediaFailed(thrown),
      failed: (call, thrown) => {
        this.emit('telnyx.error', { error: TelnyxError.of(thrown, false), sessionId: this.sessionid, callId: call.id });
      },
    };
  }

  #warnOfOthers(call: TelnyxCall, others: readonly TelnyxCall[]): void {
    this.#warn(33010, call, 'another call is live', { activeCalls: others.map(({ id }) => id) });
  }

  #warn(code: WarningCode, call: TelnyxCall, reason: string, more: Partial<WarningEvent> = {}): void {
    const event = { warning: warning(code, reason), sessionId: this.sessionid, callId: call.id, reason, ...more };
    this.emit('telnyx.warning', event);
  }

  #sound(): void {
    this.#ringer.look([...this.#calls.keys()], true);
  }

  #configureSpeaker(): void {
    const { ringtone, ringback } = this.#line.options.sounds;
    this.#ports.speaker.configure({
      speaker: this.#speaker,
      ringer: null,
      ringVolume: 1,
      ringtoneFile: ringtone,
      ringbackFile: ringback,
    });
  }
}

function settingsFor(options: ClientOptions): LineSettings {
  const kind = options.anonymous_login && !options.login && !options.login_token ? 'assistant' : 'telnyx';
  return { id: LINE, name: 'client', kind, options, callerIds: [], callerName: '' };
}
