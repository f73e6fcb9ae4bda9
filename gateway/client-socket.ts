/** One WebSocket of a client: JSON-RPC 2.0 text frames both ways, recorded, pinged, and spoiled where faults say so. */

import type { RawData, WebSocket } from 'ws';
import type { Fields } from './fields';
import { fields, isFields, parse, text } from './fields';
import type { FrameLog } from './frames';
import { SocketFaults } from './socket-faults';

/** FreeSWITCH leaves code and message out where it lists what was refused. */
export interface RpcError {
  readonly code?: number;
  readonly message?: string;
  readonly unauthorizedChannels?: readonly string[];
}

/** What becomes of a request; `afterwards` runs when the reply is on its way. */
export type Reply =
  | { readonly result: Fields; readonly afterwards?: () => void }
  | { readonly error: RpcError; readonly afterwards?: () => void }
  | { readonly silent: true };

export interface SocketOwner {
  request(socket: ClientSocket, method: string, params: Fields): Promise<Reply>;
  /** Is what asks for no answer answered too? */
  answersAll(socket: ClientSocket): boolean;
  closed(socket: ClientSocket): void;
}

export interface ClientSocketOptions {
  readonly ws: WebSocket;
  readonly serial: number;
  /** Path and query that the client came with. */
  readonly path: string;
  readonly frames: FrameLog;
  readonly owner: SocketOwner;
  /** One counter over all sockets, as FreeSWITCH counts. */
  readonly nextId: () => number;
  readonly pingMs: number;
}

export class ClientSocket {
  readonly serial: number;
  readonly path: string;
  readonly faults = new SocketFaults();
  readonly #options: ClientSocketOptions;
  readonly #waiting = new Map<number, (acknowledged: boolean) => void>();
  #pings: NodeJS.Timeout | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #open = true;
  /** Rides on the top level of every frame that we send, once the client has signed in. */
  stickyToken: string | null = null;

  constructor(options: ClientSocketOptions) {
    this.#options = options;
    this.serial = options.serial;
    this.path = options.path;
    options.frames.add(this.serial, 'open', options.path);
    options.ws.on('message', (data, isBinary) => {
      if (!isBinary && !this.faults.deaf) this.#receive(textOf(data));
    });
    options.ws.on('close', (code) => this.#ended(code));
    options.ws.on('error', () => options.ws.terminate());
  }

  get open(): boolean {
    return this.#open;
  }

  /** Sends a request of ours. Resolves true when the client acknowledged it, false when the socket went first. */
  tell(method: string, params: Fields): Promise<boolean> {
    const id = this.#options.nextId();
    return new Promise((resolve) => {
      if (!this.#open) {
        resolve(false);
        return;
      }
      this.#waiting.set(id, resolve);
      this.send({ jsonrpc: '2.0', id, method, params });
    });
  }

  /** Server pings (1.5 of the reference): the client is to answer each with a ping of its own. */
  startPings(method: string): void {
    if (this.#pings || this.#options.pingMs <= 0) return;
    let serno = 0;
    this.#pings = setInterval(() => void this.tell(method, { serno: serno++ }), this.#options.pingMs);
  }

  send(frame: Fields): void {
    this.sendText(JSON.stringify(this.stickyToken ? { ...frame, voice_sdk_id: this.stickyToken } : frame));
  }

  sendText(frame: string): void {
    if (!this.#open) return;
    this.faults.pass(frame, (each) => {
      this.#options.frames.add(this.serial, 'out', parse(each) ?? each);
      this.#options.ws.send(each);
    });
  }

  /** Closes with a code, or cuts the TCP connection when there is none or one that no endpoint may send (RFC 6455 7.4.1). */
  close(code?: number, reason = ''): void {
    const sendable =
      code !== undefined &&
      (code === 1000 || (code >= 1001 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000);
    if (sendable) this.#options.ws.close(code, reason);
    else this.#options.ws.terminate();
    this.#ended(code ?? 1006);
  }

  #receive(frameText: string): void {
    const frame = parse(frameText);
    this.#options.frames.add(this.serial, 'in', frame ?? frameText);
    if (!frame) {
      if (frameText !== '' && !frameText.startsWith('#SP'))
        this.send(errorReply(null, { code: -32600, message: 'Invalid Request' }));
      return;
    }
    const id = frame['id'];
    const method = text(frame, 'method') ?? text(frame, 'type');
    if (!method) {
      if (typeof id === 'number') this.#acknowledged(id, isFields(frame['result']));
      return;
    }
    if (frame['jsonrpc'] !== '2.0') {
      this.send(
        errorReply(typeof id === 'number' || typeof id === 'string' ? id : null, {
          code: -32_600,
          message: 'Invalid message',
        }),
      );
      return;
    }
    const known = typeof id === 'string' || typeof id === 'number' ? id : null;
    // One after another: a client may rely on the order of its own frames.
    this.#queue = this.#queue.then(() => this.#serve(known, method, fields(frame, 'params'))).catch(() => undefined);
  }

  async #serve(id: string | number | null, method: string, params: Fields): Promise<void> {
    const reply = await this.#options.owner.request(this, method, params).catch((error: unknown): Reply => ({
      error: { code: -32002, message: error instanceof Error ? error.message : 'failed' },
    }));
    if ('silent' in reply) return;
    if (id !== null || this.#options.owner.answersAll(this))
      this.send('error' in reply ? errorReply(id, reply.error) : { jsonrpc: '2.0', id, result: reply.result });
    reply.afterwards?.();
  }

  #acknowledged(id: number, well: boolean): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.(well);
  }

  #ended(code: number): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#pings) clearInterval(this.#pings);
    this.faults.end();
    this.#options.frames.add(this.serial, 'close', code);
    for (const id of [...this.#waiting.keys()]) this.#acknowledged(id, false);
    this.#options.owner.closed(this);
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

function errorReply(id: string | number | null, error: RpcError): Fields {
  return { jsonrpc: '2.0', id, error };
}
