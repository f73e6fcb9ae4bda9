/** Which pages get the click-to-call script. */

import { describe, expect, it } from 'vitest';
import './browser';
import { defaultCountry } from '../../../lib/extension/country';
import { RateLimit } from '../../../lib/extension/rate-limit';
import { ALL_SITES, isMarked, marking, patternOf } from '../../../lib/extension/sites';
import { DEFAULTS } from '../../../lib/extension/stored';
import { guard } from '../../../entrypoints/background/guard';

const { sites } = DEFAULTS;

describe('patternOf', () => {
  it.each([
    ['https://crm.example:8443/people?id=1', 'https://crm.example/*'],
    ['http://localhost:5173/', 'http://localhost/*'],
    ['chrome://settings', null],
    ['file:///home/x.html', null],
    ['no address', null],
  ])('%s', (address, pattern) => {
    expect(patternOf(address)).toBe(pattern);
  });
});

describe('marking', () => {
  it('is exactly what was granted', () => {
    expect(marking(['https://a.example/*', 'http://b.example/*'], sites)).toEqual({
      matches: ['https://a.example/*', 'http://b.example/*'],
      excludeMatches: [],
    });
  });

  it('leaves out what is switched off, also under a grant of all sites', () => {
    const off = { ...sites, off: ['https://bank.example'] };
    expect(marking([ALL_SITES, 'https://bank.example/*'], off)).toEqual({
      matches: [ALL_SITES],
      excludeMatches: ['https://bank.example/*'],
    });
  });

  it('is nothing without a grant, with the switch off, or for grants that are no web pages', () => {
    expect(marking([], sites)).toBeNull();
    expect(marking([ALL_SITES], { ...sites, enabled: false })).toBeNull();
    expect(marking(['file:///*'], sites)).toBeNull();
  });
});

describe('isMarked', () => {
  const all = { matches: [ALL_SITES], excludeMatches: ['https://bank.example/*'] };
  const some = { matches: ['https://*.crm.example/*', 'http://one.example/*'], excludeMatches: [] };
  it.each([
    [all, 'https://any.example/x', true],
    [all, 'https://bank.example/x', false],
    [all, 'chrome://extensions', false],
    [all, undefined, false],
    [some, 'https://crm.example/', true],
    [some, 'https://eu.crm.example/', true],
    [some, 'https://notcrm.example/', false],
    [some, 'https://one.example/', false],
    [some, 'http://one.example:8080/', true],
    [null, 'https://any.example/', false],
  ])('%j %s', (marked, address, expected) => {
    expect(isMarked(address, marked)).toBe(expected);
  });
});

describe('guard', () => {
  const play = async (needed: boolean, exists: boolean): Promise<string[]> => {
    const done: string[] = [];
    const made = await guard({
      isNeeded: () => Promise.resolve(needed),
      exists: () => Promise.resolve(exists),
      ensure: async () => void done.push('ensure'),
    });
    expect(made).toBe(done.length > 0);
    return done;
  };
  it('makes the engine again where it is needed and gone, and never else', async () => {
    expect(await play(true, false)).toEqual(['ensure']);
    expect(await play(true, true)).toEqual([]);
    expect(await play(false, false)).toEqual([]);
  });
});

describe('defaultCountry', () => {
  it.each([
    ['DE', 'en-US', 'DE'],
    [null, 'en-GB', 'GB'],
    [null, 'pt_BR', 'BR'],
    [null, 'ja', 'JP'],
    [null, '???', 'US'],
    ['Germany', 'fr-FR', 'FR'],
  ])('%s and %s', (chosen, language, country) => {
    expect(defaultCountry(chosen, language)).toBe(country);
  });
});

describe('RateLimit', () => {
  it('grants a burst, then as many as come back with time, for each sender apart', () => {
    const limit = new RateLimit({ burst: 2, perSecond: 1 });
    expect([limit.take('a', 0), limit.take('a', 0), limit.take('a', 0), limit.take('b', 0)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect([limit.take('a', 999), limit.take('a', 1000), limit.take('a', 1500)]).toEqual([false, true, false]);
  });

  it('does not mind a clock that is set back', () => {
    const limit = new RateLimit({ burst: 1, perSecond: 1 });
    expect([limit.take('a', 5000), limit.take('a', 0), limit.take('a', 1000)]).toEqual([true, false, true]);
  });
});
