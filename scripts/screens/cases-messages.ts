/** Messages outside of calls: who wrote, what they wrote, and the way to answer. */

import type { Page } from 'playwright';
import type { MessageEntry } from '../../lib/extension/message-entry';
import { tab } from './acts';
import type { Case } from './case';
import { ago, HISTORY, line, snapshot } from './data';

const office = line({ kind: 'verto', name: 'Office', can: { transfer: true, conference: true, type: true } });
const message = (
  id: string,
  number: string,
  name: string | null,
  text: string,
  minutes: number,
  more = {},
): MessageEntry => ({
  id,
  line: office.id,
  lineName: 'Office',
  direction: 'in',
  name,
  number,
  text,
  at: ago(minutes),
  unread: false,
  ...more,
});
const messages: readonly MessageEntry[] = [
  message(
    'm4',
    '204',
    null,
    'The caller on 6001 asks for you, it is about the Northgate order and it cannot wait until Monday.',
    2,
    {
      unread: true,
    },
  ),
  message('m3', '204', null, 'Back at two.', 40, { direction: 'out' }),
  message('m2', '204', null, 'Are you in?', 42),
  message(
    'm1',
    '1009',
    'Bartholomäus von Hohenstein-Weißenfels',
    'https://example.com/a/very/long/address/that/does/not/end?id=48210',
    90,
  ),
];
const open = async (page: Page): Promise<void> => {
  await tab('Recents')(page);
  await page.getByText('The caller on 6001').click();
};

export const MESSAGES: readonly Case[] = [
  {
    name: '17-messages-recents',
    long: true,
    snapshot: snapshot([], { lines: [office] }),
    people: { history: HISTORY, messages },
    act: tab('Recents'),
  },
  {
    name: '17-messages-person',
    snapshot: snapshot([], { lines: [office] }),
    people: { history: HISTORY, messages },
    act: open,
  },
  {
    name: '17-messages-new',
    snapshot: snapshot([], { lines: [office] }),
    people: { history: HISTORY },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByText('Dana Whitfield').first().click();
      await page.getByRole('button', { name: 'Message (415) 555-0132' }).click();
      await page.keyboard.type('On my way');
    },
  },
  { name: '17-messages-no-reply', snapshot: snapshot([]), people: { history: HISTORY, messages }, act: open },
];
