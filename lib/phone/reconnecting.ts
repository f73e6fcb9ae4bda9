/** When a line that was lost tries again, and when it gives up. */

import { retryDelay } from './model/backoff';
import { PhoneError, type Reason } from './model/errors';
import type { Clock } from './ports';
import { whenAborted } from './when-aborted';

const OFFLINE_RETRY_MS = 30_000;

export interface LossFacts {
  readonly because: PhoneError;
  /** The attempt that would be next, from 1. */
  readonly attempt: number;
  /** How many there may be; 0 is as many as it takes. */
  readonly attempts: number;
  /** `autoReconnect`. */
  readonly enabled: boolean;
  readonly readyBefore: boolean;
  readonly online: boolean;
}

/** Only other credentials help. */
export function isRefusal(reason: Reason): boolean {
  return reason === 'login-refused' || reason === 'token-expired';
}

/** Why there is no further attempt, or null where there is one. Pure. */
export function givesUp({ because, attempt, attempts, enabled, readyBefore, online }: LossFacts): PhoneError | null {
  if (isRefusal(because.reason) || because.reason === 'taken-over') return because;
  if (readyBefore && !enabled) return because;
  if (online && attempts > 0 && attempt > attempts) {
    return new PhoneError('reconnect-exhausted', { attempts, last: because.reason }, { cause: because });
  }
  return null;
}

/** Milliseconds before attempt `attempt`; offline, the browser's `online` is what is waited for. */
export function pauseBefore(attempt: number, online: boolean, random: number): number {
  return online ? retryDelay(attempt, random) : OFFLINE_RETRY_MS;
}

/** The wait between two attempts, which may be cut short. */
export class Pause {
  readonly #clock: Clock;
  #cut: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves after `delayMs`, when it is cut, or when `signal` aborts; never rejects. */
  async last(delayMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const forget = whenAborted(signal, () => this.cut());
      const go = (): void => {
        cancel();
        forget();
        resolve();
      };
      const cancel = this.#clock.after(delayMs, go);
      this.#cut = go;
    });
    this.#cut = () => undefined;
  }

  /** Does nothing where nobody waits. */
  cut(): void {
    this.#cut();
  }
}
