/** One account that is signed in: its session and its calls. */

import { Call } from './call';
import { withOverrides } from './call-overrides';
import { comingBack, incoming, outgoing, resumable, type CallPlan, type Dialling } from './call-plan';
import { CallsWaiting } from './calls-waiting';
import type { Agent, Dialect } from './dialects/dialect';
import { Emitter } from './emitter';
import type { Journal } from './journal';
import { Legs } from './legs';
import type { LineOptions } from './line-options';
import { requireDigits } from './call-digits';
import { PhoneError } from './model/errors';
import { callId, legId, type CallId, type DeviceId } from './model/ids';
import type { SentPicture } from './model/picture';
import type { WrittenMessage } from './model/message';
import type { LineView, PhoneNotice } from './model/snapshot';
import type { Trial } from './model/trial';
import type { Ports } from './ports';
import { serverUrl } from './server-url';
import { Session } from './session';
import type { LineSettings, Resume } from './settings';
import { SleepWatch } from './sleep';
import { Switchboard } from './switchboard';
import { TokenWatch } from './token-watch';
import { trialLeg, Trials } from './trials';
import { verbsOver, type CallVerbs } from './verbs';
import { Writing } from './writing';

export interface LineEvents {
  change: [];
  /** A call is there: dialled, ringing, or back from an earlier life. */
  call: [call: Call];
  /** What must be kept to come back has changed. */
  resume: [];
  /** Somebody wrote outside of any call. */
  message: [message: WrittenMessage];
}

export interface LineDependencies {
  readonly settings: LineSettings;
  readonly options: LineOptions;
  readonly dialect: Dialect;
  readonly agent: Agent;
  readonly ports: Ports;
  readonly journal: Journal;
  readonly resume: Resume | null;
  device(): DeviceId | null;
}

export class Line {
  readonly events: Emitter<LineEvents>;
  readonly calls = new Map<CallId, Call>();
  readonly session: Session;
  readonly verbs: CallVerbs;
  readonly #deps: LineDependencies;
  readonly #token: TokenWatch;
  readonly #sleep: SleepWatch;
  readonly #legs = new Legs();
  readonly #writing: Writing;
  readonly #waiting: CallsWaiting;
  readonly #trials = new Trials();
  #notices: readonly PhoneNotice[] = [];
  #options: LineOptions;
  #settings: LineSettings;

