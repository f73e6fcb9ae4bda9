/** The settings where an administrator has a say: what is theirs, and what is the person's. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from '../extension/browser';
import { Settings } from '../../../components/settings/settings.svelte';
import { settings as stored } from '../../../lib/extension/settings';
import { settingsLink } from '../../../lib/extension/settings-link';

beforeEach(() => fakeBrowser.reset());

async function opened(managed: object): Promise<Settings> {
  await fakeBrowser.storage.managed.set({ ...managed });
  const settings = new Settings(settingsLink);
  settings.start();
  await vi.waitUntil(() => settings.shown !== null);
  return settings;
}

describe('options that are put back', () => {
  it('are those that the person may change: a lock lifted later leaves nothing of itself behind', async () => {
    await stored.options.setValue({ trickleIce: true, debug: true });
    const settings = await opened({ settings: { options: { trickleIce: false } } });
    const before = settings.shown?.options ?? {};
    expect(before).toEqual({ trickleIce: false, debug: true });
    await settings.update('options', (own) => ({ ...own, debug: false, region: 'eu' }));
    await settings.putBackOptions(before);
    expect(await stored.options.getValue()).toEqual({ trickleIce: true, debug: true });
  });
});

describe('a change of the administrator', () => {
  it('reaches an open page, be it a lock or a proposal', async () => {
    const settings = await opened({});
    await fakeBrowser.storage.managed.set({ settings: { options: { region: 'eu' } } });
    await vi.waitUntil(() => settings.isManaged('options', 'region'));
    await fakeBrowser.storage.managed.set({ defaults: { options: { debug: true } } });
    await vi.waitUntil(() => settings.proposedOptions.debug === true);
  });
});
