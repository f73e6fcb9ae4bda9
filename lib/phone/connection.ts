/** One socket from open to close: requests, the server's events, and the watch over whether anybody is there. */

import type { Dialect, KnownSession, Params, ServerEvent } from './dialects/dialect';
import { Emitter } from './emitter';
import { PhoneError } from './model/errors';
import type { Ports, Socket } from './ports';
import type { Journal } from './journal';
import { JsonRpc } from './wire/json-rpc';

export interface ConnectionEvents {
  event: [event: ServerEvent];
  /** The request itself, as it came. */
  message: [frame: unknown];
  /** Something of ours was answered; with the round trip where it was a ping. */
  answered: [roundTripMs: number | null];
  /** A frame carried a routing token. */
  sticky: [token: string];
  /** Over, for good; told once. */
  closed: [because: PhoneError];
}

export interface ConnectionOptions {
  readonly line: string;
  readonly ports: Ports;
  readonly dialect: Dialect;
  readonly journal: Journal;
  known(): KnownSession | null;
  /** How long silence may last before it is probed; shorter while there are calls. */
  silenceMs(): number;
}

/** The official client waits 20 s + 5 s, rounded up to 27 (reference, section 15.2). */
const PROBE_MS = 4000;
const IMPATIENT_PROBE_MS = 2500;
const UNCONFIRMED_MS = 22_000;
const DEADLINE_MS = 10_000;

export class Connection {
  readonly events: Emitter<ConnectionEvents>;
  readonly #options: ConnectionOptions;
  readonly #rpc: JsonRpc;
  #socket: Socket | null = null;
  #closed: PhoneError | null = null;
  #heardAt = 0;
  #answeredAt = 0;
  #probing: Promise<void> | null = null;
  #cancelWatch: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { ports, dialect, journal, line } = options;
    this.events = new Emitter(ports.log);
    this.#rpc = new JsonRpc({
      clock: ports.clock,
      newId: () => ports.newId(),
      send: (text) => this.#put(text),
      onFrame: (direction, text) => journal.frame(line, direction, text),
      onOdd: (why) => ports.log.debug('odd frame', { line, why }),
      onAnswered: (method, tookMs) => this.#wasAnswered(method === `${dialect.prefix}ping` ? tookMs : null),
      onMembers: (members) => {
        const token = dialect.sticky(members);
        if (token !== null) this.events.emit('sticky', token);
      },
      onRequest: (frame) => {
        this.events.emit('message', frame.raw);
        const event = dialect.read(frame.method, frame.params);
        if (event.type === 'ping') void this.probe();
        if (event.type === 'unknown')
          ports.log.debug('unknown message', { line, method: frame.method, why: event.why });
        else this.events.emit('event', event);
        if (frame.id !== null && dialect.acknowledges(frame.method)) this.#rpc.acknowledge(frame.id, frame.method);
      },
    });
  }

  /** Resolves when the socket is open. Throws `unreachable` or `timeout`. */
  async open(url: string, signal: AbortSignal, deadlineMs = DEADLINE_MS): Promise<void> {
    const { ports } = this.#options;
    const attempt = new AbortController();
    const stop = (): void => attempt.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const cancelDeadline = ports.clock.after(deadlineMs, () =>
      attempt.abort(new PhoneError('timeout', { method: 'open' })),
    );
    try {
      const socket = await ports.openSocket(url, attempt.signal);
      if (attempt.signal.aborted || this.#closed) {
        socket.close();
        throw this.#closed ?? PhoneError.from(attempt.signal.reason);
      }
      this.#begin(socket);
    } finally {
      cancelDeadline();
      signal.removeEventListener('abort', stop);
    }
  }

  /** Throws `refused`, `timeout` or `disconnected`; always settles. A timeout puts the whole connection in doubt. */
  async request(method: string, params: Params, deadlineMs = DEADLINE_MS): Promise<unknown> {
    const beside = this.#options.dialect.beside(method, this.#options.known());
    try {
      return await this.#rpc.request({ method, params, beside, deadlineMs });
    } catch (thrown) {
      const error = PhoneError.from(thrown);
      if (error.reason === 'timeout') void this.probe();
      throw error;
    }
  }

  /** Something that asks for no reply. Throws `disconnected`. */
  notify(method: string, params: Params): void {
    this.#rpc.notify(method, params);
  }

  /** A frame that asks for nothing back. False where it could not be sent. */
  tell(members: Params): boolean {
    return this.#rpc.tell(members);
  }

  /** Asks whether the server is there; closes the connection where it does not answer. Never rejects. */
  probe(impatient = false): Promise<void> {
    if (this.#closed || !this.#socket) return Promise.resolve();
    this.#probing ??= this.#ask(impatient ? IMPATIENT_PROBE_MS : PROBE_MS).finally(() => {
      this.#probing = null;
    });
    return this.#probing;
  }

  /** How long silence may last has changed. */
  lookAgain(): void {
    if (this.#socket && !this.#closed && !this.#probing) this.#watch();
  }

  close(because: PhoneError): void {
    if (this.#closed) return;
    this.#closed = because;
    this.#cancelWatch();
    this.#rpc.close(because);
    this.#socket?.events.removeAllListeners();
    this.#socket?.close(1000);
    this.events.emit('closed', because);
  }

  #begin(socket: Socket): void {
    this.#socket = socket;
    this.#heardAt = this.#answeredAt = this.#options.ports.clock.now();
    socket.events.on('text', (text) => {
      this.#heardAt = this.#options.ports.clock.now();
      this.#rpc.receive(text);
    });
    // The code is told and never interpreted: every close but our own is a loss (reference, section 1.6).
    socket.events.on('closed', (code, reason) => this.close(new PhoneError('disconnected', { code, reason })));
    this.#watch();
  }

  async #ask(deadlineMs: number): Promise<void> {
    const { dialect, known } = this.#options;
    const method = `${dialect.prefix}ping`;
    try {
      await this.#rpc.request({ method, params: {}, beside: dialect.beside(method, known()), deadlineMs });
    } catch (thrown) {
      const error = PhoneError.from(thrown);
      if (error.reason === 'timeout')
        this.close(new PhoneError('disconnected', { why: 'silent', afterMs: deadlineMs }));
      else if (error.reason === 'disconnected') this.close(error);
      // A refusal is an answer too.
    }
  }

  /** Looks when silence would be too long; a computer that slept finds itself past that moment and probes at once. */
  #watch(): void {
    this.#cancelWatch();
    const { clock } = this.#options.ports;
    const due = Math.min(this.#heardAt + this.#options.silenceMs(), this.#answeredAt + UNCONFIRMED_MS);
    this.#cancelWatch = clock.after(Math.max(due - clock.now(), 0), () => {
      const now = clock.now();
      const quiet = now - this.#heardAt >= this.#options.silenceMs();
      const unconfirmed = now - this.#answeredAt >= UNCONFIRMED_MS;
      if (!quiet && !unconfirmed) return this.#watch();
      void this.probe().then(() => {
        if (!this.#closed) this.#watch();
      });
    });
  }

  #wasAnswered(roundTripMs: number | null): void {
    this.#answeredAt = this.#options.ports.clock.now();
    this.events.emit('answered', roundTripMs);
  }

  #put(text: string): void {
    if (!this.#socket) throw new PhoneError('disconnected');
    this.#socket.send(text);
  }
}
