/** The microphone of one call: opened once, changed in place, and what happens when its device goes. */

import { PhoneError } from './model/errors';
import type { DeviceId } from './model/ids';
import type { Microphone, Ports } from './ports';

/** What carries the microphone's voice, and is told of it. */
export interface Carrier {
  readonly ports: Ports;
  /** Aborted at the end of the call. */
  readonly signal: AbortSignal;
  device(): DeviceId | null;
  muted(): boolean;
  setMuted(muted: boolean): void;
  /** Sends this from now on. Rejects where it cannot, and then sends what it sent before. */
  send(microphone: Microphone): Promise<void>;
  /** The device went; the call goes on without a voice until another is found. */
  onLost(label: string): void;
  /** Another took the place of one that was superseded: a voice, or silence. */
  onChanged(): void;
  /** None could; the one before goes on. */
  onRefused(error: PhoneError): void;
}

export class CallMicrophone {
  readonly #carrier: Carrier;
  #now: Microphone | null = null;
  #adoptedAt = 0;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  get now(): Microphone | null {
    return this.#now;
  }
  /** Since when silence is sent in the place of a voice that nobody lends; null while there is one, or no microphone. */
  get voiceAwaySince(): number | null {
    return this.#now?.silent === true ? this.#adoptedAt : null;
  }

  /** Opens it unless it is open. Throws the `microphone-…` reasons. */
  async open(): Promise<void> {
    if (this.#now) return;
    const { ports, signal, device } = this.#carrier;
    const microphone = await ports.openMicrophone(device(), signal);
    if (signal.aborted) {
      microphone.close();
      throw PhoneError.from(signal.reason);
    }
    this.#adopt(microphone);
  }

  /** Another device, in place, muted where it `beginsMuted`. A failure leaves the old one and the mute as they were. */
  async change(device: DeviceId | null, beginsMuted: boolean): Promise<void> {
    const carrier = this.#carrier;
    const microphone = await carrier.ports.openMicrophone(device, carrier.signal);
    const before = carrier.muted();
    carrier.setMuted(before || beginsMuted);
    try {
      if (carrier.signal.aborted) throw PhoneError.from(carrier.signal.reason);
      await carrier.send(microphone);
    } catch (thrown) {
      microphone.close();
      carrier.setMuted(before);
      throw thrown;
    }
    const old = this.#now;
    this.#adopt(microphone);
    old?.events.removeAllListeners();
    old?.close();
    carrier.setMuted(carrier.muted());
  }

  close(): void {
    this.#now?.events.removeAllListeners();
    this.#now?.close();
    this.#now = null;
  }

  #adopt(microphone: Microphone): void {
    this.#now = microphone;
    this.#adoptedAt = this.#carrier.ports.clock.now();
    microphone.events.on('ended', () => {
      if (this.#now !== microphone) return;
      this.#now = null;
      microphone.close();
      this.#carrier.onLost(microphone.label);
    });
    microphone.events.on('superseded', () => void this.#reopen());
  }

  /** What is muted stays so, and nothing else is: the person chose no other device. */
  async #reopen(): Promise<void> {
    try {
      await this.change(this.#carrier.device(), false);
      this.#carrier.onChanged();
    } catch (thrown) {
      if (!this.#carrier.signal.aborted) this.#carrier.onRefused(PhoneError.from(thrown));
    }
  }
}
