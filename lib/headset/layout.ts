/** Where in a headset's reports its buttons and lamps are, read from what the headset says of itself. */

import type { HidCollection, HidItem, HidReport } from './hid';

/** USB HID Usage Tables 1.5, page 11: telephony devices. */
export const TELEPHONY_PAGE = 0x0b;

export type Button = 'hook' | 'mute' | 'flash' | 'drop' | 'reject';
export type Lamp = 'offHook' | 'ring' | 'mute' | 'hold';

/** One bit of an input report. */
export interface ButtonField {
  readonly button: Button;
  readonly reportId: number;
  readonly bit: number;
  /** The bit is a state, and comes again in every report. Relative: it is an event each time it is set. */
  readonly absolute: boolean;
  /** Of an absolute one: it stays as it is until it is changed, and does not spring back. */
  readonly latching: boolean;
}
/** One bit of an output report. */
export interface LampField {
  readonly lamp: Lamp;
  readonly reportId: number;
  readonly bit: number;
}
export interface Layout {
  /** The hook last: what else a report says is known by then. */
  readonly buttons: readonly ButtonField[];
  readonly lamps: readonly LampField[];
  /** Bytes of each output report that has a lamp, without its id. */
  readonly lengths: ReadonlyMap<number, number>;
}

const BUTTONS: ReadonlyMap<number, Button> = new Map([
  [0x0b0020, 'hook'],
  [0x0b002f, 'mute'],
  [0x0b0021, 'flash'],
  [0x0b0026, 'drop'],
  // "Programmable button" 7, by either of the pages that drivers name it on: Jabra's and Gigaset's "reject".
  [0x0b0007, 'reject'],
  [0x090007, 'reject'],
]);
const LAMPS: ReadonlyMap<number, Lamp> = new Map([
  [0x080017, 'offHook'],
  [0x080018, 'ring'],
  [0x080009, 'mute'],
  [0x080020, 'hold'],
]);
/** "Microphone", which stands for the muted one where there is no lamp for mute. */
const MICROPHONE = new Map<number, Lamp>([[0x080021, 'mute']]);

/** As long as Windows lets a report be. */
const LONGEST_BITS = 65_535 * 8;

/** Total: whatever a headset says of itself, fields that make no sense are left out. */
export function layoutOf(collections: readonly HidCollection[]): Layout {
  const ours = collections.filter(({ usagePage }) => usagePage === TELEPHONY_PAGE);
  const inputs = ours.flatMap(({ inputReports }) => inputReports);
  const outputs = ours.flatMap(({ outputReports }) => outputReports);
  const buttons = inputs
    .flatMap((report) =>
      bitsOf(report, BUTTONS).map(({ what, bit, item }) => ({
        button: what,
        reportId: report.reportId,
        bit,
        absolute: item.isAbsolute,
        latching: item.isAbsolute && !item.hasPreferredState,
      })),
    )
    .sort((one, other) => Number(one.button === 'hook') - Number(other.button === 'hook'));
  const lampsBy = (usages: ReadonlyMap<number, Lamp>): readonly LampField[] =>
    outputs.flatMap((report) =>
      bitsOf(report, usages).map(({ what, bit }) => ({ lamp: what, reportId: report.reportId, bit })),
    );
  const named = lampsBy(LAMPS);
  const lamps = named.some(({ lamp }) => lamp === 'mute') ? named : [...named, ...lampsBy(MICROPHONE)];
  const used = new Set(lamps.map(({ reportId }) => reportId));
  const lengths = new Map(
    outputs
      .filter(({ reportId }) => used.has(reportId))
      .map((report) => [report.reportId, Math.ceil(bitsIn(report) / 8)] as const),
  );
  return { buttons, lamps, lengths };
}

interface Found<What> {
  readonly what: What;
  readonly bit: number;
  readonly item: HidItem;
}

/** Fields of one bit that mean something to us. Constant ones count: real headsets call their buttons so. */
function bitsOf<What>(report: HidReport, usages: ReadonlyMap<number, What>): readonly Found<What>[] {
  if (!(bitsIn(report) <= LONGEST_BITS)) return [];
  const found: Found<What>[] = [];
  let at = 0;
  for (const item of report.items) {
    if (item.reportSize === 1 && !item.isArray)
      for (const [usage, what] of usages) {
        const place = placeOf(usage, item);
        if (place !== -1 && place < item.reportCount) found.push({ what, bit: at + place, item });
      }
    at += item.reportSize * item.reportCount;
  }
  return found;
}

function placeOf(usage: number, { usages, usageMinimum, usageMaximum }: HidItem): number {
  if (usageMinimum === undefined || usageMaximum === undefined) return usages?.indexOf(usage) ?? -1;
  return usage >= usageMinimum && usage <= usageMaximum ? usage - usageMinimum : -1;
}

function bitsIn({ items }: HidReport): number {
  return items.reduce((sum, { reportSize, reportCount }) => sum + reportSize * reportCount, 0);
}
