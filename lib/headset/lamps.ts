/** The phone's state as a headset's lamps show it, written into the headset's own reports. */

import type { Lamp, Layout } from './layout';

export type Lamps = { readonly [L in Lamp]: boolean };

export const DARK: Lamps = { offHook: false, ring: false, mute: false, hold: false };

export interface Output {
  readonly reportId: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Every report with a lamp in it. That of the hook goes first: a headset takes "mute" only when it is off hook. */
export function outputsFor({ lamps, lengths }: Layout, lit: Lamps): readonly Output[] {
  const hooks = new Set(lamps.filter(({ lamp }) => lamp === 'offHook').map(({ reportId }) => reportId));
  return [...lengths]
    .map(([reportId, length]) => {
      const bytes = new Uint8Array(length);
      for (const field of lamps) {
        const at = field.bit >> 3;
        if (field.reportId === reportId && lit[field.lamp]) bytes[at] = (bytes[at] ?? 0) | (1 << (field.bit & 7));
      }
      return { reportId, bytes };
    })
    .sort((one, other) => Number(hooks.has(other.reportId)) - Number(hooks.has(one.reportId)));
}

export function sameLamps(one: Lamps, other: Lamps): boolean {
  return one.offHook === other.offHook && one.ring === other.ring && one.mute === other.mute && one.hold === other.hold;
}
