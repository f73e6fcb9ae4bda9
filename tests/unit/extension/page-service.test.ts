/** What a web page's content script gets from the background, and what it does not. */

import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { contentScript, fakeBrowser } from './browser';
import { Dialler } from '../../../entrypoints/background/dialler';
import { pageService } from '../../../entrypoints/background/page-service';
import { countryFor, readRequest } from '../../../entrypoints/background/reading';
import type { DialRequest, EngineApi } from '../../../lib/extension/contract';
import { dialField, lastSnapshot, type Waiting } from '../../../lib/extension/memory';
import { readSettings, settings } from '../../../lib/extension/settings';
import type { Remote } from '../../../lib/extension/rpc';
import { PhoneError } from '../../../lib/phone/model/errors';
import type { CallId } from '../../../lib/phone/model/ids';
import { active, call, line, NOW, snapshot } from './snapshots';

const CALL = 'call-1' as CallId;
const SITE = 'https://crm.example';
const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
const inTab = (id: number, active = true) => ({ ...contentScript, tab: { id, active } });

let now: number;
let dialled: DialRequest[];
let hungUp: CallId[];
let microphone: 'granted' | 'prompt';
let living: boolean;
let opened: string[];

function service() {
  const engine = {
    snapshot: async () => {
      if (!living) throw new PhoneError('engine-gone', { to: 'engine' });
      return snapshot({
        microphone: microphone === 'prompt' ? { state: 'prompt' } : { state: 'granted', label: null },
      });
    },
    dial: async (request: DialRequest) => (dialled.push(request), CALL),
    hangUp: async (id: CallId) => void hungUp.push(id),
  } as unknown as Remote<EngineApi>;
  let kept: Waiting | null = null;
  const dialler = new Dialler({
    engine,
    wakeEngine: () => Promise.resolve(),
    openPermissionPage: async () => void opened.push('welcome'),
    now: () => now,
    read: async (request, origin) => readRequest(request, await countryFor(origin)),
    waiting: { getValue: () => Promise.resolve(kept), setValue: async (value) => void (kept = value) },
  });
  return pageService({ engine, dialler, log: silent, now: () => now });
}

beforeEach(async () => {
  fakeBrowser.reset();
  fakeBrowser.i18n.getUILanguage = () => 'en-US';
  fakeBrowser.i18n.getMessage = () => '';
  now = NOW;
  dialled = [];
  hungUp = [];
  microphone = 'granted';
  living = true;
  opened = [];
  fakeBrowser.action.openPopup = async () => void opened.push('popup');
  await settings.country.setValue('US');
});

