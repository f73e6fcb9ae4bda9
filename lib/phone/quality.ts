/** Watches the counters of a call's peer and tells when a person would want to know. */

import { quality, type Counters } from './model/quality';
import type { QualityView } from './model/snapshot';
import type { Clock, Peer, PeerStats } from './ports';

export interface QualityOptions {
  readonly clock: Clock;
  peer(): Peer | null;
  /** The word, the route or the codec changed, or some time has passed. */
  onChange(): void;
  /** Each sample, and what it says of the second before; null before the first packets. */
  onSample(stats: PeerStats, view: QualityView | null): void;
}

const SAMPLE_MS = 1000;
/** The word changes after this many samples agree. */
const AGREE = 3;
const REFRESH_MS = 10_000;

export class QualityWatch {
  readonly #options: QualityOptions;
  #cancel: (() => void) | null = null;
  #peer: Peer | null = null;
  #before: Counters | null = null;
  #view: QualityView | null = null;
  #shownAt = 0;
  #worst: QualityView | null = null;
  #candidate: { word: QualityView['word']; samples: number } | null = null;

  constructor(options: QualityOptions) {
    this.#options = options;
  }

  /** What to show; null before the first packets. */
  get view(): QualityView | null {
    return this.#view;
  }
  /** The worst that was shown, for the history. */
  get worstView(): QualityView | null {
    return this.#worst;
  }

  start(): void {
    if (this.#cancel) return;
    this.#next();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #next(): void {
    this.#cancel = this.#options.clock.after(SAMPLE_MS, () => {
      void this.#sample().finally(() => {
        if (this.#cancel) this.#next();
      });
    });
  }

  async #sample(): Promise<void> {
    const peer = this.#options.peer();
    if (!peer) return;
    if (peer !== this.#peer) this.#before = null;
    this.#peer = peer;
    try {
      const now = await peer.stats();
      const view = quality(this.#before, now);
      this.#before = now;
      if (this.#cancel) this.#options.onSample(now, view);
      if (view && this.#cancel) this.#consider(view);
    } catch {
      // A peer that is being closed has no statistics; the next sample finds another.
    }
  }

  #consider(view: QualityView): void {
    const shown = this.#view;
    const agreed = shown === null || view.word === shown.word || this.#agrees(view.word);
    if (shown && view.word === shown.word) this.#candidate = null;
    const next = agreed || shown === null ? view : { ...view, word: shown.word, mos: shown.mos };
    this.#view = next;
    if (this.#worst === null || next.mos < this.#worst.mos) this.#worst = next;
    const now = this.#options.clock.now();
    const telling =
      next.word !== shown?.word ||
      next.codec !== shown.codec ||
      next.route?.relay !== shown.route?.relay ||
      now - this.#shownAt >= REFRESH_MS;
    if (!telling) return;
    this.#shownAt = now;
    this.#options.onChange();
  }

  #agrees(word: QualityView['word']): boolean {
    const samples = this.#candidate?.word === word ? this.#candidate.samples + 1 : 1;
    this.#candidate = { word, samples };
    if (samples < AGREE) return false;
    this.#candidate = null;
    return true;
  }
}
