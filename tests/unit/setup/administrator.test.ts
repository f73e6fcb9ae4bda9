/** The settings where an administrator has a say: what is theirs, and what is the person's. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from '../extension/browser';
import { Settings } from '../../../components/settings/settings.svelte';
import { phoneSettings } from '../../../lib/extension/phone-settings';
import { checkPolicy } from '../../../lib/extension/policy';
import { readSettings, settings as stored } from '../../../lib/extension/settings';
import { settingsLink } from '../../../lib/extension/settings-link';
import type { StoredLine } from '../../../lib/extension/stored';
import type { LineId } from '../../../lib/phone/model/ids';

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

describe('an account that an administrator set up without its secret', () => {
  const LINE = { id: 'desk', name: 'Front desk', login: 'desk042' };
  const ID = 'desk' as LineId;
  const own = (id: string): StoredLine => ({ ...line(), id: id as LineId });
  const line = (): StoredLine => {
    const [made] = checkPolicy({ lines: [LINE] }).policy.lines ?? [];
    if (!made) throw new Error('no line');
    return made;
  };
  const login = async () =>
    (await readSettings().then(phoneSettings)).lines.map(({ id, options }) => [id, options.password]);

  it('takes the person’s, and keeps it whatever the administrator changes but the id', async () => {
    const settings = await opened({ settings: { lines: [LINE] } });
    expect(settings.owesSecret(line())).toBe(true);
    expect(await login()).toEqual([]);
    await settingsLink.saveLine(own('trial'), { password: 'mine' });
    await settingsLink.handSecret('trial' as LineId, ID);
    expect(await login()).toEqual([['desk', 'mine']]);
    expect(await stored.lines.getValue()).toEqual([]);
    expect(await settingsLink.secretKind(ID)).toBe('password');
    await fakeBrowser.storage.managed.set({ settings: { lines: [{ ...LINE, name: 'Reception' }] } });
    await vi.waitUntil(() => settings.shown?.lines[0]?.name === 'Reception');
    await fakeBrowser.storage.managed.set({ settings: {} });
    await fakeBrowser.storage.managed.set({ settings: { lines: [LINE] } });
    expect(await login()).toEqual([['desk', 'mine']]);
  });

  it('gives way to one that the administrator hands out, and then there is nothing to type', async () => {
    await stored.secrets.setValue({ desk: { password: 'mine' } });
    const settings = await opened({ settings: { lines: [LINE], secrets: { desk: { password: 'theirs' } } } });
    expect(settings.owesSecret(line())).toBe(false);
    expect(await login()).toEqual([['desk', 'theirs']]);
    expect(settings.owesSecret(own('mine'))).toBe(false);
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
