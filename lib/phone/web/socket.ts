/** One WebSocket: opened or failed once, closed once, never stuck in closing. */

import EventEmitter from 'eventemitter3';
import { PhoneError } from '../model/errors';
import type { Log, Socket, SocketEvents } from '../ports';
import { nameOf, safely } from './emit';

/** Over a dead network the browser waits up to a minute for the other side's close frame. */
const CLOSING_GRACE_MS = 1_000;

/**
 * Resolves when open. Throws `unreachable` (facts: host, code), or the signal's reason. Waits as long as the browser
 * does, which is minutes over a silent network: the deadline belongs to the caller's signal.
 */
export function openSocket(url: string, signal: AbortSignal, log: Log): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const web = construct(url);
    const settled = new AbortController();
    const listen = { signal: settled.signal };
    const fail = (code: number): void => {
      settled.abort();
      reject(new PhoneError('unreachable', { host: web.url === '' ? url : new URL(web.url).host, code }));
    };
    web.addEventListener(
      'open',
      () => {
        settled.abort();
        resolve(new WebSocketPort(web, log));
      },
      listen,
    );
    web.addEventListener('close', (event) => fail(event.code), listen);
    signal.addEventListener(
      'abort',
      () => {
        settled.abort();
        web.close();
        reject(signal.reason);
      },
      listen,
    );
  });
}

function construct(url: string): WebSocket {
  try {
    return new WebSocket(url);
  } catch (cause) {
    throw new PhoneError('unreachable', { host: null, error: nameOf(cause) }, { cause });
  }
}

class WebSocketPort implements Socket {
  readonly events = new EventEmitter<SocketEvents>();
  readonly #web: WebSocket;
  readonly #log: Log;
  readonly #listening = new AbortController();
  #closing: ReturnType<typeof setTimeout> | null = null;

  constructor(web: WebSocket, log: Log) {
    this.#web = web;
    this.#log = log;
    const listen = { signal: this.#listening.signal };
    web.addEventListener('message', (event: MessageEvent<unknown>) => this.#receive(event.data), listen);
    web.addEventListener('close', (event) => this.#closed(event.code, event.reason), listen);
  }

  send(text: string): void {
    if (this.#web.readyState !== WebSocket.OPEN) throw new PhoneError('disconnected');
    this.#web.send(text);
  }

  close(code?: number, reason?: string): void {
    if (this.#listening.signal.aborted || this.#closing !== null) return;
    this.#closing = setTimeout(() => this.#closed(null, 'no close frame came'), CLOSING_GRACE_MS);
    try {
      this.#web.close(code, reason);
    } catch (cause) {
      // Only 1000, 3000 to 4999 and 123 bytes of reason may be sent; anything else still has to close.
      this.#log.warn('the socket closes without its code', { code, error: nameOf(cause) });
      this.#web.close();
    }
  }

  #receive(data: unknown): void {
    if (typeof data === 'string') safely(this.#log, () => this.events.emit('text', data));
    else this.#log.warn('a binary frame was ignored');
  }

  #closed(code: number | null, reason: string): void {
    if (this.#listening.signal.aborted) return;
    this.#listening.abort();
    if (this.#closing !== null) clearTimeout(this.#closing);
    safely(this.#log, () => this.events.emit('closed', code, reason));
  }
}
