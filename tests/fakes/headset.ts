/** A headset at the browser's edge: what it says of itself, what it is told, and what it reports. */

import type { Hid, HidCollection, HidDevice, HidInput, HidItem, HidReport } from '../../lib/headset/hid';

type Kind = 'latching' | 'springing' | 'relative';

/** Bits in a row, one for each usage. `springing`: absolute, and back by itself (HID 1.11, 6.2.2.5: "preferred state"). */
export function bits(kind: Kind, ...usages: readonly number[]): HidItem {
  return { ...item(kind), reportSize: 1, reportCount: usages.length, usages };
}
/** The same, where the descriptor names the first and the last alone. */
export function range(kind: Kind, usageMinimum: number, usageMaximum: number): HidItem {
  return { ...item(kind), reportSize: 1, reportCount: usageMaximum - usageMinimum + 1, usageMinimum, usageMaximum };
}
export function padding(reportCount: number, reportSize = 1): HidItem {
  return { ...item('springing'), reportSize, reportCount, usages: [] };
}
/** A keypad: one number says which key. */
export function keys(reportSize: number): HidItem {
  return {
    ...item('springing'),
    isArray: true,
    reportSize,
    reportCount: 1,
    usageMinimum: 0x0b00b0,
    usageMaximum: 0x0b00bb,
  };
}
export function report(reportId: number, ...items: readonly HidItem[]): HidReport {
  return { reportId, items };
}
export function telephone(inputReports: readonly HidReport[], outputReports: readonly HidReport[]): HidCollection[] {
  return [{ usagePage: 0x0b, inputReports, outputReports }];
}

function item(kind: Kind): Omit<HidItem, 'reportSize' | 'reportCount'> {
  return { isAbsolute: kind !== 'relative', hasPreferredState: kind !== 'latching', isArray: false };
}

const [HOOK, FLASH, REDIAL, LINE, MUTE, SPEED, BUSY] = [
  0x0b0020, 0x0b0021, 0x0b0024, 0x0b002a, 0x0b002f, 0x0b0050, 0x0b0097,
];
const [LED_MUTE, LED_OFF_HOOK, LED_RING, LED_HOLD, LED_MICROPHONE] = [0x080009, 0x080017, 0x080018, 0x080020, 0x080021];

/**
 * A report for each lamp. Plantronics Blackwire 3220, descriptor as hidapi read it from the device
 * (github.com/libusb/hidapi/pull/262).
 */
export const BLACKWIRE = telephone(
  [report(8, bits('relative', MUTE), bits('latching', HOOK, FLASH))],
  [
    report(9, bits('latching', LED_MUTE)),
    report(23, bits('latching', LED_OFF_HOOK)),
    report(24, bits('latching', LED_RING)),
  ],
);
/**
 * One report each way, a keypad among the buttons, "reject" as a programmable button: the descriptor of 332 bytes at
 * blog.csdn.net/paodiao2012/article/details/94834444, with the bits and the ringer that Jabra's have.
 */
export const JABRA_LIKE = telephone(
  [
    report(
      2,
      bits('latching', HOOK, BUSY),
      bits('relative', MUTE, FLASH, REDIAL, SPEED),
      bits('springing', 0x0b0007),
      keys(4),
      padding(5),
    ),
  ],
  [
    report(
      2,
      bits('latching', LED_OFF_HOOK, LED_MUTE, LED_RING, LED_HOLD, LED_MICROPHONE),
      bits('latching', 0x0b009e),
      padding(10),
    ),
  ],
);
/** The hook is a button that says 1 and then 0: the table of Gigaset's dongle (teamwork.gigaset.com, page 1136427703). */
export const GIGASET = telephone(
  [
    report(
      2,
      bits('latching', HOOK, BUSY),
      bits('relative', LINE, MUTE, FLASH, REDIAL, SPEED),
      bits('springing', 0x090007),
      padding(8),
    ),
  ],
  [report(2, bits('latching', LED_OFF_HOOK, LED_MUTE, LED_RING, LED_HOLD, LED_MICROPHONE), padding(11))],
);
/** A Bluetooth headset on ChromeOS: every button a switch of two places (Floss, `uhid_hfp.rs`, 55 bytes). */
export const CHROMEOS = telephone(
  [report(1, bits('latching', HOOK, MUTE), padding(6))],
  [report(1, bits('latching', LED_RING, LED_OFF_HOOK, LED_MUTE), padding(5))],
);
/** Lamps as a range from off hook to conference, the mute after it; a firmware of Actions Semiconductor (`usb_hid_inner.h`). */
export const ACTIONS = telephone(
  [
    report(
      7,
      bits('latching', HOOK, BUSY),
      padding(1, 6),
      bits('relative', FLASH, MUTE, SPEED),
      keys(4),
      bits('springing', 0x090001),
    ),
  ],
  [
    report(
      7,
      bits('springing', 0x080008),
      range('springing', LED_OFF_HOOK, 0x080026),
      bits('springing', LED_MUTE),
      padding(6),
    ),
  ],
);

