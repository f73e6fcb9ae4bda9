/** The part of WebHID that is used here, in the words of its specification (wicg.github.io/webhid): TypeScript does not know it. */

export interface HidItem {
  readonly isAbsolute: boolean;
  readonly isArray: boolean;
  readonly hasPreferredState: boolean;
  /** Bits of one field, and how many fields follow one another. */
  readonly reportSize: number;
  readonly reportCount: number;
  /** Page and usage in one number (`0x0b0020`); absent where there is a range. */
  readonly usages?: readonly number[] | undefined;
  readonly usageMinimum?: number | undefined;
  readonly usageMaximum?: number | undefined;
}
export interface HidReport {
  readonly reportId: number;
  readonly items: readonly HidItem[];
}
/** A top-level collection lists the items of its children too, in their order, so that positions can be counted. */
export interface HidCollection {
  readonly usagePage: number;
  readonly inputReports: readonly HidReport[];
  readonly outputReports: readonly HidReport[];
}

export interface HidInput {
  readonly reportId: number;
  /** Without the report's id. */
  readonly data: DataView;
}
export interface HidDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly opened: boolean;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  forget(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  addEventListener(type: 'inputreport', listener: (input: HidInput) => void): void;
  removeEventListener(type: 'inputreport', listener: (input: HidInput) => void): void;
}

export interface Hid {
  /** Those that the person allowed and that are plugged in. */
  getDevices(): Promise<readonly HidDevice[]>;
  /** Asks the person; needs their gesture. Empty: they chose none. */
  requestDevice(options: {
    readonly filters: readonly { readonly usagePage: number }[];
  }): Promise<readonly HidDevice[]>;
  addEventListener(type: 'connect' | 'disconnect', listener: () => void): void;
}
