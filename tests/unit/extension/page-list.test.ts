/** The popup's list of the page: what of links and text it offers to call, and where it stays empty. */

import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import type { FrameText } from '../../../lib/extension/frame-numbers';
import { numbersOnPage } from '../../../lib/extension/page-list';
import { settings } from '../../../lib/extension/settings';
import { DEFAULTS } from '../../../lib/extension/stored';

const ORIGIN = 'https://crm.example';

let frames: { frameId: number; result: Partial<FrameText> | null }[];

beforeEach(async () => {
  fakeBrowser.reset();
  frames = [];
  Object.assign(fakeBrowser.tabs, { query: async () => [{ id: 7, url: `${ORIGIN}/people` }] });
  Object.assign(fakeBrowser.scripting, { executeScript: async () => frames });
  fakeBrowser.i18n.getUILanguage = () => 'en-US';
  fakeBrowser.i18n.getMessage = () => '';
  await settings.country.setValue('US');
});

function frame(frameId: number, text: string, ...links: string[]): void {
  frames.push({ frameId, result: { host: 'crm.example', origin: ORIGIN, text, links } });
}

async function listed(): Promise<string[] | undefined> {
  return (await numbersOnPage('popup'))?.numbers.map(({ number, digits }) => number + digits);
}

it('lists links of every kind first, then the numbers of the text, of all frames, and none twice', async () => {
  frame(4, 'In a frame: (415) 555-0101', 'callto:+442079460018');
  frame(0, 'Call 415-555-0100, 415.555.0103, or (415) 555-0103 ext. 4', 'tel:+14155550103', 'sips:bob@example.com');
  expect(await listed()).toEqual([
    '+14155550103', 'bob@example.com', '+442079460018', '+14155550100', '+14155550103w4', '+14155550101',
  ]); // prettier-ignore
});

it('leaves out what its own words, or the person, speak against, and links that lead nowhere', async () => {
  await settings.sites.setValue({
    ...DEFAULTS.sites,
    notNumbers: [{ origin: ORIGIN, digits: '4155550101', pattern: null }],
  });
  frame(0, 'Order 4155550100, (415) 555-0101', 'tel:', 'sip:', 'tel:nobody', 'tel:+1415555');
  expect(await listed()).toEqual([]);
});

it('reads national numbers in the country that was chosen for the site', async () => {
  await settings.sites.setValue({ ...DEFAULTS.sites, countries: { [ORIGIN]: 'GB' } });
  frame(0, 'Ring 020 7946 0018', 'tel:0113-496-0212');
  expect(await listed()).toEqual(['+441134960212', '+442079460018']);
});

it('lists a number that two countries have once for each, and names them, where no link says which is meant', async () => {
  await settings.country.setValue('DE');
  const host = 'shop.example.br';
  const page = { host, origin: `https://${host}`, text: 'Ligue 0800 123 4567', links: [] };
  frames = [{ frameId: 0, result: page }];
  expect((await numbersOnPage('popup'))?.numbers).toEqual([
    { number: '+498001234567', digits: '', shown: '0800 1234567', place: 'Germany', name: null },
    { number: '+558001234567', digits: '', shown: '+55 800 123 4567', place: 'Brazil', name: null },
  ]);
  frames = [{ frameId: 0, result: { ...page, links: ['tel:+55-800-123-4567'] } }];
  expect(await listed()).toEqual(['+558001234567']);
  frames = [{ frameId: 0, result: page }];
  await settings.sites.setValue({ ...DEFAULTS.sites, countries: { [page.origin]: 'BR' } });
  expect((await numbersOnPage('popup'))?.numbers).toMatchObject([{ number: '+558001234567', place: '' }]);
});

it('reads each frame as its own site, one without an address as the page, and none less for what the others hold', async () => {
  const other = 'https://shop.example.uk';
  await settings.sites.setValue({
    ...DEFAULTS.sites,
    countries: { [ORIGIN]: 'GB', [other]: 'DE' },
    notNumbers: [{ origin: other, digits: '03023125043', pattern: null }],
  });
  frame(0, `Ring 020 7946 0018 ${'x '.repeat(60_000)}`);
  frames.push({ frameId: 2, result: { host: '', origin: 'null', text: '0113 496 0212', links: [] } });
  const text = '030 23125042\n030 23125043\n+1 415-555-0100';
  frames.push({ frameId: 5, result: { host: 'shop.example.uk', origin: other, text, links: [] } });
  frames.push({ frameId: 7, result: null });
  expect(await listed()).toEqual(['+442079460018', '+441134960212', '+493023125042', '+14155550100']);
});

it('offers ten at most', async () => {
  frame(0, Array.from({ length: 30 }, (_, at) => `(415) 555-01${String(10 + at)}`).join('\n'));
  expect(await listed()).toHaveLength(10);
});

it('knows nothing of a page that may not be read, or that answers nonsense, and of one that was switched off the panel', async () => {
  frames = [{ frameId: 0, result: null }];
  expect(await numbersOnPage('popup')).toBeNull();
  frames = [{ frameId: 0, result: { host: 'crm.example', origin: ORIGIN, text: '(415) 555-0100' } }];
  expect(await numbersOnPage('popup')).toBeNull();
  frames = [];
  frame(0, '(415) 555-0100');
  await settings.sites.setValue({ ...DEFAULTS.sites, off: [ORIGIN] });
  expect(await numbersOnPage('sidepanel')).toBeNull();
  expect(await listed()).toEqual(['+14155550100']);
  Object.assign(fakeBrowser.scripting, { executeScript: () => Promise.reject(new Error('Cannot access')) });
  expect(await numbersOnPage('popup')).toBeNull();
});
