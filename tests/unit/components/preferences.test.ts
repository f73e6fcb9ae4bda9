/** The few settings that the popup changes by itself: numbers that are blocked, and let through again. */

import { describe, expect, it } from 'vitest';
import { Preferences, type PreferenceSource, type PreferenceValues } from '../../../components/preferences.svelte';
import { preferences as source } from '../../../scripts/screens/doubles';

async function opened(
  first: Partial<PreferenceValues> = {},
  more: Partial<PreferenceSource> = {},
): Promise<Preferences> {
  const preferences = new Preferences({ ...source(first), ...more });
  preferences.start();
  await Promise.resolve();
  await Promise.resolve();
  return preferences;
}

describe('Preferences', () => {
  it('blocks a number once, whatever its spelling, and lets it through again', async () => {
    const preferences = await opened();
    await preferences.block('+44 20 7946 0018', true);
    await preferences.block('+442079460018', true);
    await preferences.block('sip:Spam@example.com', true);
    expect(preferences.values.blocked).toEqual(['+442079460018', 'spam@example.com']);
    expect(preferences.isBlocked('0044 20 7946 0018')).toBe(true);
    await preferences.block('+44 (20) 79460018', false);
    expect(preferences.isBlocked('+442079460018')).toBe(false);
    expect(preferences.isBlocked('SIP:spam@example.com')).toBe(true);
  });

  it('knows a number of its own country in its national form', async () => {
    const preferences = await opened({ country: 'GB', blocked: ['+442079460018'] });
    expect(preferences.isBlocked('020 7946 0018')).toBe(true);
    await preferences.block('020 7946 0018', true);
    await preferences.block('0121 496 0000', true);
    expect(preferences.values.blocked).toEqual(['+442079460018', '+441214960000']);
  });

  it('shows what was set last, in whatever order the readings come', async () => {
    let stored = await source({}).read();
    const readings: (() => void)[] = [];
    const preferences = await opened(
      {},
      {
        read: () => new Promise((resolve) => void readings.push(resolve.bind(null, stored))),
        write(change) {
          stored = { ...stored, ...change };
          return Promise.resolve();
        },
      },
    );
    const sets = [preferences.set({ readAloud: true }), preferences.set({ readAloud: false })];
    await expect.poll(() => readings.length).toBe(3);
    for (const comes of readings.reverse()) {
      comes();
      await Promise.resolve();
      await Promise.resolve();
      expect(preferences.values.readAloud).toBe(false);
    }
    await Promise.all(sets);
    expect(preferences.values.readAloud).toBe(false);
  });

  it('shows what is stored where the store refuses', async () => {
    const preferences = await opened({ blocked: ['204'] }, { write: () => Promise.reject(new Error('full')) });
    await preferences.block('205', true);
    await Promise.resolve();
    await Promise.resolve();
    expect(preferences.values.blocked).toEqual(['204']);
  });
});
