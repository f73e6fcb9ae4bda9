/** The headsets that the person allowed, as they come and go: all show the same, and each is heard. */

import type { Log } from '../phone/ports';
import { Headset, type HeadsetState } from './headset';
import type { Press } from './hearing';
import type { Hid, HidDevice } from './hid';
import type { Lamps } from './lamps';
import { TELEPHONY_PAGE, type Button } from './layout';

export interface HeadsetsOptions {
  readonly hid: Hid;
  readonly log: Log;
  /** Epoch milliseconds. */
  now(): number;
  /** What was asked for is done, or refused, once the promise settles; never rejects. */
  onPress(press: Press, key: string): Promise<void>;
  onChange(): void;
}

export interface HeadsetView {
  /** The same for one kind of headset, in every document. */
  readonly key: string;
  readonly name: string;
  readonly state: HeadsetState;
  /** Those that it has by the standard; empty: it has none of them. */
  readonly buttons: readonly Button[];
}

export class Headsets {
  readonly #options: HeadsetsOptions;
  readonly #headsets = new Map<HidDevice, Headset>();
  #lamps: Lamps | null = null;
  #looks = 0;

  constructor(options: HeadsetsOptions) {
    this.#options = options;
  }

  start(): void {
    const { hid } = this.#options;
    hid.addEventListener('connect', () => void this.look());
    hid.addEventListener('disconnect', () => void this.look());
    void this.look();
  }

  /** Two of a kind are told as one: nothing tells them apart for a person, and they are forgotten together. */
  get views(): readonly HeadsetView[] {
    const views = new Map<string, HeadsetView>();
    for (const [device, { name, state, layout }] of this.#headsets) {
      const key = keyOf(device);
      const buttons = layout.buttons.map(({ button }) => button);
      const twin = views.get(key);
      const all = [...new Set([...(twin?.buttons ?? []), ...buttons])];
      views.set(key, { key, name, state: twin?.state === 'refused' ? 'refused' : state, buttons: all });
    }
    return [...views.values()];
  }

  /** Null: none of ours is to be shown, and the headsets are let go. */
  show(lamps: Lamps | null): void {
    this.#lamps = lamps;
    for (const headset of this.#headsets.values()) headset.show(lamps);
  }

  /** The person allowed or forgot one, or one came or went. Never rejects. */
  async look(): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    const devices = await this.#options.hid.getDevices().catch((thrown: unknown) => {
      this.#options.log.warn('the headsets were not listed', { thrown: String(thrown) });
      return [];
    });
    if (look !== this.#looks) return;
    const here = new Set(devices.filter(isTelephone));
    for (const [device, headset] of this.#headsets) {
      if (here.has(device)) continue;
      this.#headsets.delete(device);
      headset.leave();
    }
    for (const device of here) if (!this.#headsets.has(device)) this.#add(device);
    this.#options.onChange();
  }

  #add(device: HidDevice): void {
    const { log, now, onPress, onChange } = this.#options;
    const headset: Headset = new Headset({
      device,
      log,
      now,
      onPress: (press) => void onPress(press, keyOf(device)).then(() => headset.settle()),
      onState: onChange,
    });
    this.#headsets.set(device, headset);
    headset.show(this.#lamps);
  }
}

export function keyOf({ vendorId, productId, productName }: HidDevice): string {
  return `${vendorId.toString(16)}:${productId.toString(16)}:${productName}`;
}

export function isTelephone({ collections }: HidDevice): boolean {
  return collections.some(({ usagePage }) => usagePage === TELEPHONY_PAGE);
}
