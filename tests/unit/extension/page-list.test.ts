/** The popup's list of the page: what of links and text it offers to call, and where it stays empty. */

import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { numbersOnPage, type FrameText } from '../../../lib/extension/page-list';
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
