/** The click-to-call script is where the person granted it, at once, and nowhere else. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from './browser';
import { applySites, refreshPages } from '../../../entrypoints/background/content-scripts';
import { settings } from '../../../lib/extension/settings';
import { DEFAULTS } from '../../../lib/extension/stored';

interface Script {
  id: string;
  matches: string[];
  excludeMatches: string[];
}

let granted: string[];
let registered: Script[];
let tabs: { id: number; url?: string; status?: string }[];
let done: string[];

beforeEach(() => {
  fakeBrowser.reset();
  granted = [];
  registered = [];
  tabs = [{ id: 1, url: 'https://crm.example/people' }, { id: 2, url: 'https://bank.example/' }, { id: 3 }];
  done = [];
  fakeBrowser.permissions.getAll = async () => ({ origins: granted });
  Object.assign(fakeBrowser.scripting, {
    getRegisteredContentScripts: async () => registered,
    registerContentScripts: async (scripts: Script[]) => void (registered = scripts),
    updateContentScripts: async (scripts: Script[]) => void (registered = scripts),
    unregisterContentScripts: async () => void (registered = []),
    insertCSS: async () => undefined,
    executeScript: async ({ target }: { target: { tabId: number } }) => void done.push(`inject ${target.tabId}`),
  });
  Object.assign(fakeBrowser.tabs, {
    query: async () => tabs,
    sendMessage: async (id: number, message: { call: string }) => void done.push(`${message.call} ${id}`),
  });
});

const injected = (): string[] => done.filter((step) => step.startsWith('inject'));
const loads = (id: number, status: 'loading' | 'complete', url: string) =>
  fakeBrowser.tabs.onUpdated.trigger(id, { status }, { id, url } as never);

describe('applySites', () => {
  it('does nothing without a grant', async () => {
    await applySites();
    expect([registered, done]).toEqual([[], []]);
  });

  it('registers exactly what was granted and comes to tabs that are open', async () => {
    granted = ['https://crm.example/*'];
    await applySites();
    expect(registered).toMatchObject([{ matches: ['https://crm.example/*'], excludeMatches: [] }]);
    expect(injected()).toEqual(['inject 1']);
  });

  it('does not start again what runs already', async () => {
    granted = ['https://crm.example/*'];
    await applySites();
    done = [];
    await applySites();
    expect(done).toEqual([]);
  });

  it('leaves every tab of a site that was taken back', async () => {
    granted = ['https://crm.example/*', 'https://bank.example/*'];
    await applySites();
    done = [];
    granted = ['https://bank.example/*'];
    await applySites();
    expect(registered).toMatchObject([{ matches: ['https://bank.example/*'] }]);
    expect(done).toContain('leave 1');
    expect(done).not.toContain('leave 2');
    expect(done.some((step) => step.startsWith('inject'))).toBe(false);
    granted = [];
    await applySites();
    expect(registered).toEqual([]);
    expect(done).toContain('leave 2');
  });

  it('is where a grant is that comes back while it is being taken away', async () => {
    granted = ['https://crm.example/*'];
    await applySites();
    granted = [];
    const leaving = applySites();
    granted = ['https://crm.example/*'];
    await Promise.all([leaving, applySites()]);
    expect(registered).toMatchObject([{ matches: ['https://crm.example/*'] }]);
  });

  it('comes to a page that loads meanwhile, whose address is known only once it has', async () => {
    granted = ['https://crm.example/*'];
    tabs = [
      { id: 4, status: 'loading' },
      { id: 5, status: 'loading' },
    ];
    await applySites();
    expect(injected()).toEqual([]);
    await loads(4, 'loading', 'https://crm.example/people');
    await loads(5, 'complete', 'https://bank.example/');
    expect(fakeBrowser.tabs.onUpdated.hasListeners()).toBe(true);
    await loads(4, 'complete', 'https://crm.example/people');
    await vi.waitFor(() => expect(injected()).toEqual(['inject 4']));
    expect(fakeBrowser.tabs.onUpdated.hasListeners()).toBe(false);
  });

  it('leaves no page that a hidden tab opened while the script came to others', async () => {
    granted = ['https://crm.example/*'];
    tabs = [{ id: 1, url: 'https://crm.example/people' }, { id: 3 }];
    await applySites();
    expect(done).toEqual(['inject 1']);
  });

  it('comes to a page that has loaded while the script came to another', async () => {
    granted = ['https://crm.example/*'];
    tabs = [
      { id: 1, url: 'https://crm.example/people', status: 'complete' },
      { id: 4, status: 'loading' },
    ];
    Object.assign(fakeBrowser.scripting, {
      insertCSS: async ({ target }: { target: { tabId: number } }) => {
        if (target.tabId === 1) await loads(4, 'complete', 'https://crm.example/people');
      },
    });
    await applySites();
    await vi.waitFor(() => expect(injected().sort()).toEqual(['inject 1', 'inject 4']));
  });

  it('does not wait for a page that never ends to load', async () => {
    granted = ['https://crm.example/*'];
    tabs = [{ id: 1, url: 'https://crm.example/people', status: 'loading' }];
    Object.assign(fakeBrowser.scripting, { insertCSS: () => new Promise(() => undefined) });
    await applySites();
    granted = [];
    await applySites();
    expect(done).toContain('leave 1');
  });

  it('stays away from a site that is switched off, though all are granted', async () => {
    granted = ['*://*/*'];
    await settings.sites.setValue({ ...DEFAULTS.sites, off: ['https://bank.example'] });
    await applySites();
    expect(registered).toMatchObject([{ matches: ['*://*/*'], excludeMatches: ['https://bank.example/*'] }]);
    expect(injected()).toEqual(['inject 1']);
  });
});

describe('refreshPages', () => {
  it('tells the marked pages to ask again', async () => {
    granted = ['https://crm.example/*'];
    await refreshPages();
    expect(done).toEqual(['refresh 1']);
  });
});
