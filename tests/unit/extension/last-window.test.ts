import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { listenForLastWindow } from '../../../entrypoints/background/last-window';

let told: number;
beforeEach(() => {
  fakeBrowser.reset();
  told = 0;
});

const [ONE, OTHER, LATER] = [11, 12, 13];

/** A worker that has started and counted its windows, in a browser that has these. */
async function started(windows: readonly number[], os: 'linux' | 'mac' = 'linux'): Promise<void> {
  const platform = Promise.resolve({ os, arch: 'x86-64' as const });
  const all = Promise.resolve(windows.map(window));
  fakeBrowser.runtime.getPlatformInfo = () => platform;
  fakeBrowser.windows.getAll = () => all;
  listenForLastWindow(() => (told += 1));
  await Promise.all([platform, all]);
}

const window = (id: number) => ({ id, focused: false, incognito: false, alwaysOnTop: false });

/** As a closing browser tells it: of the tab first. */
async function closes(windowId: number): Promise<void> {
  await fakeBrowser.tabs.onRemoved.trigger(1, { windowId, isWindowClosing: true });
  await fakeBrowser.windows.onRemoved.trigger(windowId);
}

it('is told once, and not before the last window', async () => {
  await started([ONE, OTHER]);
  await closes(ONE);
  expect(told).toBe(0);
  await fakeBrowser.tabs.onRemoved.trigger(2, { windowId: OTHER, isWindowClosing: false });
  expect(told).toBe(0);
  await closes(OTHER);
  expect(told).toBe(1);
});

it('knows the windows that opened later', async () => {
  await started([ONE]);
  await fakeBrowser.windows.onCreated.trigger(window(LATER));
  await closes(ONE);
  expect(told).toBe(0);
  await closes(LATER);
  expect(told).toBe(1);
});

it('counts a private window where it is allowed in them', async () => {
  await started([ONE]);
  await fakeBrowser.windows.onCreated.trigger({ ...window(LATER), incognito: true });
  await closes(ONE);
  expect(told).toBe(0);
  await closes(LATER);
  expect(told).toBe(1);
});

it('is not told on a Mac, where the browser lives on', async () => {
  await started([ONE], 'mac');
  await closes(ONE);
  expect(told).toBe(0);
});
