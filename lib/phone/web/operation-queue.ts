/** Operations one after another, each settled even where the browser would leave its promise pending for ever. */

import { PhoneError } from '../model/errors';
import { nameOf } from './emit';

export class OperationQueue {
  readonly #closed = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  /** Aborted by {@link close}, for what an operation waits for. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  /** Throws `negotiation` with the step, and the browser's error name, or `closed` after {@link close}. */
  run<T>(step: string, operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#settle(step, operation));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** What waits or runs is refused now: a closed RTCPeerConnection never settles its own promises. */
  close(): void {
    this.#closed.abort();
  }

  #settle<T>(step: string, operation: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const closed = (): void => reject(new PhoneError('negotiation', { step, error: 'closed' }));
      if (this.#closed.signal.aborted) return closed();
      this.#closed.signal.addEventListener('abort', closed, { once: true });
      operation()
        .then(resolve, (cause: unknown) => reject(asNegotiation(step, cause)))
        .finally(() => this.#closed.signal.removeEventListener('abort', closed));
    });
  }
}

function asNegotiation(step: string, cause: unknown): PhoneError {
  return cause instanceof PhoneError ? cause : new PhoneError('negotiation', { step, error: nameOf(cause) }, { cause });
}
