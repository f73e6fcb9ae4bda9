/** The card by pointer and by keyboard: what it shows, where the focus goes, and that only a person can use it. */

import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { until } from '../../../scripts/stage/until';
import { Granted, untilMarked } from './granted';

let granted: Granted;
beforeAll(async () => {
  granted = await Granted.open(['http://127.0.0.1/*', 'http://shop.example.br/*']);
});
afterAll(() => granted.close());

/** What assistive technology is told: the only look into a closed shadow root that there is. */
async function spoken(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored, role }) => !ignored && ['dialog', 'button', 'status'].includes(String(role?.value)))
    .map(({ role, name }) => `${String(role?.value)} ${String(name?.value)}`)
    .join(' | ');
}

/** As the options page would. */
async function change(sites: object): Promise<void> {
  const worker = await granted.stage.worker();
  await worker.evaluate(
    async (some) => {
      const { sites = {} } = await chrome.storage.local.get<{ sites?: object }>('sites');
      await chrome.storage.local.set({ sites: { ...sites, ...some } });
    },
    sites as Record<string, unknown>,
  );
}

/** A press right after the card came is taken for one that was meant for the page. */
async function settled(page: Page, ms = 200): Promise<void> {
  const from = await page.evaluate(() => performance.now());
  await page.waitForFunction((until) => performance.now() > until, from + ms);
}

/** The command's key, as the browser itself would tell of it. */
async function walk(page: Page): Promise<void> {
  await page.bringToFront();
  const worker = await granted.stage.worker();
  await worker.evaluate(async (address) => {
    const tab = (await chrome.tabs.query({})).find(({ url }) => url === address);
    const { onCommand } = chrome.commands as unknown as { onCommand: { dispatch(name: string, tab: unknown): void } };
    onCommand.dispatch('next-number', tab);
  }, page.url());
}

it('walks the numbers by keyboard, keeps Tab inside, and gives the focus back', async () => {
  const page = await granted.page(`<!doctype html><input id="field"><p>(415) 555-0101 and (415) 555-0102</p>
    <a href="tel:+14155550103">Call Tom</a>`);
  await untilMarked(page, ['(415) 555-0101', '(415) 555-0102']);
  await page.bringToFront();
  await page.locator('#field').focus();
  await walk(page);
  await until('the first is open', async () =>
    (await spoken(page)).includes('Phone number (415) 555-0101, 1 of 3. Enter to call.'),
  );
  expect(await spoken(page)).toContain('button Call');
  expect(await page.evaluate(() => document.activeElement?.matches('[popover]'))).toBe(true);
  for (let step = 0; step < 5; step++) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.matches('[popover]'))).toBe(true);
  await walk(page);
  await until('the second is open', async () => (await spoken(page)).includes('555-0102, 2 of 3'));
  await walk(page);
  await until('the link is open', async () => (await spoken(page)).includes('555-0103, 3 of 3'));
  await walk(page);
  await until('it wraps', async () => (await spoken(page)).includes('555-0101, 1 of 3'));
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('field');
  expect(await page.evaluate(() => document.querySelector('[popover]'))).toBeNull();
});

it('walks through frames as through one page, and marks what is in them', async () => {
  const inner = await granted.page(
    '<!doctype html><input id="field"><p>in the frame: (415) 555-0144 and (415) 555-0145</p>',
  );
  const page = await granted.page(
    `<!doctype html><input id="outer"><p>(415) 555-0143</p><iframe src="${inner.url()}" width="600" height="200"></iframe>`,
  );
  await inner.close();
  await untilMarked(page, ['(415) 555-0143']);
  const [, frame] = page.frames();
  if (frame === undefined) throw new Error('the frame did not come');
  await untilMarked(frame, ['(415) 555-0144', '(415) 555-0145']);
  const open = (among: Page | typeof frame): Promise<boolean> =>
    among.evaluate(() => document.querySelector('[popover]') !== null);
  await page.bringToFront();
  await page.locator('#outer').focus();
  await walk(page);
  await until('the page has the card', () => open(page));
  await walk(page);
  await until('the frame has the card', async () => (await open(frame)) && !(await open(page)));
  await until('the frame has the focus', () => frame.evaluate(() => document.hasFocus()));
  await walk(page);
  await walk(page);
  await until('it wraps', async () => (await open(page)) && !(await open(frame)));
  await until('it is the first again', async () => (await spoken(page)).includes('555-0143, 1 of 3'));
  // The card is in its frame's own top layer: Escape is heard there, and the focus goes back to where it was there.
  await page.keyboard.press('Escape');
  await until('the card of the page is gone', async () => !(await open(page)));
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('outer');
  await frame.evaluate(() => document.getElementById('field')?.focus());
  await walk(page);
  await until('the frame has the card again', () => open(frame));
  expect(await frame.evaluate(() => document.activeElement?.matches('[popover]'))).toBe(true);
  await page.keyboard.press('Escape');
  await until('the card of the frame is gone', async () => !(await open(frame)));
  expect(await frame.evaluate(() => document.activeElement?.id)).toBe('field');
});

