/** Calls that were dialled before the line was ready: they go out as soon as it is, and wait no longer than a person would. */

import type { Call } from './call';
import { PhoneError } from './model/errors';
import type { SessionState } from './model/session-state';
import type { Clock } from './ports';

const READY_MS = 20_000;

export class CallsWaiting {
  readonly #clock: Clock;
  readonly #session: () => SessionState;
  readonly #waits = new Map<Call, () => void>();

  constructor(clock: Clock, session: () => SessionState) {
    this.#clock = clock;
    this.#session = session;
  }

  /** Fails the call where the line is stopped, or not ready in time; with the line's own reason where it has one. */
  add(call: Call): void {
    const state = this.#session();
    if (state.phase === 'stopped') return call.fail(PhoneError.fromJson(state.because));
    const cancel = this.#clock.after(READY_MS, () => {
      this.#waits.delete(call);
      const now = this.#session();
      const late = new PhoneError('timeout', { method: 'sign-in', afterMs: READY_MS });
      call.fail(now.phase === 'waiting' ? PhoneError.fromJson(now.because) : late);
    });
    this.#waits.set(call, cancel);
  }

  /** The line is ready. */
  dial(): void {
    for (const call of this.#take()) if (call.alive) void call.dial();
  }

  fail(because: PhoneError): void {
    for (const call of this.#take()) call.fail(because);
  }

  /** Nobody waits any more. */
  close(): void {
    this.#take();
  }

  #take(): readonly Call[] {
    const waits = [...this.#waits];
    this.#waits.clear();
    for (const [, cancel] of waits) cancel();
    return waits.map(([call]) => call);
  }
}
