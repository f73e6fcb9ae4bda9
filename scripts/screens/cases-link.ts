/** The question about a phone link that the browser handed over. */

import type { Page } from 'playwright';
import type { Case } from './case';
import { idle } from './situations';

const call = async (page: Page): Promise<void> => {
  await page.locator('main:not([data-deaf])').getByRole('button', { name: 'Call, then 204' }).click();
};

export const LINK: readonly Case[] = [
  { name: '16-link', snapshot: idle, tab: { kind: 'link', to: 'tel:+14155550132' } },
  {
    name: '16-link-failed',
    snapshot: idle,
    tab: { kind: 'link', to: 'tel:+442079460018;ext=204', failure: { reason: 'no-account', facts: {} } },
    act: call,
  },
  {
    name: '16-link-unreadable',
    snapshot: idle,
    tab: { kind: 'link', to: `tel:${'anything-but-a-number-'.repeat(6)}` },
  },
];