it('offers the extension', async () => {
  const page = await granted.page('<!doctype html><p>(206) 555-0119 ext. 4</p>');
  await untilMarked(page, ['(206) 555-0119 ext. 4']);
  await walk(page);
  await until('it offers the extension', async () => (await spoken(page)).includes('button Call, then 4'));
});

it('asks which country where two readings fit, and remembers it for the site', async () => {
  const address = 'http://shop.example.br/';
  onTestFinished(() => granted.stage.store({ country: 'US' }));
  await granted.stage.store({ country: 'DE' });
  const page = await granted.stage.context.newPage();
  await page.route(`${address}*`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Ligue 0800 123 4567</p>' }),
  );
  await page.goto(address);
  await untilMarked(page, ['0800 123 4567']);
  await walk(page);
  await until('it asks', async () => (await spoken(page)).includes('button Brazil +55'));
  expect(await spoken(page)).toContain('button Germany +49');
  await page.keyboard.press('Tab');
  await settled(page);
  await page.keyboard.press('Enter');
  const worker = await granted.stage.worker();
  const countries = await until('it is remembered', () =>
    worker.evaluate(async () => {
      const { sites } = await chrome.storage.local.get<{ sites?: { countries: object } }>('sites');
      return sites !== undefined && Object.keys(sites.countries).length > 0 ? sites.countries : null;
    }),
  );
  expect(countries).toEqual({ 'http://shop.example.br': 'BR' });
  await page.close();
});

it('forgets what is no number, and takes it back', async () => {
  const page = await granted.page('<!doctype html><p>(415) 555-0101</p><p>(415) 555-0102</p><p>415.555.0103</p>');
  await untilMarked(page, ['(415) 555-0101', '(415) 555-0102', '415.555.0103']);
  await walk(page);
  await until('the card is open', async () => (await spoken(page)).includes('Not a number'));
  await page.keyboard.press('x');
  await untilMarked(page, ['(415) 555-0102', '415.555.0103']);
  await until('undo is offered', async () => (await spoken(page)).includes('button Undo'));
  await settled(page);
  await page.keyboard.press('Enter');
  await untilMarked(page, ['(415) 555-0101', '(415) 555-0102', '415.555.0103']);
});

it('forgets all of a shape, on this page and on the next of the site', async () => {
  const html = '<!doctype html><p>415.555.0111</p><p>212.555.0112</p><p>(415) 555-0113</p>';
  const page = await granted.page(html);
  await untilMarked(page, ['415.555.0111', '212.555.0112', '(415) 555-0113']);
  await walk(page);
  await until('the card is open', async () => (await spoken(page)).includes('Not a number'));
  await page.keyboard.press('x');
  await until('the shape is offered', async () => (await spoken(page)).includes('button All like this one'));
  await page.keyboard.press('Tab');
  await settled(page);
  await page.keyboard.press('Enter');
  await untilMarked(page, ['(415) 555-0113']);
  await page.reload();
  await untilMarked(page, ['(415) 555-0113']);
});

it('opens the card instead of calling where the person chose so', async () => {
  onTestFinished(() => change({ atOnce: true }));
  await change({ atOnce: false });
  const heardFrom = await granted.listen();
  const page = await granted.page('<!doctype html><p>(415) 555-0188</p>');
  await untilMarked(page, ['(415) 555-0188']);
  const box = await page.locator('p').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 8);
  // Only what has been seen for a moment can be clicked; and the press closes a card that came by resting there.
  await until('it is under the pointer', () =>
    page.evaluate(
      () => (CSS.highlights.get('holdfast-hover')?.size ?? 0) > 0 && document.querySelector('[popover]') !== null,
    ),
  );
  await page.mouse.down();
  await page.mouse.up();
  await until('the card is open', async () => (await spoken(page)).includes('button Call'));
  expect((await heardFrom(page.url())).map(({ call }) => call)).not.toContain('dial');
});

