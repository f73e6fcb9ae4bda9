/** Where the buttons and lamps of well-known headsets are, and that what is written is read by anybody's reading. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hear, NOTHING_HEARD } from '../../../lib/headset/hearing';
import type { HidCollection, HidItem } from '../../../lib/headset/hid';
import { DARK, outputsFor, type Lamps } from '../../../lib/headset/lamps';
import { layoutOf, TELEPHONY_PAGE } from '../../../lib/headset/layout';
import { ACTIONS, BLACKWIRE, CHROMEOS, GIGASET, JABRA_LIKE } from '../../fakes/headset';

const written = (collections: readonly HidCollection[], lit: Partial<Lamps>): readonly number[][] =>
  outputsFor(layoutOf(collections), { ...DARK, ...lit }).map(({ reportId, bytes }) => [reportId, ...bytes]);
const places = (collections: readonly HidCollection[]): readonly string[] =>
  layoutOf(collections).buttons.map(({ button, reportId, bit }) => `${button} ${reportId}.${bit}`);

describe('the buttons', () => {
  it('are where each headset says', () => {
    expect(places(BLACKWIRE)).toEqual(['mute 8.0', 'flash 8.2', 'hook 8.1']);
    expect(places(JABRA_LIKE)).toEqual(['mute 2.2', 'flash 2.3', 'reject 2.6', 'hook 2.0']);
    expect(places(GIGASET)).toEqual(['mute 2.3', 'flash 2.4', 'reject 2.7', 'hook 2.0']);
    expect(places(CHROMEOS)).toEqual(['mute 1.1', 'hook 1.0']);
    expect(places(ACTIONS)).toEqual(['mute 7.9', 'flash 7.8', 'hook 7.0']);
  });

  it('are none on a page that is not a telephone’s', () => {
    const [telephone] = JABRA_LIKE;
    expect(places(telephone ? [{ ...telephone, usagePage: 0x0c }] : [])).toEqual([]);
  });
});

describe('the lamps', () => {
  it('share a report, or have one each, that of the hook first', () => {
    expect(written(JABRA_LIKE, { offHook: true, mute: true })).toEqual([[2, 0b00011, 0]]);
    expect(written(JABRA_LIKE, { ring: true, hold: true })).toEqual([[2, 0b01100, 0]]);
    expect(written(BLACKWIRE, { offHook: true, mute: true })).toEqual([
      [23, 1],
      [9, 1],
      [24, 0],
    ]);
    expect(written(CHROMEOS, { ring: true })).toEqual([[1, 0b001]]);
  });

  it('are found in a range, and past the first byte', () => {
    expect(written(ACTIONS, { offHook: true })).toEqual([[7, 0b10, 0, 0]]);
    expect(written(ACTIONS, { hold: true, mute: true })).toEqual([[7, 0, 0b100, 0b10]]);
  });

  it('has its microphone’s in place of a missing one for mute', () => {
    const [telephone] = CHROMEOS;
    const items = [{ ...bit, usages: [0x080017, 0x080021] }];
    const odd = telephone ? [{ ...telephone, outputReports: [{ reportId: 3, items }] }] : [];
    expect(written(odd, { mute: true })).toEqual([[3, 0b10]]);
  });
});

const bit: HidItem = { isAbsolute: true, isArray: false, hasPreferredState: false, reportSize: 1, reportCount: 2 };

/** Everything we know and some that we do not, in items of any shape. */
const usage = fc.constantFrom(0x080009, 0x080017, 0x080018, 0x080020, 0x080021, 0x0b0020, 0x0b002f, 0x0b0021, 0x070004);
const anyItem = fc.record({
  isAbsolute: fc.boolean(),
  isArray: fc.boolean(),
  hasPreferredState: fc.boolean(),
  reportSize: fc.constantFrom(1, 1, 1, 2, 8, 0),
  reportCount: fc.nat(9),
  usages: fc.option(fc.uniqueArray(usage, { maxLength: 6 }), { nil: undefined }),
});
const ranges = anyItem.map((item) => ({ ...item, usageMinimum: 0x080016, usageMaximum: 0x080024 }));
const reports = fc.uniqueArray(
  fc.record({ reportId: fc.nat(255), items: fc.array(fc.oneof(anyItem, ranges), { maxLength: 8 }) }),
  { maxLength: 4, selector: ({ reportId }) => reportId },
);
const collections = fc
  .record({ inputReports: reports, outputReports: reports })
  .map((both) => [{ ...both, usagePage: TELEPHONY_PAGE }]);
