/** A bucket of permits for each sender that fills again with time: what floods is refused, what is busy is not. */

export interface Rate {
  /** At once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Senders that are remembered; the one that was quiet for longest makes room. */
const MOST_KEYS = 256;

export class RateLimit {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, { permits: number; at: number }>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Takes one permit of `key`; false where it has none left. `now` in epoch milliseconds. */
  take(key: string, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? { permits: this.#rate.burst, at: now };
    const filled = Math.min(
      this.#rate.burst,
      bucket.permits + (Math.max(0, now - bucket.at) / 1000) * this.#rate.perSecond,
    );
    const granted = filled >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { permits: granted ? filled - 1 : filled, at: now });
    this.#forget();
    return granted;
  }

  #forget(): void {
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MOST_KEYS && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
