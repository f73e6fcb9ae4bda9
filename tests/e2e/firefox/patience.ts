/** How long a play in Firefox waits for what it names. */

import { until } from '../../../scripts/stage/until';

/** Firefox starts a process a page, on a machine that may be busy. */
const PATIENCE_MS = 40_000;

export function patiently<T>(what: string, look: () => T | Promise<T>): ReturnType<typeof until<T>> {
  return until(what, look, PATIENCE_MS);
}
