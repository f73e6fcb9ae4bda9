/** The menu of a page: what it offers, and what of a press on it is dialled. */

import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { listenToMenu, makeMenu } from '../../../entrypoints/background/menu';

type Press = { readonly menuItemId: string; readonly selectionText?: string; readonly linkUrl?: string };

let press: (info: Press) => void;
let made: Record<string, unknown>[];
let dialled: string[];
let warned: string[];

beforeEach(() => {
  fakeBrowser.reset();
  [made, dialled, warned] = [[], [], []];
  fakeBrowser.i18n.getMessage = (key: string) => key;
  Object.assign(fakeBrowser, {
    contextMenus: {
      onClicked: { addListener: (listener: typeof press) => (press = listener) },
      removeAll: async () => void (made = []),
      create: (entry: Record<string, unknown>) => void made.push(entry),
    },
  });
  const nothing = (): void => undefined;
  listenToMenu(
    async (text) => {
      if (text === 'nonsense') throw new Error('no number');
      dialled.push(text);
    },
    { error: nothing, warn: (words: string) => void warned.push(words), info: nothing, debug: nothing },
  );
});

it('offers to call a selection, and a link that holds a number, once each', async () => {
  await makeMenu();
  await makeMenu();
  expect(made.map(({ id, contexts }) => [id, contexts])).toEqual([
    ['call-selection', ['selection']],
    ['call-link', ['link']],
  ]);
  expect(made[1]?.['targetUrlPatterns']).toEqual(['tel:*', 'callto:*', 'sip:*', 'sips:*']);
});

it('dials what was selected, and what the link leads to', () => {
  press({ menuItemId: 'call-selection', selectionText: '(415) 555-0102' });
  press({ menuItemId: 'call-link', linkUrl: 'tel:+14155550102', selectionText: 'the workshop' });
  press({ menuItemId: 'call-link', linkUrl: 'sips:bob@example.com' });
  press({ menuItemId: 'call-link' });
  expect(dialled).toEqual(['(415) 555-0102', 'tel:+14155550102', 'sips:bob@example.com']);
});

it('throws nothing where that is no number', async () => {
  press({ menuItemId: 'call-selection', selectionText: 'nonsense' });
  await Promise.resolve();
  await Promise.resolve();
  expect(warned).toEqual(['the menu could not call']);
});
