/** What the keyboard does, pressed in a real Chromium on the real components. */

import type { Locator, Page } from 'playwright';
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

const WITHIN = { timeout: 30_000 };

/** The popup is past the first moment of an incoming call, in which it is deaf. */
function listening(page: Page): Promise<void> {
  return page.locator('.app:not([data-deaf])').waitFor();
}

/** The commands that the engine and the background were given, by name. */
async function told(page: Page): Promise<readonly string[]> {
  const commands = await page.evaluate(() => window.screens.told.map(({ command }) => command));
  return commands.filter((command) => command !== 'wakeEngine');
}
/** Waits until they were given these and no others. */
function tells(page: Page, commands: readonly string[]): Promise<void> {
  return expect.poll(() => told(page), WITHIN).toEqual(commands);
}
/** Waits until a call to these was asked for. */
function dials(page: Page, wanted: readonly object[]): Promise<void> {
  const args = () => page.evaluate(() => window.screens.told.find(({ command }) => command === 'dial')?.args);
  return expect.poll(args, WITHIN).toMatchObject(wanted);
}
/** Waits until the field reads so. */
function reads(field: Locator, text: string): Promise<void> {
  return expect.poll(() => field.inputValue(), WITHIN).toBe(text);
}
const dialField = (page: Page): Locator => page.getByRole('combobox', { name: 'Name or number' });
const note = (page: Page): Locator => page.getByRole('textbox', { name: 'Notes for this call' });
/** Waits until the keyboard writes there. */
function hasFocus(place: Locator): Promise<void> {
  return expect.poll(() => place.evaluate((element) => element === document.activeElement), WITHIN).toBe(true);
}

describe('the dial field', () => {
  it('has the focus, formats, and calls with Enter', () =>
    on('01-home-ready', async (page) => {
      await hasFocus(dialField(page));
      await page.keyboard.type('4155550132');
      await reads(dialField(page), '(415) 555-0132');
      await page.keyboard.press('Enter');
      await dials(page, [{ to: '+14155550132', name: 'Dana Whitfield', callerId: '+13125550142' }]);
    }));
  it('finds people by name; the arrows choose, Escape clears', () =>
    on('01-home-ready', async (page) => {
      await hasFocus(dialField(page));
      await page.keyboard.type('ma');
      await page.getByRole('option').nth(1).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option', { selected: true }).filter({ hasText: 'Maya Torres' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('option').first().waitFor({ state: 'detached' });
    }));
  it('brings back the last number when Enter finds it empty', () =>
    on('01-home-ready', async (page) => {
      await hasFocus(dialField(page));
      await page.keyboard.press('Enter');
      await reads(dialField(page), '(415) 555-0132');
      expect(await told(page)).not.toContain('dial');
    }));
  it('calls from the number that was chosen, an extension and pauses after the answer', () =>
    on('01-home-ready', async (page) => {
      await page.getByRole('button', { name: /^Call from/ }).click();
      await page.getByRole('menuitemradio', { name: '(312) 555-0190' }).click();
      await dialField(page).fill('(206) 555-0119 ext 4,,7#');
      await page.getByRole('button', { name: 'Call', exact: true }).click();
      await dials(page, [{ to: '+12065550119', digits: 'w4ww7#', callerId: '+13125550190' }]);
    }));
  it('calls whoever has the number from their row', () =>
    on('01-home-ready', async (page) => {
      await dialField(page).fill('4155550132');
      await page.getByText('Mobile').waitFor();
      await page.getByRole('button', { name: 'Call Dana Whitfield' }).click();
      await dials(page, [{ to: '+14155550132', name: 'Dana Whitfield' }]);
    }));
  it('gives + for a long press on 0', () =>
    on('01-home-ready', async (page) => {
      await page.getByRole('button', { name: '0 +' }).hover();
      await page.mouse.down();
      await reads(dialField(page), '+');
      await page.mouse.up();
      await page.getByRole('button', { name: /^5/ }).click();
      await reads(dialField(page), '+5');
    }));
});

describe('on a call', () => {
  it('single letters mute, hold and end with Shift', () =>
    on('03-connected', async (page) => {
      for (const key of ['m', 'h', 'Shift+E']) await page.keyboard.press(key);
      await tells(page, ['mute', 'hold', 'hangUp']);
    }));
  it('digits send tones without opening the keypad', () =>
    on('03-connected', async (page) => {
      for (const key of ['2', '0', '#']) await page.keyboard.press(key);
      await tells(page, ['sendDigits', 'sendDigits', 'sendDigits']);
    }));
  it('letters in a note are only letters', () =>
    on('03-connected', async (page) => {
      await page.keyboard.press('n');
      await hasFocus(note(page));
      await page.keyboard.type('mh5');
      await reads(note(page), 'mh5');
      // The first that is told is what comes after the note.
      await page.getByRole('button', { name: 'Mute' }).click();
      await tells(page, ['mute']);
    }));
  it('Space, held while muted, lets you be heard and mutes again', () =>
    on('03-muted', async (page) => {
      await page.keyboard.down('Space');
      await page.keyboard.up('Space');
      const muted = () =>
        page.evaluate(() => window.screens.told.filter(({ command }) => command === 'mute').map((one) => one.args[1]));
      await expect.poll(muted, WITHIN).toEqual([false, true]);
    }));
  it('Space does nothing, and a transfer begins at once, for who wants it so', () =>
    on('03-muted-no-space', async (page) => {
      await page.getByText('You are muted.', { exact: true }).first().waitFor();
      await page.keyboard.down('Space');
      await page.keyboard.up('Space');
      await page.keyboard.press('t');
      await page.getByRole('radio', { name: 'Send now', checked: true }).waitFor();
      expect(await told(page)).toEqual([]);
    }));
  it('its quality says what is heard of it, the cause and the remedy, and leads to more', () =>
    on('03-quality', async (page) => {
      await page.getByRole('button', { name: /Fair/ }).click();
      await page.getByText('Some words may clip').waitFor();
      await page
        .getByText('Your network is unsteady. A cable, or sitting closer to the router, usually helps.')
        .waitFor();
      await page.getByRole('button', { name: 'Open diagnostics' }).click();
      await page.getByRole('heading', { name: 'Call quality' }).waitFor();
    }));
  it('a sheet takes the focus, closes with Escape and gives it back', () =>
    on('03-connected', async (page) => {
      await page.getByRole('button', { name: 'Audio' }).press('Enter');
      await page.locator('dialog:focus-within').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await page.locator(':focus').filter({ hasText: 'Audio' }).waitFor();
    }));
  it('what waits says why and does nothing', () =>
    on('06-server-lost', async (page) => {
      const hold = page.getByRole('button', { name: 'Hold' }).first();
      expect(await hold.getAttribute('aria-disabled')).toBe('true');
      await hold.click({ force: true });
      await page.keyboard.press('h');
      // The first that is told is what does not wait.
      await page.keyboard.press('m');
      await tells(page, ['mute']);
    }));
});

