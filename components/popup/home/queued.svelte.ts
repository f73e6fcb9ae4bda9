/** A call that waits for its line: placed at once where the line is ready, else as soon as it is. */

import type { DialRequest } from '../../../lib/extension/contract';
import type { Phone } from '../../phone.svelte';

export interface QueuedCallContext {
  readonly phone: Phone;
  readonly ready: () => boolean;
  /** After the call was placed. */
  readonly done: () => void;
}

export class QueuedCall {
  readonly #context: QueuedCallContext;
  #waiting = $state.raw<DialRequest | null>(null);

  /** Made while a component is set up: it watches the line for as long as that lives. */
  constructor(context: QueuedCallContext) {
    this.#context = context;
    // The line becomes ready by itself; that is an event from outside, not something to compute.
    $effect(() => {
      const request = this.#waiting;
      if (request !== null && context.ready()) void this.#dial(request);
    });
  }

  get waiting(): DialRequest | null {
    return this.#waiting;
  }

  async place(request: DialRequest): Promise<void> {
    if (this.#context.ready()) await this.#dial(request);
    else this.#waiting = request;
  }

  cancel(): void {
    this.#waiting = null;
  }

  async #dial(request: DialRequest): Promise<void> {
    this.#waiting = null;
    const call = await this.#context.phone.dial(request);
    if (call !== null) this.#context.done();
  }
}
