/** Blocked numbers: stored in one spelling, told to the engine in all of theirs. */

import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { spellBlocked } from '../../../entrypoints/background/blocked';
import { settingsForEngine } from '../../../entrypoints/background/settings';
import { settings } from '../../../lib/extension/settings';
import { DEFAULTS } from '../../../lib/extension/stored';

const block = (...blocked: readonly string[]): Promise<void> => settings.calls.setValue({ ...DEFAULTS.calls, blocked });

beforeEach(async () => {
  fakeBrowser.reset();
  fakeBrowser.i18n.getUILanguage = () => 'en-US';
  await settings.country.setValue('GB');
});

it('brings what an earlier version stored into one spelling, each number once', async () => {
  await block('020 7946 0018', '+44 20 7946 0018', '+1 206-555-0119', '204', 'Spam@example.com');
  await spellBlocked();
  expect((await settings.calls.getValue()).blocked).toEqual([
    '+442079460018',
    '+12065550119',
    '204',
    'spam@example.com',
  ]);
});

it('writes nothing where all is in order', async () => {
  await block('+442079460018', '204');
  let written = 0;
  settings.calls.watch(() => (written += 1));
  await spellBlocked();
  expect((await settings.calls.getValue()).blocked).toEqual(['+442079460018', '204']);
  expect(written).toBe(0);
});

it('tells the engine how a server of the person’s country may spell the caller', async () => {
  await block('+442079460018');
  expect((await settingsForEngine()).blocked).toEqual(
    expect.arrayContaining(['+442079460018', '00442079460018', '02079460018']),
  );
});
