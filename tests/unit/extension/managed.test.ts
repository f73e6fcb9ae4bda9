/** Who waits for an administrator's word, and who never does. Each document of ours has the module anew. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from './browser';

const POLICY = { country: 'DE' };
const { get } = fakeBrowser.storage.managed;

beforeEach(() => {
  fakeBrowser.reset();
  fakeBrowser.storage.managed.get = get;
});

async function newDocument() {
  vi.resetModules();
  return import('../../../lib/extension/managed');
}

/** The browser says nothing from now on, until what is returned is called: then what stands in the storage of the administrator. */
function browserStarts(): () => void {
  let speak = (): void => undefined;
  const spoken = new Promise<void>((resolve) => (speak = resolve));
  const late = (keys: string): Promise<object> => spoken.then(() => get<Record<string, unknown>>(keys));
  Object.assign(fakeBrowser.storage.managed, { get: late });
  return () => speak();
}

/** In time for whatever needs no word of the browser's. */
const soon = async (): Promise<'nothing yet'> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  return 'nothing yet';
};

async function wasAnswered(): Promise<void> {
  const { managed } = await newDocument();
  await Promise.all([managed('settings'), managed('defaults')]);
  await soon();
}

describe('an administrator’s word', () => {
  it('is waited for where nobody knows yet whether there is one', async () => {
    const speak = browserStarts();
    await fakeBrowser.storage.managed.set({ settings: POLICY });
    const { managed } = await newDocument();
    const asked = managed('settings');
    expect(await Promise.race([asked, soon()])).toBe('nothing yet');
    speak();
    expect(await asked).toEqual(POLICY);
  });

  it('is not waited for where there was none the last time, but by who must be sure', async () => {
    await wasAnswered();
    const speak = browserStarts();
    const { managed, managedForSure } = await newDocument();
    const sure = managedForSure('settings');
    expect(await Promise.race([sure, soon()])).toBe('nothing yet');
    expect(await Promise.race([managed('settings'), soon()])).toBeNull();
    expect(await Promise.race([managed('defaults'), soon()])).toBeNull();
    await fakeBrowser.storage.managed.set({ settings: POLICY });
    speak();
    expect(await sure).toEqual(POLICY);
  });

  it('is waited for at every start once there was one', async () => {
    await fakeBrowser.storage.managed.set({ settings: POLICY });
    await wasAnswered();
    const speak = browserStarts();
    const { managed } = await newDocument();
    const asked = managed('settings');
    expect(await Promise.race([asked, soon()])).toBe('nothing yet');
    expect(await Promise.race([managed('defaults'), soon()])).toBeNull();
    speak();
    expect(await asked).toEqual(POLICY);
  });

  it('is told as a change where it comes after all, and read from then on', async () => {
    await wasAnswered();
    const speak = browserStarts();
    await fakeBrowser.storage.managed.set({ settings: POLICY });
    const { managed, watchManaged } = await newDocument();
    const changed = new Promise<void>((resolve) => watchManaged(resolve));
    expect(await managed('settings')).toBeNull();
    speak();
    await changed;
    expect(await managed('settings')).toEqual(POLICY);
  });

  it('is told to a document that never asked', async () => {
    await wasAnswered();
    const speak = browserStarts();
    await fakeBrowser.storage.managed.set({ defaults: POLICY });
    const other = await newDocument();
    const changed = new Promise<void>((resolve) => other.watchManaged(resolve));
    const { managed } = await newDocument();
    expect(await managed('defaults')).toBeNull();
    speak();
    await changed;
    expect(await other.managed('defaults')).toEqual(POLICY);
  });

  it('is forgotten when the administrator takes it back', async () => {
    await fakeBrowser.storage.managed.set({ settings: POLICY });
    await wasAnswered();
    await fakeBrowser.storage.managed.clear();
    await wasAnswered();
    browserStarts();
    const { managed } = await newDocument();
    expect(await Promise.race([managed('settings'), soon()])).toBeNull();
  });

  it('comes through where nothing can be stored', async () => {
    const { set } = fakeBrowser.storage.local;
    fakeBrowser.storage.local.set = () => Promise.reject(new Error('The quota is exceeded'));
    await fakeBrowser.storage.managed.set({ settings: POLICY });
    const { managed } = await newDocument();
    expect(await managed('settings')).toEqual(POLICY);
    expect(await managed('defaults')).toBeNull();
    await soon();
    fakeBrowser.storage.local.set = set;
  });
});
