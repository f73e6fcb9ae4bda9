/** Requests and replies over one socket: every request has a deadline and settles, whatever the socket does. */

import { PhoneError } from '../model/errors';
import type { Json } from '../model/json';
import type { Clock } from '../ports';
import { ackText, parseFrames, requestText, type Frame, type Members, type RpcId } from './frames';

export interface RpcOptions {
  /** Puts text on the socket; throws where it cannot. */
  send(text: string): void;
  newId(): string;
  readonly clock: Clock;
  /** A request or notification of the server's. */
  onRequest(frame: Extract<Frame, { kind: 'request' }>): void;
  /** The members of every readable frame, for those beside `params` and `result`. */
  onMembers?(members: Members): void;
  /** Something that could not be read or fits nothing of ours. */
  onOdd(why: string, frame: Frame): void;
  /** Every frame that passes, for the journal. */
  onFrame?(direction: 'in' | 'out', text: string): void;
  /** A reply to something of ours came, after so many milliseconds. */
  onAnswered?(method: string, tookMs: number): void;
}

export interface Request {
  readonly method: string;
  readonly params: { readonly [key: string]: Json | undefined };
  readonly beside?: { readonly [key: string]: Json | undefined };
  readonly deadlineMs: number;
}

interface Waiting {
  readonly method: string;
  readonly sentAt: number;
  readonly settle: (result: unknown) => void;
  readonly reject: (error: PhoneError) => void;
  readonly cancelDeadline: () => void;
}

export class JsonRpc {
  readonly #options: RpcOptions;
  readonly #waiting = new Map<RpcId, Waiting>();
  #closedBecause: PhoneError | null = null;

  constructor(options: RpcOptions) {
    this.#options = options;
  }

  /**
   * The result of one request. Rejects with `refused` (facts: method, code, message), `timeout` (facts: method, afterMs)
   * or `disconnected`, and always settles.
   */
  request({ method, params, beside, deadlineMs }: Request): Promise<unknown> {
    if (this.#closedBecause) return Promise.reject(this.#closedBecause);
    const { clock, newId } = this.#options;
    const id = newId();
    return new Promise((settle, reject) => {
      const cancelDeadline = clock.after(deadlineMs, () => {
        this.#take(id)?.reject(new PhoneError('timeout', { method, afterMs: deadlineMs }));
      });
      this.#waiting.set(id, { method, sentAt: clock.now(), settle, reject, cancelDeadline });
      try {
        this.#send(requestText({ id, method, params, ...(beside ? { beside } : {}) }));
      } catch (thrown) {
        this.#take(id)?.reject(new PhoneError('disconnected', { method }, { cause: thrown }));
      }
    });
  }

  /** Something that asks for no reply. Throws `disconnected`. */
  notify(method: string, params: { readonly [key: string]: Json | undefined }): void {
    if (this.#closedBecause) throw this.#closedBecause;
    this.#send(requestText({ id: null, method, params }));
  }

  /** A frame of another shape, whose reply means nothing to us. False where the socket is gone. Not told to `onFrame`. */
  tell(members: { readonly [key: string]: Json | undefined }): boolean {
    if (this.#closedBecause) return false;
    try {
      this.#options.send(JSON.stringify({ jsonrpc: '2.0', id: this.#options.newId(), ...members }));
      return true;
    } catch {
      return false;
    }
  }

  acknowledge(id: RpcId, method: string): void {
    if (this.#closedBecause) return;
    try {
      this.#send(ackText(id, method));
    } catch {
      // The socket went; its close is told by the socket itself.
    }
  }

  /** Whatever the socket said. Never throws. */
  receive(text: string): void {
    if (this.#closedBecause) return;
    this.#options.onFrame?.('in', text);
    for (const frame of parseFrames(text)) this.#handle(frame);
  }

  /** Rejects everything that waits, and everything asked from now on. */
  close(because: PhoneError): void {
    if (this.#closedBecause) return;
    this.#closedBecause = because;
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(because);
  }

  #handle(frame: Frame): void {
    if ('raw' in frame) this.#options.onMembers?.(frame.raw);
    switch (frame.kind) {
      case 'request':
        return this.#options.onRequest(frame);
      case 'result': {
        const waiting = this.#answered(frame.id);
        if (!waiting) return this.#options.onOdd('a reply that nobody waits for', frame);
        return waiting.settle(frame.result);
      }
      case 'error': {
        const waiting = frame.id === null ? null : this.#answered(frame.id);
        if (!waiting) return this.#options.onOdd('an error that nobody waits for', frame);
        const facts = { method: waiting.method, code: frame.code, message: frame.message };
        return waiting.reject(new PhoneError('refused', facts));
      }
      case 'speed':
        return;
      case 'malformed':
        return this.#options.onOdd(frame.why, frame);
    }
  }

  #answered(id: RpcId): Waiting | null {
    const waiting = this.#take(id);
    if (waiting) this.#options.onAnswered?.(waiting.method, this.#options.clock.now() - waiting.sentAt);
    return waiting;
  }

  #take(id: RpcId): Waiting | null {
    const waiting = this.#waiting.get(id);
    if (!waiting) return null;
    this.#waiting.delete(id);
    waiting.cancelDeadline();
    return waiting;
  }

  #send(text: string): void {
    this.#options.onFrame?.('out', text);
    this.#options.send(text);
  }
}
