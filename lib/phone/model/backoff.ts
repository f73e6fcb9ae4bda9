/** How long to wait before the next attempt to reach the server. */

const FIRST_TRY_MS = 250;
const BASE_MS = 1000;
const LONGEST_MS = 30_000;
const JITTER = 0.25;

/**
 * Milliseconds before attempt `attempt` (from 1): the first comes at once, spread over a quarter of a second so that a
 * restarted server is not hit by everyone in the same instant; the rest double from one second to thirty.
 * `random` is 0 up to but not including 1.
 */
export function retryDelay(attempt: number, random: number): number {
  if (attempt <= 1) return Math.floor(random * FIRST_TRY_MS);
  const plain = Math.min(BASE_MS * 2 ** (attempt - 2), LONGEST_MS);
  return Math.min(Math.round(plain * (1 - JITTER + random * 2 * JITTER)), LONGEST_MS);
}
