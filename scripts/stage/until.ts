/** Waits for a condition, with a name for when it never comes true. */

import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 50;

/** Resolves with the first answer that is neither null, undefined nor false. Throws after `limitMs`, saying what it saw last. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  limitMs = 30_000,
): Promise<Exclude<T, null | undefined | false>> {
  const end = performance.now() + limitMs;
  let seen: unknown;
  for (;;) {
    try {
      const answer = await look();
      if (answer !== null && answer !== undefined && answer !== false)
        return answer as Exclude<T, null | undefined | false>;
      seen = answer;
    } catch (error) {
      seen = error;
    }
    if (performance.now() > end) throw new Error(`waited ${String(limitMs)} ms in vain: ${what}`, { cause: seen });
    await pause(PAUSE_MS);
  }
}
