/** What one peer sends: the microphone, muted or not, alone or mixed with the other peers of a conference. */

import type { Log, Microphone } from '../ports';
import { setEnabled, trackOf } from './microphone';
import { Mix } from './mixer';
import { OperationQueue } from './operation-queue';

export class OutgoingVoice {
  readonly #log: Log;
  /** Apart from the negotiations: a track may change while a description waits for its candidates. */
  readonly #changes = new OperationQueue();
  #sender: RTCRtpSender | null = null;
  #microphone: Microphone | null = null;
  #mix: Mix | null = null;
  #muted = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** What is to be sent now; null is silence. */
  get track(): MediaStreamTrack | null {
    return this.#mix?.track ?? trackOf(this.#microphone);
  }

  /** From now on this microphone is meant, and mute holds for it; {@link send} makes it so. */
  take(microphone: Microphone | null): void {
    this.#microphone = microphone;
    this.setMuted(this.#muted);
    this.#mix?.setOurs(trackOf(microphone));
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    setEnabled(this.#microphone, !muted);
  }

  /** Throws what the browser throws; without a new sender the present one. */
  async send(sender: RTCRtpSender | null = this.#sender): Promise<void> {
    this.#sender = sender;
    const { track } = this;
    if (sender !== null && sender.track !== track) await sender.replaceTrack(track);
  }

  /** Throws `negotiation` where the browser refuses, and then goes on with the microphone before. */
  use(microphone: Microphone | null): Promise<void> {
    const before = this.#microphone;
    this.take(microphone);
    return this.#changes.run('microphone', async () => {
      try {
        await this.send();
      } catch (cause) {
        if (this.#microphone === microphone) this.take(before);
        throw cause;
      }
    });
  }

  mixWith(voices: readonly MediaStreamTrack[]): void {
    const before = this.#mix;
    this.#mix = voices.length === 0 ? null : new Mix(voices);
    this.#mix?.setOurs(trackOf(this.#microphone));
    this.#changes
      .run('mix', () => this.send())
      .catch((cause: unknown) => this.#log.warn('the mix is not sent', { cause }))
      .finally(() => before?.close());
  }

  close(): void {
    this.#changes.close();
    this.#mix?.close();
  }
}
