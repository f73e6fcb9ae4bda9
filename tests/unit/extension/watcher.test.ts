/** The background with a snapshot in its hand: what it shows, what it writes down, and that its death loses nothing. */

import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeBrowser } from './browser';
import { rememberKnown } from '../../../entrypoints/background/known';
import { listenToPresses } from '../../../entrypoints/background/notifications';
import { Watcher } from '../../../entrypoints/background/watcher';
import { saveContact } from '../../../lib/extension/contacts';
import { closeDatabase } from '../../../lib/extension/database';
import { createChain, lastSnapshot } from '../../../lib/extension/memory';
import { peopleLink } from '../../../lib/extension/people-link';
import { settings } from '../../../lib/extension/settings';
import { active, call, ended, ringing, snapshot } from './snapshots';

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
const incoming = call(ringing, { direction: 'in' });

let failures: unknown[];
let titles: string[];

beforeEach(async () => {
  fakeBrowser.reset();
  await closeDatabase();
  await deleteDB('holdfast');
  failures = [];
  titles = [];
  Object.assign(fakeBrowser.runtime, {
    ContextType: { POPUP: 'POPUP', SIDE_PANEL: 'SIDE_PANEL' },
    getContexts: async () => [],
  });
  Object.assign(fakeBrowser.action, {
    setIcon: async () => undefined,
    setTitle: async ({ title }: { title: string }) => void titles.push(title),
  });
  // Words as their key and fillings: what is asserted is which are said.
  fakeBrowser.i18n.getMessage = (key: string, filled?: string | (string | number)[]) =>
    [key, ...[filled ?? []].flat()].join('|');
  fakeBrowser.i18n.getUILanguage = () => 'en-US';
});

const newborn = (): Watcher => new Watcher({ log: silent, schedule: createChain((thrown) => failures.push(thrown)) });
const shown = async (): Promise<string[]> => Object.keys(await fakeBrowser.notifications.getAll());

describe('Watcher', () => {
  it('shows an incoming call, and clears it wherever it was answered', async () => {
    const watcher = newborn();
    await watcher.take(snapshot({ revision: 1, calls: [incoming] }));
    expect(await shown()).toEqual(['call-1']);
    expect(titles.at(-1)).toBe('badge_incoming|Dana');
    expect(await fakeBrowser.action.getBadgeText({})).toBe('ring');
    await watcher.take(snapshot({ revision: 2, calls: [call(active, { direction: 'in' })] }));
    expect(await shown()).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('calls the caller by the name that the person gave them', async () => {
    await settings.country.setValue('DE');
    await saveContact({ id: 'maya', name: 'Maya', company: '', numbers: ['+49301234567'], note: '' });
    const told = call(ringing, { direction: 'in', who: { name: '0301234567', number: '0301234567' } });
    const notices: unknown[] = [];
    fakeBrowser.notifications.create = async (...given: unknown[]) => (notices.push(given[1]), '');
    await newborn().take(snapshot({ calls: [told] }));
    expect(notices).toMatchObject([{ title: 'notify_incoming|Maya' }]);
    expect(titles.at(-1)).toBe('badge_incoming|Maya');
    expect((await lastSnapshot.getValue())?.calls).toEqual([told]);
  });

  it('looks a caller up once, and anew when a contact or the country changed', async () => {
    onTestFinished(rememberKnown());
    const watcher = newborn();
    const told = call(active, { who: { name: null, number: '0301234567' } });
    let read = 0;
    const { getValue } = settings.country;
    const country = vi.spyOn(settings.country, 'getValue').mockImplementation(() => {
      read += 1;
      return getValue();
    });
    onTestFinished(() => country.mockRestore());
    const title = async (revision: number): Promise<{ title: string | undefined; read: number }> => {
      // The watcher reads every setting by itself, once each time.
      read = -1;
      await watcher.take(snapshot({ revision, calls: [told] }));
      return { title: titles.at(-1), read };
    };
    expect(await title(1)).toEqual({ title: 'badge_on_call_now|0301234567', read: 1 });
    expect(await title(2)).toMatchObject({ read: 0 });
    await peopleLink.saveContact({ id: 'maya', name: 'Maya', company: '', numbers: ['+49301234567'], note: '' });
    expect(await title(3)).toMatchObject({ title: 'badge_on_call_now|0301234567', read: 1 });
    await settings.country.setValue('DE');
    expect(await title(4)).toEqual({ title: 'badge_on_call_now|Maya', read: 1 });
    expect(await title(5)).toEqual({ title: 'badge_on_call_now|Maya', read: 0 });
    await peopleLink.deleteContact('maya');
    expect(await title(6)).toMatchObject({ title: 'badge_on_call_now|0301234567' });
  });

  it('clears in its next life what it showed in its last', async () => {
    await newborn().take(snapshot({ revision: 1, calls: [incoming] }));
    await newborn().take(snapshot({ revision: 2, calls: [call(ended('declined-there'), { direction: 'in' })] }));
    expect(await shown()).toEqual([]);
  });

  it('shows nothing twice when it wakes', async () => {
    await newborn().take(snapshot({ calls: [incoming] }));
    let created = 0;
    fakeBrowser.notifications.create = async () => ((created += 1), '');
    await newborn().look();
    expect(created).toBe(0);
  });

  it('takes two broadcasts one after another', async () => {
    const watcher = newborn();
    await Promise.all([
      watcher.take(snapshot({ revision: 1, calls: [incoming] })),
      watcher.take(snapshot({ revision: 2, calls: [] })),
    ]);
    expect(await shown()).toEqual([]);
    expect((await lastSnapshot.getValue())?.revision).toBe(2);
  });

  it('goes on when the system refuses a notification', async () => {
    fakeBrowser.notifications.create = () => Promise.reject(new Error('no permission'));
    const watcher = newborn();
    await watcher.take(snapshot({ revision: 1, calls: [incoming] }));
    await watcher.take(snapshot({ revision: 2 }));
    expect(titles.at(-1)).toBe('badge_ready|Sales line');
    expect(failures).toEqual([]);
  });
});

describe('a press on a notification', () => {
  it.each([
    [0, 'answer'],
    [1, 'decline'],
    [5, 'open'],
  ])('of button %i is %s', async (index, command) => {
    await newborn().take(snapshot({ calls: [incoming] }));
    const pressed = new Promise((resolve) => {
      listenToPresses(async (what, id) => resolve([what, id]), silent);
    });
    await fakeBrowser.notifications.onButtonClicked.trigger('call-1', index);
    expect(await pressed).toEqual([command, 'call-1']);
  });

  it('itself opens the phone', async () => {
    const pressed = new Promise((resolve) => {
      listenToPresses(async (what, id) => resolve([what, id]), silent);
    });
    await fakeBrowser.notifications.onClicked.trigger('call-1');
    expect(await pressed).toEqual(['open', 'call-1']);
  });
});
