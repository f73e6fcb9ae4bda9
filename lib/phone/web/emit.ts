/** Emitting to listeners that may throw: a listener's fault is logged and never reaches the browser's event loop. */

import type { Log } from '../ports';

export function safely(log: Log, emit: () => unknown): void {
  try {
    emit();
  } catch (cause) {
    log.error('a listener threw', { cause });
  }
}

/** The name of whatever was thrown (`NotAllowedError`), for facts: messages of browsers may quote addresses. */
export function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
