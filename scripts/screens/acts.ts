/** What a person does on a drawn screen. */

import type { Page } from 'playwright';

export const field = (page: Page) => page.getByRole('combobox', { name: 'Name or number' });
export const type =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await field(page).pressSequentially(text);
  };
export const press =
  (...names: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const name of names) await page.getByRole('button', { name, exact: false }).first().click();
  };
export const tab =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('navigation').getByRole('button', { name }).click();
  };
