/**
 * What a person pressed, read from the reports of a headset; pure. A report is not a press: a headset also repeats its state,
 * confirms what it was told, and takes back what nobody confirmed.
 */

import type { Lamps } from './lamps';
import type { ButtonField, Layout } from './layout';

/**
 * `lifted`, `replaced`: the hook, against what the headset was told. `mute`: the other way round; `muted`, `unmuted`: a switch
 * that has two places. `drop`: away with the call; `reject`: away with the one that rings.
 */
export type Press = 'lifted' | 'replaced' | 'mute' | 'muted' | 'unmuted' | 'flash' | 'drop' | 'reject';

/** What a headset's last reports said. */
export interface Memory {
  /** Absolute buttons that are set, by their place in the layout. */
  readonly set: ReadonlySet<number>;
  /** When the hook was lifted by a press, epoch milliseconds; null once it came back. */
  readonly liftedAt: number | null;
}
export interface Told {
  readonly lamps: Lamps;
  /** When the lamp of mute changed last, epoch milliseconds. */
  readonly muteToldAt: number;
}
export interface Report {
  readonly reportId: number;
  readonly data: DataView;
  readonly at: number;
}

export const NOTHING_HEARD: Memory = { set: new Set(), liftedAt: null };

/** A hook that is a mere button (Gigaset) falls when it is let go; nobody answers and hangs up within this. */
const LET_GO_MS = 600;
/** A mute so soon after its lamp changed is the headset's own confirmation. */
const ECHO_MS = 300;

export function hear(
  { buttons }: Layout,
  memory: Memory,
  told: Told,
  report: Report,
): { readonly presses: readonly Press[]; readonly memory: Memory } {
  const set = new Set(memory.set);
  let { liftedAt } = memory;
  const presses: Press[] = [];
  for (const [place, field] of buttons.entries()) {
    if (field.reportId !== report.reportId) continue;
    const value = bitAt(report.data, field.bit);
    if (value === null) continue;
    const change = changeOf(field, value, set.has(place));
    if (field.absolute && value) set.add(place);
    else set.delete(place);
    if (change === null) continue;
    const pressed = pressOf(field, change, told, { at: report.at, liftedAt });
    // A hook that is first heard beside another button was up before: some other program's call, not an answer to ours.
    const press = pressed === 'lifted' && presses.length > 0 ? null : pressed;
    if (field.button === 'hook') liftedAt = press === 'lifted' ? report.at : change === 'falls' ? null : liftedAt;
    if (press !== null) presses.push(press);
  }
  return { presses, memory: { set, liftedAt } };
}

/** `fires`: a relative one, set. */
type Change = 'fires' | 'rises' | 'falls';

function changeOf({ absolute }: ButtonField, value: boolean, was: boolean): Change | null {
  if (!absolute) return value ? 'fires' : null;
  if (value === was) return null;
  return value ? 'rises' : 'falls';
}

function pressOf(
  { button, latching }: ButtonField,
  change: Change,
  { lamps, muteToldAt }: Told,
  { at, liftedAt }: { readonly at: number; readonly liftedAt: number | null },
): Press | null {
  switch (button) {
    case 'hook':
      if (change === 'fires') return lamps.offHook ? 'replaced' : 'lifted';
      if (change === 'rises') return lamps.offHook ? null : 'lifted';
      return lamps.offHook && (liftedAt === null || at - liftedAt >= LET_GO_MS) ? 'replaced' : null;
    case 'mute':
      if (latching) return (change === 'rises') === lamps.mute ? null : change === 'rises' ? 'muted' : 'unmuted';
      return change === 'falls' || at - muteToldAt < ECHO_MS ? null : 'mute';
    case 'flash':
    case 'drop':
    case 'reject':
      return change === 'falls' ? null : button;
  }
  button satisfies never;
  return null;
}

/** Null where the report is too short to say. */
function bitAt(data: DataView, bit: number): boolean | null {
  const at = Math.floor(bit / 8);
  return at < data.byteLength ? ((data.getUint8(at) >> (bit % 8)) & 1) === 1 : null;
}