describe('an incoming call', () => {
  it('hears nothing for the first 600 ms, then Enter answers', () =>
    harness.draw('05-incoming', { stopped: true }, async (page) => {
      await page.locator('.app[data-deaf]').waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Shift+D');
      await page.clock.runFor(599);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Shift+D');
      expect(await told(page)).toEqual([]);
      await page.clock.runFor(1);
      await listening(page);
      await page.keyboard.press('Enter');
      await tells(page, ['answer']);
    }));
  it('has the focus on its name where the popup opened by itself, so that a key meant for elsewhere presses nothing', async () => {
    await on('05-incoming', (page) => hasFocus(page.locator('[data-answer]')));
    await on('05-incoming-by-itself', async (page) => {
      await hasFocus(page.getByRole('heading', { level: 1 }));
      await listening(page);
      await page.keyboard.press('Space');
      // The first that is told is what comes after it.
      await page.keyboard.press('Escape');
      await tells(page, ['silence']);
    });
  });
  it('is silenced and never declined by Escape', () =>
    on('05-incoming', async (page) => {
      await listening(page);
      await page.keyboard.press('Escape');
      await tells(page, ['silence']);
    }));
  it('is declined with a reason, which the caller’s server is told', () =>
    on('05-incoming', async (page) => {
      await listening(page);
      await page.getByRole('button', { name: 'Decline with a reason' }).click();
      await page.getByRole('menuitem', { name: 'I cannot answer now' }).click();
      const asked = () =>
        page.evaluate(() => window.screens.told.find(({ command }) => command === 'decline')?.args[1]);
      await expect.poll(asked, WITHIN).toBe('away');
    }));
  it('is announced at once, by name and company', () =>
    on('05-incoming', async (page) => {
      await page
        .getByRole('alert')
        .filter({ hasText: 'Incoming call from Marcus Oyelaran, Tideway Logistics.' })
        .waitFor({ state: 'attached' });
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
      await hasFocus(note(page));
      await page.keyboard.type('Call Friday.');
      await expect.poll(() => note(page).inputValue(), WITHIN).toContain('Call Friday.');
    }));
  it('calls the chosen row with Enter', () =>
    on('07-recents', async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: 'Recents' }).click();
      await page.getByText('Harbor Plumbing').waitFor();
      await page.locator('[data-row]').first().focus();
      await page.keyboard.press('Enter');
      await dials(page, [{ to: '+13125550178' }]);
    }));
});

describe('a call that waits for the person', () => {
  it('comes back by its one button', () =>
    on('06-waits-for-person', async (page) => {
      await page.getByRole('button', { name: 'Resume call' }).click();
      await expect.poll(() => told(page), WITHIN).toContain('resume');
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

describe('a sound that an administrator proposes', () => {
  it('gives way to the built-in one, and comes back by a reset', () =>
    on('09-advanced-administrator', async (page) => {
      await page.getByRole('button', { name: 'Use the built-in sound' }).press('Enter');
      await page.getByText(/^Harbour bell\s*Built in$/).waitFor();
      await page.getByRole('button', { name: 'Reset: Ringtone' }).press('Enter');
      await page.getByText('From the web').waitFor();
      await page.getByText('Your administrator’s default: https://bells.example/desk.wav').waitFor();
    }));
});

describe('an account that an administrator locked', () => {
  it('lets the keyboard come to every field, which says its value and why it cannot be changed', () =>
    on('09-account-administrator', async (page) => {
      await page.getByRole('button', { name: 'Details of Front desk' }).press('Enter');
      await page.getByRole('textbox', { name: 'Username' }).waitFor();
      const read: unknown[] = [];
      for (let field = 0; field < 6; field++) {
        await page.keyboard.press('Tab');
        await page.keyboard.type('x');
        read.push(await page.evaluate(readAloud));
      }
      expect(read).toEqual([
        ['Sign in with', 'Username and password', true],
        ['Username', 'desk042', true],
        ['Password', 'Kept, and never shown.', true],
        ['Name of this account', 'Front desk', true],
        ['Caller ID name', 'Front desk', true],
        ['Caller ID number', '', true],
      ]);
    }));
});

/** What a screen reader says of the field with the focus: its name, what is in it, and whether it tells who locked it. */
function readAloud(): readonly unknown[] {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement) || !field.readOnly) return [field?.outerHTML];
  const ids = field.getAttribute('aria-describedby')?.split(' ') ?? [];
  const why = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  return [field.labels?.[0]?.textContent, field.value || field.placeholder, why.includes('Set by your administrator.')];
}