describe('confirm', () => {
  it('gives the numbers in the person’s country, and nothing for the rest', async () => {
    const found = await service()(inTab(7)).confirm(['(206) 555-0119', '2024-01-15', '+44 20 7946 0018']);
    expect(found.map(({ index, e164 }) => [index, e164])).toEqual([
      [0, '+12065550119'],
      [2, '+442079460018'],
    ]);
  });

  it('reads in the country that was chosen for the site, and for this site only', async () => {
    const page = service();
    await page(inTab(7)).chooseCountry('DE');
    const [german] = await page(inTab(7)).confirm(['030 23125 0']);
    expect(german?.e164).toBe('+4930231250');
    expect(await page({ ...inTab(8), url: 'https://other.example/' }).confirm(['030 23125 0'])).toEqual([]);
  });

  it('leaves out what the person refused on this site, until it is taken back', async () => {
    const page = service()(inTab(7));
    await page.refuse('(206) 555-0119', 'this');
    expect(await page.confirm(['(206) 555-0119', '(206) 555-0118'])).toMatchObject([{ index: 1 }]);
    await page.refuse('(206) 555-0119', 'alike');
    expect(await page.confirm(['(206) 555-0119', '(206) 555-0118'])).toEqual([]);
    await page.unrefuse('(206) 555-0119');
    await page.unrefuse('(206) 555-0119');
    expect(await page.confirm(['(206) 555-0119'])).toHaveLength(1);
    expect((await readSettings()).sites.notNumbers).toEqual([]);
  });

  it('keeps as many refusals of a site as a person makes, the newest, and every one of other sites', async () => {
    const page = service()(inTab(7));
    const elsewhere = { origin: 'https://other.example', digits: '1', pattern: null };
    const here = Array.from({ length: 200 }, (_none, index) => ({ origin: SITE, digits: `9${index}`, pattern: null }));
    const { sites } = await readSettings();
    await settings.sites.setValue({ ...sites, notNumbers: [elsewhere, ...here] });
    await page.refuse('(206) 555-0119', 'this');
    const { notNumbers } = (await readSettings()).sites;
    expect(notNumbers.map(({ digits }) => digits)).toEqual([
      '1',
      ...here.slice(1).map(({ digits }) => digits),
      '2065550119',
    ]);
  });

  it('keeps each of two choices that come at once', async () => {
    const page = service()(inTab(7));
    await Promise.all([page.refuse('(206) 555-0119', 'this'), page.chooseCountry('DE')]);
    const { sites } = await readSettings();
    expect([sites.notNumbers.length, sites.countries]).toEqual([1, { [SITE]: 'DE' }]);
  });

  it('is refused to a tab that floods, and to no other', async () => {
    const page = service();
    for (let index = 0; index < 60; index += 1) await page(inTab(7)).confirm([]);
    await expect(page(inTab(7)).confirm([])).rejects.toMatchObject({
      reason: 'not-allowed',
      facts: { why: 'too-often' },
    });
    expect(await page(inTab(8)).confirm([])).toEqual([]);
    now += 1000;
    expect(await page(inTab(7)).confirm([])).toEqual([]);
  });
});

describe('words', () => {
  const lookTold = async (url: string, tabUrl?: string): Promise<unknown> => {
    const sender = { ...inTab(7), url, tab: { id: 7, active: true, ...(tabUrl === undefined ? {} : { url: tabUrl }) } };
    return (await service()(sender).words()).look;
  };

  it('come with the look that the person chose, and without one to a page that is not marked any more', async () => {
    let origins = [`${SITE}/*`];
    fakeBrowser.permissions.getAll = async () => ({ origins });
    const sites = await settings.sites.getValue();
    await settings.sites.setValue({ ...sites, look: 'hover' });
    expect(await lookTold(`${SITE}/people`)).toBe('hover');
    expect(await lookTold('https://other.example/')).toBeNull();
    await settings.sites.setValue({ ...sites, off: [SITE] });
    expect(await lookTold(`${SITE}/people`)).toBeNull();
    await settings.sites.setValue({ ...sites, enabled: false });
    expect(await lookTold(`${SITE}/people`)).toBeNull();
    await settings.sites.setValue(sites);
    expect(await lookTold(`${SITE}/people`)).toBe('underline');
    origins = [];
    expect(await lookTold(`${SITE}/people`)).toBeNull();
  });

  it('take a frame without an address of its own for a part of its page', async () => {
    fakeBrowser.permissions.getAll = async () => ({ origins: [`${SITE}/*`] });
    expect(await lookTold('about:srcdoc', `${SITE}/people`)).toBe('underline');
    expect(await lookTold('about:srcdoc', 'https://other.example/')).toBeNull();
    expect(await lookTold('about:srcdoc')).toBeNull();
  });
});

