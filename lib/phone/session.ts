/** One line: socket, sign-in, ready, and back again after every loss. Calls hang on it and are never touched by it. */

import { Connection } from './connection';
import { Continuity } from './continuity';
import type { Account, KnownSession, ServerEvent } from './dialects/dialect';
import { Emitter } from './emitter';
import { PhoneError } from './model/errors';
import { next, type SessionEvent, type SessionState } from './model/session-state';
import { givesUp, isRefusal, Pause, pauseBefore } from './reconnecting';
import { Requests } from './requests';
import type { SessionEvents, SessionOptions } from './session-options';
import { login, signIn, type SignInOptions } from './sign-in';

const IDLE_SILENCE_MS = 18_000;
const CALL_SILENCE_MS = 10_000;

export class Session {
  readonly events: Emitter<SessionEvents>;
  readonly requests: Requests;
  readonly #options: SessionOptions;
  readonly #continuity: Continuity;
  readonly #pause: Pause;
  #account: Account;
  #state: SessionState = { phase: 'off' };
  #life: AbortController | null = null;
  #connection: Connection | null = null;
  #signedIn = false;
  /** What the server said on the heels of its login reply: offered again, a call must be able to answer. */
  #early: ServerEvent[] = [];
  #server: { readonly host: string; readonly region: string | null; readonly dc: string | null } | null = null;
  #answeredAt: number | null = null;
  #roundTripMs: number | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#account = options.options.account;
    this.events = new Emitter(options.ports.log);
    this.#continuity = new Continuity(options.known, () => this.events.emit('known'));
    this.#pause = new Pause(options.ports.clock);
    this.requests = new Requests({
      prefix: options.dialect.prefix,
      live: () => (this.up ? this.#connection : null),
      sessid: () => this.known?.sessid,
      signInAgain: async (connection) => {
        this.#continuity.signedIn(await login(this.#signInOptions(connection, this.#account)));
      },
    });
  }

  get state(): SessionState {
    return this.#state;
  }
  /** What a later life needs to come back; null before the first sign-in. */
  get known(): KnownSession | null {
    return this.#continuity.known;
  }
  get server(): { readonly host: string; readonly region: string | null; readonly dc: string | null } | null {
    return this.#server;
  }
  /** Epoch milliseconds of the last answer to something of ours. */
  get answeredAt(): number | null {
    return this.#answeredAt;
  }
  get roundTripMs(): number | null {
    return this.#roundTripMs;
  }
  /** May a call speak to the server? True from the sign-in's result on, since attaches come before ready. */
  get up(): boolean {
    return this.#connection !== null && this.#signedIn;
  }