const lamps = fc.record({ offHook: fc.boolean(), ring: fc.boolean(), mute: fc.boolean(), hold: fc.boolean() });

/** A reading of its own: the usage of every single bit, in a row. */
function usagesByBit({ items }: { readonly items: readonly HidItem[] }): readonly (number | null)[] {
  return items.flatMap(({ isArray, reportSize, reportCount, usages, usageMinimum, usageMaximum }) =>
    Array.from({ length: reportSize * reportCount }, (_, at) => {
      if (isArray || reportSize !== 1) return null;
      if (usageMinimum === undefined || usageMaximum === undefined) return usages?.[at] ?? null;
      return usageMinimum + at <= usageMaximum ? usageMinimum + at : null;
    }),
  );
}

describe('any headset at all', () => {
  it('is told exactly the lamps that are lit', () => {
    fc.assert(
      fc.property(collections, lamps, (any, lit) => {
        const shown = new Map([
          [0x080017, lit.offHook],
          [0x080018, lit.ring],
          [0x080009, lit.mute],
          [0x080020, lit.hold],
        ]);
        const rows = any.flatMap(({ outputReports }) => outputReports.map((one) => [one, usagesByBit(one)] as const));
        if (!rows.some(([, row]) => row.includes(0x080009))) shown.set(0x080021, lit.mute);
        const outputs = outputsFor(layoutOf(any), lit);
        const withLamps = rows.filter(([, row]) => row.some((one) => one !== null && shown.has(one)));
        expect(new Set(outputs.map(({ reportId }) => reportId))).toEqual(
          new Set(withLamps.map(([{ reportId }]) => reportId)),
        );
        for (const { reportId, bytes } of outputs) {
          const row = withLamps.find(([one]) => one.reportId === reportId)?.[1] ?? [];
          expect(bytes).toHaveLength(Math.ceil(row.length / 8));
          const bitsSent = Array.from(
            { length: bytes.length * 8 },
            (_, at) => (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) === 1,
          );
          expect(bitsSent).toEqual(bitsSent.map((_, at) => shown.get(row[at] ?? -1) ?? false));
        }
      }),
    );
  });

  it('may say anything without harm', () => {
    const anyReport = fc.record({ reportId: fc.nat(255), bytes: fc.uint8Array({ maxLength: 12 }) });
    fc.assert(
      fc.property(collections, lamps, fc.array(anyReport), (any, lit, said) => {
        const layout = layoutOf(any);
        let memory = NOTHING_HEARD;
        for (const [at, { reportId, bytes }] of said.entries()) {
          const data = new DataView(Uint8Array.from(bytes).buffer);
          const heard = hear(layout, memory, { lamps: lit, muteToldAt: 0 }, { reportId, data, at: at * 1000 });
          memory = heard.memory;
          if (!layout.buttons.some((field) => field.reportId === reportId)) expect(heard.presses).toEqual([]);
          // The hook is lifted only where nothing of ours was off hook, and the other way round.
          expect(heard.presses).not.toContain(lit.offHook ? 'lifted' : 'replaced');
        }
      }),
    );
  });

  it('is not believed where its numbers make no sense', () => {
    const huge = { ...bit, reportCount: 4_294_967_295, usages: [0x080017, 0x0b0020] };
    const one = [{ reportId: 1, items: [huge] }];
    const layout = layoutOf([{ usagePage: TELEPHONY_PAGE, inputReports: one, outputReports: one }]);
    expect(layout).toEqual({ buttons: [], lamps: [], lengths: new Map() });
  });
});
