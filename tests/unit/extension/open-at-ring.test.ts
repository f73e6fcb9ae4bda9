/** The popup that opens when it rings: for whom, once, and what it is told. */

import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { openAtRing } from '../../../entrypoints/background/open-at-ring';
import { popupRaised } from '../../../lib/extension/memory';
import { takeRaised } from '../../../lib/extension/raised';
import { settings } from '../../../lib/extension/settings';
import { DEFAULTS } from '../../../lib/extension/stored';
import type { CallId } from '../../../lib/phone/model/ids';
import { active, call, NOW, ringing, snapshot } from './snapshots';

const first = call(ringing, { direction: 'in' });
const second = call(ringing, { direction: 'in', id: 'call-2' as CallId });

let opened: (CallId | null)[];
let refused: unknown[];
let inFront: boolean;

beforeEach(async () => {
  fakeBrowser.reset();
  opened = [];
  refused = [];
  inFront = false;
  Object.assign(fakeBrowser.runtime, {
    ContextType: { POPUP: 'POPUP', SIDE_PANEL: 'SIDE_PANEL' },
    getContexts: async () => (inFront ? [{}] : []),
  });
  // The popup takes what it is told as it opens.
  Object.assign(fakeBrowser.action, { openPopup: async () => void opened.push(await takeRaised()) });
  await settings.calls.setValue({ ...DEFAULTS.calls, popupAtRing: true });
});

const log = {
  error: () => undefined,
  warn: () => undefined,
  debug: () => undefined,
  info: (...said: unknown[]) => void refused.push(said),
};
const seen = (...calls: readonly (typeof first)[]): Promise<void> => openAtRing(snapshot({ calls }), NOW, log);

it('opens for each call once, in the worker’s next life too, and is told for which', async () => {
  await seen(first);
  await seen(first);
  await seen(first, second);
  await seen(second);
  expect(opened).toEqual([first.id, second.id]);
  expect(await takeRaised()).toBeNull();
});

it('stays closed unless the person wants it', async () => {
  await settings.calls.setValue(DEFAULTS.calls);
  await seen(first);
  expect(opened).toEqual([]);
});

it.each([-1, NOW + 1])('stays closed while nothing is to disturb (%s)', async (doNotDisturbUntil) => {
  await settings.calls.setValue({ ...DEFAULTS.calls, popupAtRing: true, doNotDisturbUntil });
  await seen(first);
  expect(opened).toEqual([]);
});

it('opens again once that time is over', async () => {
  await settings.calls.setValue({ ...DEFAULTS.calls, popupAtRing: true, doNotDisturbUntil: NOW });
  await seen(first);
  expect(opened).toEqual([first.id]);
});

it('opens for no call that the person makes or is in', async () => {
  await seen(call(ringing), call(active, { direction: 'in', id: 'call-2' as CallId }));
  expect(opened).toEqual([]);
});

it('is not needed where the phone is seen, nor for that call when it is closed', async () => {
  inFront = true;
  await seen(first);
  inFront = false;
  await seen(first);
  expect(opened).toEqual([]);
});

it('takes a refusal for an answer, says it, and asks once', async () => {
  Object.assign(fakeBrowser.action, {
    openPopup: () => Promise.reject(new Error('Could not find an active browser window.')),
  });
  await seen(first);
  await seen(first);
  expect(refused).toMatchObject([
    ['the browser did not open the popup', { thrown: expect.stringContaining('active') }],
  ]);
  expect(await popupRaised.getValue()).toBeNull();
});

it('finds a browser older than that harmless', async () => {
  Object.assign(fakeBrowser.action, { openPopup: undefined });
  await seen(first);
  expect(refused).toHaveLength(1);
});