  /** Connects and stays connected. Also the way back from `stopped`: takeOver, retry after giving up. */
  start(): void {
    if (this.#life) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    const { online } = this.#options.ports;
    const stopListening = online.onChange((isOnline) => {
      if (isOnline) void this.ask();
      else void this.#connection?.probe();
    });
    signal.addEventListener('abort', stopListening, { once: true });
    void this.#run(signal).catch((thrown: unknown) => this.#stop(PhoneError.from(thrown)));
  }

  /**
   * Asks at once whether the server is there, and does not wait to try again: an old socket seldom survives another network, or
   * a sleep. Resolves when it answered or its socket is closed; never rejects.
   */
  async ask(): Promise<void> {
    this.#pause.cut();
    await this.#connection?.probe(true);
  }

  /** Tries now instead of later. */
  retry(): void {
    if (this.#state.phase === 'waiting') this.#pause.cut();
    else this.start();
  }

  /** Signs off for good: closes the socket and forgets the session. */
  close(): void {
    this.#end(new PhoneError('signed-out'));
    this.#continuity.forget();
    this.#move({ type: 'closed' });
  }

  /**
   * Other credentials, at once and on the live socket; calls go on. A line that the old ones stopped starts again. Throws
   * `token-expired` or `login-refused`, and leaves all as it was.
   */
  async renew(account: Account): Promise<void> {
    if (!this.#connection || !this.#signedIn) {
      this.#account = account;
      if (this.#state.phase === 'stopped' && isRefusal(this.#state.because.reason)) this.start();
      return;
    }
    await login(this.#signInOptions(this.#connection, account));
    this.#account = account;
  }

  /** This socket is of no use any more (media says so): take another. */
  replaceSocket(because: PhoneError): void {
    this.#connection?.close(because);
  }

  /** The number of calls changed, and with it how soon silence is noticed. */
  lookAgain(): void {
    this.#connection?.lookAgain();
  }

  /** One life of the session, read from top to bottom: connect, be ready until the loss, wait, again. */
  async #run(signal: AbortSignal): Promise<void> {
    let attempt = 1;
    for (;;) {
      const outcome = await this.#connectOnce(attempt, signal);
      if (signal.aborted) return;
      // While the computer is offline nothing was tried, so nothing counts.
      attempt = outcome.wasReady ? 1 : attempt + (this.#options.ports.online.isOnline() ? 1 : 0);
      const { because } = outcome;
      if (because.reason === 'gateway-failed') this.#continuity.nodeFailed();
      const final = this.#givesUp(because, attempt);
      if (final) return this.#stop(final);
      await this.#wait(attempt, because, signal);
      if (signal.aborted) return;
    }
  }

  /** Never throws: tells why the connection ended, and whether it had been ready. */
  async #connectOnce(attempt: number, signal: AbortSignal): Promise<{ because: PhoneError; wasReady: boolean }> {
    const { ports, options } = this.#options;
    this.#move({ type: 'connecting', attempt, of: options.reconnect.attempts });
    const connection = this.#newConnection();
    const closed = new Promise<PhoneError>((resolve) => connection.events.on('closed', resolve));
    const abort = (): void => connection.close(PhoneError.from(signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    const url = this.#url();
    let wasReady = false;
    try {
      await connection.open(url, signal);
      this.#continuity.opened();
      this.events.emit('opened');
      this.#move({ type: 'opened' });
      const signedIn = await signIn(this.#signInOptions(connection, this.#account));
      this.#server = { host: shownAddress(url), region: signedIn.region, dc: signedIn.dc };
      const again = this.#continuity.readyBefore;
      this.#continuity.ready();
      wasReady = true;
      this.#move({ type: 'registered', at: ports.clock.now() });
      if (again) this.events.emit('reattached', signedIn.reattached);
      return { because: await closed, wasReady };
    } catch (thrown) {
      const because = PhoneError.from(thrown);
      connection.close(because);
      return { because, wasReady };
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #newConnection(): Connection {
    const { ports, dialect, journal, line, hasCalls } = this.#options;
    const connection = new Connection({
      line,
      ports,
      dialect,
      journal,
      known: () => this.known,
      silenceMs: () => (hasCalls() ? CALL_SILENCE_MS : IDLE_SILENCE_MS),
    });
    this.#connection = connection;
    this.#signedIn = false;
    this.#early = [];
    connection.events.on('message', (frame) => this.events.emit('message', frame));
    connection.events.on('closed', (because) => {
      this.events.emit('lost', because);
      if (this.#connection !== connection) return;
      this.#connection = null;
      this.#signedIn = false;
    });
    connection.events.on('sticky', (sticky) => this.#continuity.routed(sticky));
    connection.events.on('answered', (roundTripMs) => {
      this.#answeredAt = ports.clock.now();
      this.#roundTripMs = roundTripMs ?? this.#roundTripMs;
      this.events.emit('answered');
    });
    connection.events.on('event', (event) => this.#hear(event, connection));
    return connection;
  }

  #hear(event: ServerEvent, connection: Connection): void {
    switch (event.type) {
      case 'ping':
      case 'ready':
      case 'unknown':
        return;
      case 'punt':
        // Only the socket we live on gets here: one that we left behind has no listeners any more.
        return this.#stop(new PhoneError('taken-over'));
      case 'gateway':
        if (this.#state.phase !== 'ready') return;
        if (event.state === 'failed') connection.close(new PhoneError('gateway-failed'));
        if (event.state === 'unregistered') connection.close(new PhoneError('not-registered', { pushed: true }));
        return;
      default:
        if (this.#signedIn) this.events.emit('event', event);
        else this.#early.push(event);
    }
  }

  #signInOptions(connection: Connection, account: Account): SignInOptions {
    const { dialect, agent, ports } = this.#options;
    return {
      connection,
      dialect,
      account,
      known: this.known,
      agent,
      clock: ports.clock,
      random: () => ports.random(),
      onSession: (sessid) => {
        this.#signedIn = true;
        this.#continuity.signedIn(sessid);
        for (const event of this.#early.splice(0)) this.events.emit('event', event);
      },
    };
  }

  #givesUp(because: PhoneError, attempt: number): PhoneError | null {
    const { options, ports } = this.#options;
    const { readyBefore } = this.#continuity;
    return givesUp({ because, attempt, ...options.reconnect, readyBefore, online: ports.online.isOnline() });
  }

  async #wait(attempt: number, because: PhoneError, signal: AbortSignal): Promise<void> {
    const { ports, options } = this.#options;
    const online = ports.online.isOnline();
    const delay = pauseBefore(attempt, online, ports.random());
    const at = ports.clock.now();
    const reason = online ? because : new PhoneError('offline');
    this.#move({
      type: 'lost',
      at,
      attempt,
      of: options.reconnect.attempts,
      retryAt: at + delay,
      because: reason.toJson(),
    });
    await this.#pause.last(delay, signal);
  }

  #stop(because: PhoneError): void {
    this.#end(because);
    this.#move({ type: 'stopped', because: because.toJson() });
  }

  #end(because: PhoneError): void {
    const life = this.#life;
    this.#life = null;
    life?.abort(because);
    this.#connection?.close(because);
    this.#connection = null;
    this.#signedIn = false;
  }

  #url(): string {
    return this.#options.url(this.#continuity.routing);
  }

  #move(event: SessionEvent): void {
    const state = next(this.#state, event);
    const { journal, line, ports } = this.#options;
    if (state === null) {
      ports.log.debug('session event refused', { line, event: event.type, phase: this.#state.phase });
      return;
    }
    this.#state = state;
    journal.move(line, state);
    ports.log.info('session', { line, phase: state.phase });
    this.events.emit('change', state);
  }
}

/** Host and port, and what the options put into the query; the routing token is nobody's to read. */
function shownAddress(url: string): string {
  const { host, searchParams } = new URL(url);
  searchParams.delete('voice_sdk_id');
  return searchParams.size === 0 ? host : `${host}/?${searchParams.toString()}`;
}
