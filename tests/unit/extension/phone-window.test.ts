/** Firefox's call window: one at most, no private one, where the person left it; and tabs where no window takes one. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser, HOME } from './browser';
import { openNewTab } from '../../../lib/extension/new-tab';
import { openPhoneWindow } from '../../../lib/extension/phone-window.firefox';
import { PLACE_KEY, writePlace } from '../../../lib/extension/window-place';

const PLACE = { left: 40, top: 50, width: 420, height: 700 };
const stored = new Map<string, string>();
let opened: unknown[];

beforeEach(() => {
  fakeBrowser.reset();
  stored.clear();
  opened = [];
  vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null });
  Object.assign(fakeBrowser.windows, { create: async (what: unknown) => void opened.push(what) });
  Object.assign(fakeBrowser.tabs, { query: async () => [] });
});
afterEach(() => vi.unstubAllGlobals());

const asked = { url: `${HOME}call-window.html`, type: 'popup', incognito: false };

it('opens in its first size, and is no private window whatever is in front', async () => {
  await openPhoneWindow();
  expect(opened).toEqual([{ ...asked, width: 380, height: 640 }]);
});

it('opens where it was left', async () => {
  stored.set(PLACE_KEY, writePlace(PLACE));
  await openPhoneWindow();
  expect(opened).toEqual([{ ...asked, ...PLACE }]);
});

it('opens all the same where nothing can be remembered', async () => {
  const refuse = (): never => {
    throw new DOMException('no storage here', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse });
  await openPhoneWindow();
  expect(opened).toEqual([{ ...asked, width: 380, height: 640 }]);
});

it('knows from its address that it is there for a call, and goes with it', async () => {
  await openPhoneWindow({ forCall: true });
  expect(opened).toEqual([{ ...asked, url: `${HOME}call-window.html#call`, width: 380, height: 640 }]);
});

it('opens once, however many ask for it meanwhile', async () => {
  await Promise.all([openPhoneWindow(), openPhoneWindow({ forCall: true })]);
  expect(opened).toHaveLength(1);
});

it('opens a page in a window of its own where only private windows are there, which take no tab of ours', async () => {
  const refused = new Error('Not allowed to create tabs on the target window');
  Object.assign(fakeBrowser.tabs, { create: () => Promise.reject(refused) });
  await openNewTab(`${HOME}welcome.html`);
  expect(opened).toEqual([{ url: `${HOME}welcome.html` }]);
});

it('opens a page in a tab where a window takes it', async () => {
  const tabs: unknown[] = [];
  Object.assign(fakeBrowser.tabs, { create: async (what: unknown) => void tabs.push(what) });
  await openNewTab(`${HOME}welcome.html`);
  expect(tabs).toEqual([{ url: `${HOME}welcome.html` }]);
  expect(opened).toEqual([]);
});
