/** What the keyboard does, pressed in a real Chromium on the real components. */

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness } from '../../scripts/screens/harness';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.close();
});

const on = (name: string, play: (page: Page) => Promise<void>): Promise<void> => harness.draw(name, {}, play);

/** The popup is past the first moment of an incoming call, in which it is deaf. */
function listening(page: Page): Promise<void> {
  return page.locator('.app:not([data-deaf])').waitFor();
}

/** The commands that the engine and the background were given, by name. */
async function told(page: Page): Promise<readonly string[]> {
  const commands = await page.evaluate(() => window.screens.told.map(({ command }) => command));
  return commands.filter((command) => command !== 'wakeEngine');
}
async function args(page: Page, command: string): Promise<unknown> {
  return page.evaluate((wanted) => window.screens.told.find((one) => one.command === wanted)?.args, command);
}

describe('the dial field', () => {
  it('has the focus, formats, and calls with Enter', () =>
    on('01-home-ready', async (page) => {
      await page.keyboard.type('4155550132');
      const field = page.getByRole('combobox', { name: 'Name or number' });
      expect(await field.inputValue()).toBe('(415) 555-0132');
      await page.keyboard.press('Enter');
      expect(await args(page, 'dial')).toMatchObject([
        { to: '+14155550132', name: 'Dana Whitfield', callerId: '+13125550142' },
      ]);
    }));
  it('finds people by name; the arrows choose, Escape clears', () =>
    on('01-home-ready', async (page) => {
      await page.keyboard.type('ma');
      await page.keyboard.press('ArrowDown');
      expect(await page.getByRole('option', { selected: true }).textContent()).toContain('Maya Torres');
      await page.keyboard.press('Escape');
      expect(await page.getByRole('option').count()).toBe(0);
    }));
  it('brings back the last number when Enter finds it empty', () =>
    on('01-home-ready', async (page) => {
      await page.keyboard.press('Enter');
      const field = page.getByRole('combobox', { name: 'Name or number' });
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[role=combobox]')?.value !== '');
      expect(await field.inputValue()).toBe('(415) 555-0132');
      expect(await told(page)).not.toContain('dial');
    }));
  it('gives + for a long press on 0', () =>
    on('01-home-ready', async (page) => {
      await page.getByRole('button', { name: '0 +' }).click({ delay: 700 });
      expect(await page.getByRole('combobox', { name: 'Name or number' }).inputValue()).toBe('+');
    }));
});

describe('on a call', () => {
  it('single letters mute, hold and end with Shift', () =>
    on('03-connected', async (page) => {
      for (const key of ['m', 'h', 'Shift+E']) await page.keyboard.press(key);
      expect(await told(page)).toEqual(['mute', 'hold', 'hangUp']);
    }));
  it('digits send tones without opening the keypad', () =>
    on('03-connected', async (page) => {
      for (const key of ['2', '0', '#']) await page.keyboard.press(key);
      expect(await told(page)).toEqual(['sendDigits', 'sendDigits', 'sendDigits']);
    }));
  it('letters in a note are only letters', () =>
    on('03-connected', async (page) => {
      await page.keyboard.press('n');
      await page.keyboard.type('mh5');
      expect(await page.getByRole('textbox', { name: 'Notes for this call' }).inputValue()).toBe('mh5');
      expect(await told(page)).toEqual([]);
    }));
  it('Space, held while muted, lets you be heard and mutes again', () =>
    on('03-muted', async (page) => {
      await page.keyboard.down('Space');
      await page.keyboard.up('Space');
      const muted = await page.evaluate(() =>
        window.screens.told.filter(({ command }) => command === 'mute').map((one) => one.args[1]),
      );
      expect(muted).toEqual([false, true]);
    }));
  it('a sheet takes the focus, closes with Escape and gives it back', () =>
    on('03-connected', async (page) => {
      await page.getByRole('button', { name: 'Audio' }).press('Enter');
      expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toContain('Audio');
    }));
  it('what waits says why and does nothing', () =>
    on('06-server-lost', async (page) => {
      const hold = page.getByRole('button', { name: 'Hold' }).first();
      expect(await hold.getAttribute('aria-disabled')).toBe('true');
      await hold.click({ force: true });
      await page.keyboard.press('h');
      expect(await told(page)).toEqual([]);
    }));
});

describe('an incoming call', () => {
  it('hears nothing for the first 600 ms, then Enter answers', () =>
    on('05-incoming', async (page) => {
      await page.keyboard.press('Enter');
      await page.keyboard.press('Shift+D');
      expect(await told(page)).toEqual([]);
      await listening(page);
      await page.keyboard.press('Enter');
      expect(await told(page)).toEqual(['answer']);
    }));
  it('is silenced and never declined by Escape', () =>
    on('05-incoming', async (page) => {
      await listening(page);
      await page.keyboard.press('Escape');
      expect(await told(page)).toEqual(['silence']);
    }));
  it('is announced at once, by name and company', () =>
    on('05-incoming', async (page) => {
      await page
        .getByRole('alert')
        .filter({ hasText: 'Incoming call from Marcus Oyelaran, Tideway Logistics.' })
        .waitFor({ state: 'attached', timeout: 5000 });
    }));
});

describe('Recents', () => {
  it('moves by arrows, opens the menu of a row, and N goes to its note', () =>
    on('07-recents', async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: 'Recents' }).click();
      await page.getByText('Harbor Plumbing').waitFor();
      await page.locator('[data-row]').first().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: 'Add a note' }).waitFor();
      await page.keyboard.press('n');
      const note = page.getByRole('textbox', { name: 'Notes for this call' });
      await note.waitFor();
      await page.keyboard.type('Call Friday.');
      expect(await note.inputValue()).toContain('Call Friday.');
    }));
  it('calls the chosen row with Enter', () =>
    on('07-recents', async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: 'Recents' }).click();
      await page.getByText('Harbor Plumbing').waitFor();
      await page.locator('[data-row]').first().focus();
      await page.keyboard.press('Enter');
      expect(await args(page, 'dial')).toMatchObject([{ to: '+13125550178' }]);
    }));
});

describe('a call that waits for the person', () => {
  it('comes back by its one button', () =>
    on('06-waits-for-person', async (page) => {
      await page.getByRole('button', { name: 'Resume call' }).click();
      expect(await told(page)).toContain('resume');
    }));
});

describe('live regions', () => {
  it('tell that a call came back', () =>
    on('06-server-lost', async (page) => {
      await page.evaluate(() => window.screens.mend());
      await page
        .getByRole('status')
        .filter({ hasText: 'Reconnected. The call held.' })
        .first()
        .waitFor({ state: 'attached' });
    }));
});

it('shows two still bars and no wave for those who want less motion', () =>
  harness.draw('03-connected', { reducedMotion: true }, async (page) => {
    await page.locator('.rope rect.bar').nth(1).waitFor({ state: 'attached' });
    expect(await page.locator('.rope path.line').last().getAttribute('d')).toMatch(/^M[\d.]+ [\d.]+H[\d.]+$/);
  }));