  constructor(deps: LineDependencies) {
    const { ports, settings, dialect, agent, journal, options, resume } = deps;
    this.#deps = deps;
    this.#options = options;
    this.#settings = settings;
    this.events = new Emitter(ports.log);
    this.#waiting = new CallsWaiting(ports.clock, () => this.session.state);
    this.#token = new TokenWatch(ports.clock, (expiresAt) => {
      this.notice({ kind: 'token-expiring', facts: { expiresAt }, at: ports.clock.now() }, 'token-expiring');
    });
    this.#sleep = new SleepWatch(ports.clock, (lateMs) => void this.#woke(lateMs));
    this.session = new Session({
      line: settings.id,
      ports,
      dialect,
      agent,
      journal,
      options,
      known: resume ? { sessid: resume.sessid, sticky: resume.voiceSdkId } : null,
      url: (routing) => settings.verto?.url ?? serverUrl(options.server, routing),
      hasCalls: () => this.#legs.some,
    });
    this.verbs = verbsOver(this.session, dialect, agent);
    this.#writing = new Writing({
      ...{ ports, dialect, settings },
      account: options.account,
      verbs: this.verbs,
      legs: this.#legs,
      onMessage: (message) => this.events.emit('message', message),
    });
    const switchboard = new Switchboard({
      line: settings.id,
      legs: this.#legs,
      trials: this.#trials,
      writing: this.#writing,
      ...{ verbs: this.verbs, journal, log: ports.log },
      onInvite: (offered) => this.#add(this.#make(incoming(offered, this.#options))),
    });
    this.session.events.on('change', () => this.#sessionChanged());
    this.session.events.on('answered', () => this.events.emit('change'));
    this.session.events.on('lost', (because) => this.#trials.stop(because));
    this.session.events.on('known', () => this.events.emit('resume'));
    this.session.events.on('reattached', (legs) => switchboard.reattached(legs));
    this.session.events.on('event', (event) => switchboard.hear(event));
  }

  get settings(): LineSettings {
    return this.#settings;
  }
  get options(): LineOptions {
    return this.#options;
  }

  /**
   * Calls of an earlier life wait in `recovering`, muted, for the server to offer them, or ring on; then the line signs in.
   * One that was only dialled is over: nobody is called again by surprise. With `hangupOnBeforeUnload` all are over: a
   * browser that reloads an extension leaves its documents no moment to say so themselves.
   */
  start(): void {
    for (const resumed of this.#deps.resume?.calls ?? []) {
      const call = this.#add(this.#make(comingBack(resumed, this.#options)));
      if (this.#options.hangUpOnUnload) call.hangUp();
      else if (call.answeredAt === null && call.direction === 'out')
        call.abandoned(new PhoneError('not-reattached', { why: 'it was not answered yet' }).toJson());
    }
    this.#watchToken();
    this.#sleep.start();
    this.session.start();
  }

  close(because = new PhoneError('signed-out')): void {
    this.#waiting.close();
    this.#trials.stop(because);
    for (const call of this.calls.values()) call.hangUp();
    this.#token.close();
    this.#sleep.close();
    this.#deps.journal.note(this.settings.id, { closed: because.reason });
    this.session.close();
  }

  /** The document goes away: `hangupOnBeforeUnload`. */
  leave(): void {
    if (this.#options.hangUpOnUnload) for (const call of this.calls.values()) call.hangUp();
  }

  /** A new call, dialled at once or as soon as the line is ready. Throws `bad-number`. */
  dial(dialling: Dialling): Call {
    if (dialling.digits !== '') requireDigits(dialling.digits);
    const call = this.#add(
      this.#make(outgoing(dialling, this.#settings, this.#options, legId(dialling.leg ?? this.#deps.ports.newId()))),
    );
    if (this.session.state.phase === 'ready') void call.dial();
    else this.#waiting.add(call);
    return call;
  }

  /**
   * Places a trial call. Throws `unsupported` where the server is not the person's own, `bad-number`, `disconnected`, or like
   * {@link Trials.run}.
   */
  async tryCall(to: string): Promise<Trial> {
    const { dialect, ports } = this.#deps;
    if (!dialect.ownServer) throw new PhoneError('unsupported', { command: 'tryCall' });
    if (this.session.state.phase !== 'ready') throw new PhoneError('disconnected');
    if (to === '') throw new PhoneError('bad-number', { to });
    const leg = trialLeg(legId(ports.newId()), to, this.#settings);
    try {
      return await this.#trials.run({ ports, verbs: this.verbs, media: this.#options.media, leg });
    } finally {
      this.#legs.remember(leg);
    }
  }

  /** A new token for the same account, while calls go on. */
  async renew(options: LineOptions, settings: LineSettings): Promise<void> {
    await this.session.renew(options.account);
    this.#notices = this.#notices.filter(({ kind }) => kind !== 'token-expiring');
    this.adopt(options, settings);
    this.#watchToken();
  }

  /** What only calls have changed: for those to come, with no word to the server. */
  adopt(options: LineOptions, settings: LineSettings): void {
    this.#options = options;
    this.#settings = settings;
    this.events.emit('change');
  }

  /** Asks the gateway now. Never rejects. */
  async isRegistered(): Promise<boolean> {
    const { dialect } = this.#deps;
    if (dialect.afterSignIn !== 'ask-gateway') return this.session.state.phase === 'ready';
    try {
      return dialect.gateway(await this.session.requests.ask('gatewayState', {})).state === 'registered';
    } catch {
      return false;
    }
  }

  notice(notice: PhoneNotice | null, kind: PhoneNotice['kind']): void {
    this.#notices = [...this.#notices.filter((entry) => entry.kind !== kind), ...(notice ? [notice] : [])];
    this.events.emit('change');
  }

  view(): LineView {
    const settings = this.#settings;
    const { state, answeredAt, roundTripMs, server } = this.session;
    return {
      id: settings.id,
      name: settings.name,
      kind: settings.kind,
      session: state,
      answeredAt,
      roundTripMs,
      server,
      callerIds: settings.callerIds,
      ...(this.#continues ? { continues: true } : {}),
      can: { transfer: settings.kind !== 'assistant', conference: true, type: this.#writing.possible },
      notices: this.#notices,
    };
  }

  get #continues(): boolean {
    const { credentials } = this.#options.account;
    return credentials.kind === 'assistant' && (credentials.params?.['conversation_id'] ?? '') !== '';
  }

  /** What a later life of this document needs; null before the first sign-in. */
  resumeData(): Resume | null {
    const { known } = this.session;
    if (!known) return null;
    const calls = [...this.calls.values()].filter((call) => call.alive).map(resumable);
    return {
      line: this.settings.id,
      sessid: known.sessid,
      voiceSdkId: known.sticky,
      calls,
      at: this.#deps.ports.clock.now(),
    };
  }

  /** A written line to the assistant, or to whoever is in the call. Throws `unsupported` or like any request. */
  type(call: Call, text: string, pictures: readonly SentPicture[] = []): Promise<void> {
    return this.#writing.type(call, text, pictures);
  }

  /** To somebody outside of any call. Throws `unsupported` or like any request. */
  write(to: string, text: string): Promise<void> {
    return this.#writing.write(to, text);
  }

  forget(id: CallId): void {
    this.calls.delete(id);
  }

  #add(call: Call): Call {
    this.calls.set(call.id, call);
    this.#legs.add(call);
    call.events.on('change', () => this.events.emit('change'));
    call.events.on('leg', (_leg, before) => {
      this.#legs.replaced(before, call);
      this.events.emit('resume');
    });
    call.events.on('ended', () => {
      this.#writing.forget(call);
      this.#legs.ended(call);
      this.session.lookAgain();
      this.events.emit('resume');
    });
    this.session.lookAgain();
    this.events.emit('call', call);
    this.events.emit('resume');
    return call;
  }

  #make({ id, overrides, ...plan }: CallPlan): Call {
    const { ports, journal, device } = this.#deps;
    return new Call({
      ...plan,
      id: id ?? callId(ports.newId()),
      line: this.settings.id,
      ports,
      journal,
      options: withOverrides(this.#options, overrides),
      verbs: this.verbs,
      device: () => overrides?.device ?? device(),
    });
  }

  #sessionChanged(): void {
    const { state } = this.session;
    for (const call of this.#legs.calls()) {
      if (state.phase === 'ready') call.lineUp();
      else if (state.phase === 'waiting' || state.phase === 'stopped') call.lineLost(state.because);
    }
    if (state.phase === 'ready') this.#waiting.dial();
    if (state.phase === 'stopped') this.#stopped(PhoneError.fromJson(state.because));
    this.events.emit('change');
  }

  /** The computer slept. The server is asked first: over a dead line no path could be mended. */
  async #woke(lateMs: number): Promise<void> {
    this.#deps.journal.note(this.settings.id, { woke: { lateMs } });
    await this.session.ask();
    for (const call of this.#legs.calls()) call.look();
  }

  #stopped(because: PhoneError): void {
    this.#waiting.fail(because);
    for (const call of this.#legs.calls()) call.abandoned(because.toJson());
  }

  #watchToken(): void {
    const { credentials } = this.#options.account;
    this.#token.watch(credentials.kind === 'token' ? credentials.token : null);
  }
}
