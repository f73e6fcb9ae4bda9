/**
 * One headset in use: told the lamps, one report after another and the latest wins, and heard.
 *
 *   closed ──► opening ──► open ──► closed
 *     ▲           │         │
 *     └── refused ◄         └──► gone (absorbs)
 */

import type { Log } from '../phone/ports';
import { hear, NOTHING_HEARD, type Memory, type Press, type Told } from './hearing';
import type { HidDevice, HidInput } from './hid';
import { DARK, outputsFor, sameLamps, type Lamps } from './lamps';
import { layoutOf, type Layout } from './layout';

/** `refused`: the system or another program keeps it from us. */
export type HeadsetState = 'closed' | 'opening' | 'open' | 'refused' | 'gone';

export interface HeadsetOptions {
  readonly device: HidDevice;
  readonly log: Log;
  /** Epoch milliseconds. */
  now(): number;
  onPress(press: Press): void;
  onState(): void;
}

export class Headset {
  readonly name: string;
  readonly layout: Layout;
  readonly #options: HeadsetOptions;
  #state: HeadsetState = 'closed';
  /** Null: nothing of ours is to be shown, and it is let go. */
  #wanted: Lamps | null = null;
  #told: Told = { lamps: DARK, muteToldAt: 0 };
  #memory: Memory = NOTHING_HEARD;
  /** Reports that it waits for: a press wants its answer, also where nothing changed. Sent as soon as they are due. */
  readonly #owed = new Set<number>();
  #due = false;
  #working = false;

  /** Starts nothing: it is opened by the first {@link show}. */
  constructor(options: HeadsetOptions) {
    this.#options = options;
    this.name = options.device.productName;
    this.layout = layoutOf(options.device.collections);
  }

  get state(): HeadsetState {
    return this.#state;
  }

  show(lamps: Lamps | null): void {
    const { buttons, lamps: lit } = this.layout;
    if (buttons.length === 0 && lit.length === 0) return;
    if (lamps === null && this.#state === 'refused') this.#move('closed');
    this.#wanted = lamps;
    this.#look();
  }

  /** What a press asked for is done, or refused. Not before, or the old state would be taken for a no. */
  settle(): void {
    this.#due = true;
    this.#look();
  }

  /** Unplugged, switched off, or forgotten by the person. */
  leave(): void {
    if (this.#state === 'gone') return;
    this.#unhear();
    this.#move('gone');
    if (this.#options.device.opened) void this.#shut();
  }

  #move(state: HeadsetState): void {
    if (this.#state === state || this.#state === 'gone') return;
    this.#state = state;
    this.#options.onState();
  }

  #look(): void {
    if (!this.#working) void this.#work();
  }

  /** Until it is as wanted, whatever is wanted meanwhile. Never rejects. */
  async #work(): Promise<void> {
    this.#working = true;
    while (this.#state !== 'gone' && this.#state !== 'refused') {
      const lamps = this.#wanted;
      if (this.#state !== 'open') {
        if (lamps === null) break;
        await this.#open();
      } else if (lamps === null) {
        await this.#tell(DARK);
        if (this.#wanted === null) await this.#close();
      } else if (sameLamps(lamps, this.#told.lamps) && !(this.#due && this.#owed.size > 0)) break;
      else if (!(await this.#tell(lamps))) break;
    }
    this.#working = false;
  }

  async #open(): Promise<void> {
    const { device, log } = this.#options;
    this.#move('opening');
    try {
      if (!device.opened) await device.open();
    } catch (thrown) {
      log.warn('a headset was not opened', { headset: this.name, thrown: String(thrown) });
      return this.#move('refused');
    }
    if (this.#state === 'gone') return this.#shut();
    this.#memory = NOTHING_HEARD;
    this.#oweAll();
    this.#due = true;
    device.addEventListener('inputreport', this.#hear);
    this.#move('open');
  }

  async #close(): Promise<void> {
    this.#unhear();
    await this.#shut();
    this.#move('closed');
  }

  /** False: what reached it is not known, and all of it is told with the next change. */
  async #tell(lamps: Lamps): Promise<boolean> {
    const { device, log, now } = this.#options;
    const before = outputsFor(this.layout, this.#told.lamps);
    const muteChanges = lamps.mute !== this.#told.lamps.mute;
    const due = this.#due;
    this.#due = false;
    // Known before it is sent: the headset may confirm it sooner than the sending ends.
    this.#told = { lamps, muteToldAt: muteChanges ? now() : this.#told.muteToldAt };
    try {
      for (const [place, { reportId, bytes }] of outputsFor(this.layout, lamps).entries()) {
        const same = before[place]?.bytes.every((byte, at) => byte === bytes[at]) === true;
        if (same && !(due && this.#owed.has(reportId))) continue;
        this.#owed.delete(reportId);
        await device.sendReport(reportId, bytes);
      }
    } catch (thrown) {
      this.#oweAll();
      this.#due = true;
      log.warn('a headset was not told', { headset: this.name, thrown: String(thrown) });
      return false;
    }
    if (muteChanges) this.#told = { ...this.#told, muteToldAt: now() };
    return true;
  }

  #oweAll(): void {
    for (const reportId of this.layout.lengths.keys()) this.#owed.add(reportId);
  }

  async #shut(): Promise<void> {
    await this.#options.device.close().catch(() => undefined);
  }

  readonly #hear = (input: HidInput): void => {
    const report = { reportId: input.reportId, data: input.data, at: this.#options.now() };
    const { presses, memory } = hear(this.layout, this.#memory, this.#told, report);
    this.#memory = memory;
    if (presses.length > 0) this.#oweAll();
    for (const press of presses) this.#options.onPress(press);
  };

  #unhear(): void {
    this.#options.device.removeEventListener('inputreport', this.#hear);
  }
}
