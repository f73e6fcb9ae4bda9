import { describe, expect, it } from 'vitest';
import { isEverySite, sitePattern, siteRows, switchSite } from '../../../components/settings/site-list';
import { DEFAULTS } from '../../../lib/extension/stored';

const sites = DEFAULTS.sites;

describe('the sites of click-to-call', () => {
  it('are one row each, whatever schemes were granted, by name', () => {
    expect(siteRows(['https://crm.example/*', '*://b.example/*', 'http://crm.example/*'], sites)).toEqual([
      { host: 'b.example', patterns: ['*://b.example/*'], on: true },
      { host: 'crm.example', patterns: ['https://crm.example/*', 'http://crm.example/*'], on: true },
    ]);
  });

  it('show a site that is switched off, granted by itself or with every site', () => {
    const off = { ...sites, off: ['https://bank.example'] };
    expect(siteRows(['*://*/*'], off)).toEqual([{ host: 'bank.example', patterns: [], on: false }]);
    expect(siteRows(['https://bank.example/*'], off)).toMatchObject([{ host: 'bank.example', on: false }]);
  });

  it('know the grant of every site from a grant of one', () => {
    expect(isEverySite(['*://*/*'])).toBe(true);
    expect(isEverySite(['<all_urls>'])).toBe(true);
    expect(isEverySite(['https://crm.example/*'])).toBe(false);
  });

  it('switch off and on without a trace', () => {
    const off = switchSite(sites, 'bank.example', false);
    expect(off.off).toEqual(['https://bank.example', 'http://bank.example']);
    expect(switchSite(off, 'bank.example', true)).toEqual(sites);
    expect(switchSite(off, 'bank.example', false).off).toHaveLength(2);
  });

  it.each([
    ['crm.example', '*://crm.example/*'],
    ['https://crm.example:8443/contacts?id=1', '*://crm.example/*'],
    ['http://intranet.example', 'http://intranet.example/*'],
    ['localhost:8080', '*://localhost/*'],
    ['192.0.2.7', '*://192.0.2.7/*'],
  ])('are asked for as typed: %s', (typed, pattern) => {
    expect(sitePattern(typed)).toBe(pattern);
  });

  it.each(['', '   ', 'two words', 'nonsense', 'https://', '*', 'javascript:alert(1)'])('are not %j', (typed) => {
    expect(sitePattern(typed)).toBeNull();
  });
});
