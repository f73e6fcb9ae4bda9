/** The address bar: it says whom Enter calls, and Enter calls nobody else. */

import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { listenToOmnibox } from '../../../entrypoints/background/omnibox';
import { asDescription } from '../../../entrypoints/background/omnibox-words';
import { asDescription as asDescriptionInFirefox } from '../../../entrypoints/background/omnibox-words.firefox';
import { saveContact } from '../../../lib/extension/contacts';
import { closeDatabase } from '../../../lib/extension/database';
import { dialField } from '../../../lib/extension/memory';
import { settings } from '../../../lib/extension/settings';

interface Suggestion {
  readonly content: string;
  readonly description: string;
}
type Changed = (text: string, suggest: (found: readonly Suggestion[]) => void) => void;

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
let changed: Changed;
let entered: (text: string) => void;
let offered: string;
let dialled: string[];
let opened: number;

beforeEach(async () => {
  fakeBrowser.reset();
  await closeDatabase();
  await deleteDB('holdfast');
  dialled = [];
  opened = 0;
  fakeBrowser.i18n.getMessage = (key: string, filled?: string | (string | number)[]) =>
    [key, ...[filled ?? []].flat()].join('|');
  fakeBrowser.i18n.getUILanguage = () => 'en-US';
  Object.assign(fakeBrowser.action, { openPopup: async () => void (opened += 1) });
  Object.assign(fakeBrowser, {
    omnibox: {
      onInputChanged: { addListener: (listener: Changed) => (changed = listener) },
      onInputEntered: { addListener: (listener: typeof entered) => (entered = listener) },
      setDefaultSuggestion: ({ description }: Suggestion) => (offered = description),
    },
  });
  await settings.country.setValue('US');
  listenToOmnibox({ log: silent, dialText: async (text) => void dialled.push(text) });
  await saveContact({ id: '1', name: 'Dana Whitfield', company: '', numbers: ['+14155550132', '204'], note: '' });
  await saveContact({ id: '2', name: 'Daniel <b> & Co', company: '', numbers: ['+442079460018'], note: '' });
});

const typed = (text: string): Promise<readonly Suggestion[]> => new Promise((resolve) => changed(text, resolve));
/** Enter does its work after the listener returned. */
const settled = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
};

describe('the address bar', () => {
  it('offers the number that was typed, and dials it on Enter', async () => {
    expect(await typed('(415) 555-0132')).toEqual([]);
    expect(offered).toBe('omnibox_call|(415) 555-0132');
    entered('(415) 555-0132');
    await settled(() => dialled.length > 0);
    expect(dialled).toEqual(['+14155550132']);
  });

  it('offers people by their names, each number of theirs, and dials the one that was chosen', async () => {
    const others = await typed('dan');
    expect([offered, ...others.map(({ description }) => description)]).toEqual([
      'omnibox_call_person|Dana Whitfield|(415) 555-0132',
      'omnibox_call_person|Dana Whitfield|204',
      'omnibox_call_person|Daniel &lt;b&gt; &amp; Co|+44 20 7946 0018',
    ]);
    entered(others[1]?.content ?? '');
    await settled(() => dialled.length > 0);
    expect(dialled).toEqual(['+442079460018']);
  });

  it.each(['911', 'nobody at all', ''])('dials nothing for %j and leaves it to the dial field', async (text) => {
    await typed(text);
    expect(offered).toBe('omnibox_nobody');
    entered(text);
    await settled(() => opened > 0);
    expect(dialled).toEqual([]);
    expect(await dialField.getValue()).toBe(text);
  });

  it('gives each browser text that it can show', () => {
    expect(asDescription('A & "B"\u0007 <c>')).toBe('A &amp; &quot;B&quot;  &lt;c&gt;');
    expect(asDescriptionInFirefox('A & "B"\u0007 <c>')).toBe('A & "B"  <c>');
  });
});