it('looks as the person chose, at once and in pages that are open', async () => {
  const page = await granted.page('<!doctype html><p>(415) 555-0189</p>');
  const painted = (name: string): Promise<number> => page.evaluate((key) => CSS.highlights.get(key)?.size ?? 0, name);
  const point = async (): Promise<void> => {
    const box = await page.locator('p').boundingBox();
    await page.mouse.move(600, 500);
    await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 8, { steps: 3 });
  };
  await untilMarked(page, ['(415) 555-0189']);
  onTestFinished(() => change({ look: 'underline' }));
  await change({ look: 'hover' });
  await untilMarked(page, []);
  await until('it is underlined under the pointer', async () => {
    await point();
    return (await painted('holdfast-hover')) === 1;
  });
  await page.mouse.move(600, 500);
  await change({ look: 'plain' });
  await until('the card comes, and nothing is painted under the pointer', async () => {
    await point();
    await settled(page, 600);
    const unpainted = (await painted('holdfast')) + (await painted('holdfast-hover')) === 0;
    return unpainted && (await spoken(page)).includes('button Call');
  });
  await change({ look: 'underline' });
  await untilMarked(page, ['(415) 555-0189']);
});

it('cannot be pressed by the page', async () => {
  const heardFrom = await granted.listen();
  const page = await granted.page(
    '<!doctype html><p>(415) 555-0177</p><p style="margin-top: 300px">(415) 555-0178</p>',
  );
  await untilMarked(page, ['(415) 555-0177', '(415) 555-0178']);
  const box = await page.locator('p').first().boundingBox();
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 8);
  await until('the card is open', async () => (await spoken(page)).includes('button Call'));
  await page.evaluate(() => {
    const host = document.querySelector('[popover]');
    for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click'])
      host?.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, clientX: 60, clientY: 90 }));
    host?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    (host as HTMLElement | null)?.click();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
  expect(await spoken(page)).toContain('button Call');
  // What the page could have brought about would have been asked for before what the pointer asks for now.
  const other = await page.locator('p').last().boundingBox();
  await page.mouse.move((other?.x ?? 0) + 40, (other?.y ?? 0) + 8);
  const asked = await until('the other number is asked about', async () => {
    const said = await heardFrom(page.url());
    return said.some(({ call, args }) => call === 'about' && String(args[0]).includes('4155550178')) && said;
  });
  expect(new Set(asked.map(({ call }) => call))).toEqual(new Set(['words', 'confirm', 'loadCard', 'about']));
});

it('shows nothing to a pointer that left before the card’s script came', async () => {
  const worker = await granted.stage.worker();
  await worker.evaluate(() => {
    const { scripting } = chrome;
    const real = scripting.executeScript.bind(scripting);
    const mayCome = new Promise<void>((resolve) => Object.assign(globalThis, { letCome: resolve }));
    Object.assign(scripting, {
      executeScript: async (how: Parameters<typeof real>[0]) => mayCome.then(() => real(how)),
    });
    Object.assign(globalThis, { asBefore: () => Object.assign(scripting, { executeScript: real }) });
  });
  onTestFinished(() => worker.evaluate('asBefore()'));
  const heardFrom = await granted.listen();
  const page = await granted.page(
    '<!doctype html><p>(415) 555-0166</p><p style="margin-top: 300px">(415) 555-0167</p>',
  );
  await untilMarked(page, ['(415) 555-0166', '(415) 555-0167']);
  const [first, last] = [await page.locator('p').first().boundingBox(), await page.locator('p').last().boundingBox()];
  await page.mouse.move((first?.x ?? 0) + 40, (first?.y ?? 0) + 8);
  await until('the card is sent for', async () =>
    (await heardFrom(page.url())).some(({ call }) => call === 'loadCard'),
  );
  // For as long as it takes to open a card.
  await settled(page, 400);
  const lit = () => page.evaluate(() => CSS.highlights.get('holdfast-hover')?.size ?? 0);
  await until('the number is lit under the pointer', async () => (await lit()) === 1);
  // Out of the window, which is the quicker way to be gone.
  await page.mouse.move(600, 5_000);
  await until('the number is lit no more', async () => (await lit()) === 0);
  await worker.evaluate('letCome()');
  await page.mouse.move((last?.x ?? 0) + 40, (last?.y ?? 0) + 8);
  const asked = await until('a number is asked about', async () => {
    const about = (await heardFrom(page.url())).filter(({ call }) => call === 'about');
    return about.length > 0 && about;
  });
  expect(asked.map(({ args }) => args)).toEqual([['+14155550167']]);
});