describe('dial', () => {
  it('calls the number with its extension, and remembers the page', async () => {
    expect(await service()(inTab(7)).dial('+12065550119;ext=4')).toBe(CALL);
    expect(dialled).toEqual([{ to: '+12065550119', digits: 'w4', from: 'https://crm.example/people' }]);
  });

  it('is refused to a tab that nobody looks at', async () => {
    await expect(service()(inTab(7, false)).dial('+12065550119')).rejects.toMatchObject({
      reason: 'not-allowed',
      facts: { why: 'not-visible' },
    });
    expect(dialled).toEqual([]);
  });

  it('is refused to a tab that dials more often than a person', async () => {
    const page = service();
    for (let index = 0; index < 4; index += 1) await page(inTab(7)).dial('+12065550119');
    await expect(page(inTab(7)).dial('+12065550119')).rejects.toMatchObject({ reason: 'not-allowed' });
    expect(dialled).toHaveLength(4);
  });

  it('puts a tel: link into the field, unless the person wants it dialled', async () => {
    expect(await service()(inTab(7)).dial('tel:+12065550119')).toBeNull();
    expect(await dialField.getValue()).toBe('tel:+12065550119');
    expect([dialled, opened]).toEqual([[], ['popup']]);
    await settings.calls.setValue({ ...(await settings.calls.getValue()), telLinks: 'dial' });
    expect(await service()(inTab(7)).dial('tel:+12065550119')).toBe(CALL);
  });

  it('rings nobody yet while the microphone is asked for', async () => {
    microphone = 'prompt';
    expect(await service()(inTab(7)).dial('+12065550119')).toBeNull();
    expect([dialled, opened]).toEqual([[], ['welcome']]);
  });

  it('says what is wrong with a number', async () => {
    await expect(service()(inTab(7)).dial('+1206555')).rejects.toMatchObject({
      reason: 'bad-number',
      facts: { why: 'too-short' },
    });
  });
});

describe('cancel', () => {
  it('ends the call of this tab and no other', async () => {
    const page = service();
    await page(inTab(7)).dial('+12065550119');
    await expect(page(inTab(8)).cancel(CALL)).rejects.toMatchObject({
      reason: 'not-allowed',
      facts: { why: 'not-yours' },
    });
    await expect(page(inTab(7)).cancel('somebody-else' as CallId)).rejects.toMatchObject({ reason: 'not-allowed' });
    expect(hungUp).toEqual([]);
    await page(inTab(7)).cancel(CALL);
    expect(hungUp).toEqual([CALL]);
  });
});

describe('about', () => {
  it('says the place, whom the call would hold, and which line dials', async () => {
    await lastSnapshot.setValue(snapshot({ calls: [call(active)] }));
    expect(await service()(inTab(7)).about('+442079460018')).toMatchObject({
      number: { e164: '+442079460018', extension: null },
      place: 'United Kingdom',
      busyWith: 'Dana',
      line: { name: 'Sales line', ready: true },
    });
  });

  it('asks the engine where no line was ready when it was last heard, and does without where there is none', async () => {
    const connecting = line({ phase: 'connecting', attempt: 1, of: 10, lostAt: null });
    await lastSnapshot.setValue(snapshot({ lines: [connecting] }));
    expect((await service()(inTab(7)).about('+442079460018')).line).toEqual({ name: 'Sales line', ready: true });
    living = false;
    expect((await service()(inTab(7)).about('+442079460018')).line).toEqual({ name: 'Sales line', ready: false });
    await lastSnapshot.setValue(null);
    expect((await service()(inTab(7)).about('+442079460018')).line).toBeNull();
  });

  it('knows nothing of what is no number', async () => {
    expect((await service()(inTab(7)).about('tel:12')).number?.e164).toBe('12');
    expect((await service()(inTab(7)).about('???')).number).toBeNull();
  });
});

describe('a sender', () => {
  it('without a tab or an address is nobody', () => {
    const page = service();
    expect(() => page({ id: contentScript.id, url: SITE })).toThrow(expect.objectContaining({ reason: 'not-allowed' }));
    expect(() => page({ id: contentScript.id, tab: { id: 7 } })).toThrow(
      expect.objectContaining({ reason: 'not-allowed' }),
    );
  });

  it('gets the card into its own frame', async () => {
    const executeScript = vi.fn(() => Promise.resolve([]));
    Object.assign(fakeBrowser.scripting, { executeScript });
    await service()({ ...inTab(7), frameId: 3 }).loadCard();
    expect(executeScript).toHaveBeenCalledWith({
      target: { tabId: 7, frameIds: [3] },
      files: ['/click-to-call-card.js'],
    });
  });
});
