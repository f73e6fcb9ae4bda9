/** Operations one after another, each settled even where the browser would leave its promise pending for ever. */

import { PhoneError } from '../model/errors';
import { nameOf } from './emit';
import { whileOpen } from './while-open';

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

  async #settle<T>(step: string, operation: () => Promise<T>): Promise<T> {
    try {
      return await whileOpen(this.#closed.signal, operation, () => closedAt(step));
    } catch (cause) {
      throw asNegotiation(step, cause);
    }
  }
}

/** The refusal of what waits or runs at {@link OperationQueue.close}. */
export function closedAt(step: string): PhoneError {
  return new PhoneError('negotiation', { step, error: 'closed' });
}

function asNegotiation(step: string, cause: unknown): PhoneError {
  return cause instanceof PhoneError ? cause : new PhoneError('negotiation', { step, error: nameOf(cause) }, { cause });
}
