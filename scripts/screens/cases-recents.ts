/** The calls of before. */

import { tab } from './acts';
import type { Case } from './case';
import { HISTORY } from './data';
import { idle } from './situations';

export const RECENTS: readonly Case[] = [
  { name: '07-recents', snapshot: idle, people: { history: HISTORY }, act: tab('Recents') },
  {
    name: '07-recents-menu',
    snapshot: idle,
    people: { history: HISTORY },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByText('Dana Whitfield').first().click({ button: 'right' });
    },
  },
  {
    name: '07-recents-search',
    snapshot: idle,
    people: { history: HISTORY },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByRole('searchbox').fill('quote');
    },
  },
  {
    name: '07-recents-none-found',
    snapshot: idle,
    people: { history: HISTORY },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByRole('searchbox').fill('zebra');
    },
  },
  {
    name: '07-recents-no-missed',
    snapshot: idle,
    people: { history: HISTORY.slice(1) },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByRole('radio', { name: 'Missed' }).click();
    },
  },
  { name: '07-recents-loading', snapshot: idle, people: { history: HISTORY, slow: true }, act: tab('Recents') },
  { name: '07-recents-failed', snapshot: idle, people: { history: HISTORY, broken: true }, act: tab('Recents') },
];
