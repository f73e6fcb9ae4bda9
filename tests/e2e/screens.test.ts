/** Every screen and state, drawn from the real components in a real Chromium: measured, and read by axe. */

import { afterAll, beforeAll, describe, it } from 'vitest';
import { CASES } from '../../scripts/screens/cases';
import { startHarness, type Harness } from '../../scripts/screens/harness';
import { inspect } from '../../scripts/screens/inspect';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.close();
});

describe.concurrent.each(CASES)('$name', (drawn) => {
  it('is whole and readable in light, dark and forced colours, narrow, mirrored, and at twice the size of type', async ({
    expect,
  }) => {
    expect(await inspect(harness, drawn, { themes: ['light', 'dark', 'forced'], strained: true })).toEqual([]);
  });
});

/** One of each kind of screen. */
const KINDS = CASES.filter(({ name }) =>
  /^(01-home-ready|02-ended|03-connected|04-two-calls|04-merged|05-incoming|06-server-lost|06-both-lost|08-assistant-live|09-calls|10-account|13-panel-call)$/.test(
    name,
  ),
);

describe.concurrent.each(KINDS)('$name holds', (drawn) => {
  it('from right to left, in Arabic', async ({ expect }) => {
    expect(await inspect(harness, drawn, { view: { lang: 'ar' } })).toEqual([]);
  });
  it('with words 40% longer', async ({ expect }) => {
    expect(await inspect(harness, drawn, { view: { longer: true } })).toEqual([]);
  });
  it('in a panel of 640', async ({ expect }) => {
    expect(await inspect(harness, drawn, { view: { width: 640, height: 900 } })).toEqual([]);
  });
});