export const KNOWN = { BLACKWIRE, JABRA_LIKE, GIGASET, CHROMEOS, ACTIONS };

export class FakeHeadset implements HidDevice {
  readonly vendorId = 0x1234;
  readonly productId: number;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  /** Every report it was sent: its id, then its bytes. */
  readonly sent: (readonly number[])[] = [];
  opened = false;
  /** Another program has it. */
  taken = false;
  /** Its cable is out, though nobody was told yet. */
  dead = false;
  forgotten = false;
  /** What it does about a report, at once. */
  habit: (sent: readonly number[]) => void = () => undefined;
  readonly #listeners = new Set<(input: HidInput) => void>();
  #gate: Promise<void> | null = null;

  constructor(collections: readonly HidCollection[], productName = 'Headset', productId = 1) {
    this.collections = collections;
    this.productName = productName;
    this.productId = productId;
  }

  /** The person, or the headset by itself. */
  reports(reportId: number, ...bytes: readonly number[]): void {
    const input = { reportId, data: new DataView(Uint8Array.from(bytes).buffer) };
    if (this.opened) for (const listener of this.#listeners) listener(input);
  }
  /** What it was sent since this was asked last. */
  news(): readonly (readonly number[])[] {
    return this.sent.splice(0);
  }
  /** From now on sending takes until the returned function is called. */
  jam(): () => void {
    let free = (): void => undefined;
    this.#gate = new Promise((resolve) => {
      free = resolve;
    });
    return () => {
      this.#gate = null;
      free();
    };
  }
  get listeners(): number {
    return this.#listeners.size;
  }

  async open(): Promise<void> {
    await Promise.resolve();
    if (this.opened) throw new DOMException('The device is already open.', 'InvalidStateError');
    if (this.taken) throw new DOMException('Failed to open the device.', 'NotAllowedError');
    this.opened = true;
  }
  async close(): Promise<void> {
    await Promise.resolve();
    this.opened = false;
  }
  forget(): Promise<void> {
    this.forgotten = true;
    this.opened = false;
    return Promise.resolve();
  }
  async sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    const report = [reportId, ...data];
    await this.#gate;
    if (!this.opened || this.dead) throw new DOMException('Failed to write the report.', 'NotAllowedError');
    this.sent.push(report);
    this.habit(report);
  }
  addEventListener(_type: 'inputreport', listener: (input: HidInput) => void): void {
    this.#listeners.add(listener);
  }
  removeEventListener(_type: 'inputreport', listener: (input: HidInput) => void): void {
    this.#listeners.delete(listener);
  }
}

export class FakeHid implements Hid {
  readonly plugged: FakeHeadset[] = [];
  broken = false;
  readonly #listeners: (() => void)[] = [];

  constructor(...plugged: readonly FakeHeadset[]) {
    this.plugged.push(...plugged);
  }
  plugIn(headset: FakeHeadset): void {
    this.plugged.push(headset);
    for (const listener of this.#listeners) listener();
  }
  pullOut(headset: FakeHeadset): void {
    this.plugged.splice(this.plugged.indexOf(headset), 1);
    headset.opened = false;
    for (const listener of this.#listeners) listener();
  }
  getDevices(): Promise<readonly HidDevice[]> {
    if (this.broken) return Promise.reject(new Error('no such service'));
    return Promise.resolve(this.plugged.filter(({ forgotten }) => !forgotten));
  }
  requestDevice(): Promise<readonly HidDevice[]> {
    return Promise.resolve([...this.plugged]);
  }
  addEventListener(_type: 'connect' | 'disconnect', listener: () => void): void {
    this.#listeners.push(listener);
  }
}
