/** Web pages in a real Firefox: marked where the person granted them, untouched all the same, and left alone while hidden. */

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ADDON } from '../../../lib/extension/addon';
import { readDialled } from '../../../lib/numbers/dialable';
import { ensureFirefox } from '../../../scripts/install/firefox.mjs';
import { openSite, type Site } from '../../../scripts/stage/site';
import { buildHydrations, frameworks, MARKS, type Framework, type Hydration } from '../pages/frameworks';
import { builtFor } from '../harness/build';
import { Firefox } from './firefox';
import { patiently } from './patience';

const LOOPBACK = 'http://127.0.0.1/*';

let firefox: Firefox;
let hydrations: { readonly [F in Framework]: Hydration };
let desk: string;
const sites: Site[] = [];

beforeAll(async () => {
  const binary = await ensureFirefox();
  if (binary === null) throw new Error('there is no Firefox, and none could be installed');
  hydrations = await buildHydrations();
  firefox = await Firefox.launch({ binary, extension: await builtFor('firefox') });
  desk = await firefox.openWindow();
  await firefox.goTo(firefox.page('options.html'));
  await store({ country: 'US' });
});
afterAll(async () => {
  await firefox.close();
  for (const site of sites) await site.close();
});
afterEach(() => firefox.switchTo(desk));

/** Opens a page of this HTML in a tab of its own, before the person's eyes. */
async function open(html: string): Promise<string> {
  const site = await openSite(html);
  sites.push(site);
  const handle = await firefox.openWindow();
  await firefox.goTo(site.url);
  return handle;
}

/** Writes settings, in the tab of the options page. */
async function store(items: object): Promise<void> {
  await firefox.inPage(
    'const page = window.wrappedJSObject; await page.browser.storage.local.set(page.JSON.parse(args[0]));',
    JSON.stringify(items),
  );
}

/** As Firefox's own question and its page of add-ons do. */
async function sitesAre(change: 'add' | 'remove'): Promise<void> {
  await firefox.inBrowser(
    `const { extension } = WebExtensionPolicy.getByID('${ADDON}');
    const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
    await ExtensionPermissions[args[0]](extension.id, { permissions: [], origins: [args[1]] }, extension);`,
    change,
    LOOPBACK,
  );
}

/** Asks nothing of the page's prototypes, which may be bent. */
const PAINTED = `
  const found = [];
  for (const { startContainer, startOffset, endContainer, endOffset } of CSS.highlights.get('holdfast') ?? []) {
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    found.push(range.toString());
  }
  return found.sort();`;

async function untilMarked(wanted: readonly string[]): Promise<void> {
  const spelled = JSON.stringify([...wanted].sort());
  await patiently(`marked ${spelled}`, async () => {
    const painted = JSON.stringify(await firefox.asPage(PAINTED));
    if (painted === spelled) return true;
    throw new Error(painted);
  });
}

const WITNESS = `<script>
  window.seen = { mutations: 0, messages: 0, errors: [] };
  new MutationObserver((records) => { seen.mutations += records.length; })
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  addEventListener('message', () => { seen.messages++; });
  addEventListener('error', (event) => { seen.errors.push(event.message); });
  addEventListener('load', () => setTimeout(() => {
    seen.mutations = 0;
    window.markupBefore = document.documentElement.outerHTML;
    window.boxesBefore = boxes();
    window.globalsBefore = [...Object.getOwnPropertyNames(window), 'globalsBefore'];
  }));
  const boxes = () => [...document.querySelectorAll('*')].map((one) => JSON.stringify(one.getBoundingClientRect())).join();
  window.told = () => JSON.stringify({
    ...seen,
    sameMarkup: markupBefore === document.documentElement.outerHTML,
    sameBoxes: boxesBefore === boxes(),
    globals: Object.getOwnPropertyNames(window).filter((name) => !globalsBefore.includes(name)),
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
  });
</script>`;
const UNTOUCHED = { mutations: 0, messages: 0, errors: [], sameMarkup: true, sameBoxes: true, globals: [], sheets: 0 };

async function told(): Promise<unknown> {
  return JSON.parse(String(await firefox.inPage('return window.wrappedJSObject.told();')));
}

it('comes to an open tab with the grant, leaves it when the grant is taken back, and comes again', async () => {
  await open('<!doctype html><p>(415) 555-0100</p>');
  expect(await firefox.asPage(PAINTED)).toEqual([]);
  await sitesAre('add');
  await untilMarked(['(415) 555-0100']);
  await sitesAre('remove');
  await untilMarked([]);
  await sitesAre('add');
  await untilMarked(['(415) 555-0100']);
});

it('counts no mutation, no message, no new global, the same markup and boxes, and copies the same text', async () => {
  const body = `<p>Call <b>(415)</b> 555-0100 or 415-555-0101.</p><ul>${'<li>(415) 555-0102</li>'.repeat(20)}</ul>`;
  await open(`<!doctype html><head>${WITNESS}</head><body>${body}</body>`);
  await untilMarked(['(415) 555-0100', '415-555-0101', ...Array.from({ length: 20 }, () => '(415) 555-0102')]);
  expect(await told()).toEqual(UNTOUCHED);
  const copied = await firefox.inPage(
    `getSelection().selectAllChildren(document.querySelector('p')); return getSelection().toString();`,
  );
  expect(copied).toBe('Call (415) 555-0100 or 415-555-0101.');
});

it('keeps every painted range true through random edits of the page', async () => {
  await open('<!doctype html><main><p>(415) 555-0100</p></main>');
  await untilMarked(['(415) 555-0100']);
  // In each frame that a person could see: what is painted, where, and whether it is there twice. A fixed seed: the same edits each time.
  const seen = (await firefox.asPage(`
    let seed = 6;
    const random = (below) => (seed = (seed * 16807) % 2147483647) % below;
    const one = (list) => list[random(Math.max(1, list.length))];
    const words = ['call (415) 555-0101 now', '415-555-0102', '+1 212 ', '555 0123', 'Order ', '2015550123', ' and ', '(415) 555-0103 ext. 4', 'x', ''];
    const main = document.querySelector('main');
    const texts = () => {
      const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), found = [];
      while (walker.nextNode()) found.push(walker.currentNode);
      return found;
    };
    const edits = [
      (text, element, made) => element.insertBefore(made, one([...element.childNodes]) ?? null),
      (text) => { if (text) text.data = one(words); },
      (text, element) => { if (element !== main) element.remove(); },
      (text) => { if (text) main.append(text); },
      (text) => { if (text) text.splitText(random(text.length + 1)); },
      (text, element, made) => { if (text) { text.replaceWith(made); made.replaceChildren(text); } },
    ];
    const read = [];
    for (let burst = 0; burst < 30; burst++) {
      for (let step = 0; step < 5; step++) {
        const made = document.createElement(one(['p', 'b', 'span', 'code']));
        made.textContent = one(words);
        one([edits[0], ...edits])(one(texts()), one([main, ...main.querySelectorAll('*')]), made);
      }
      for (let frame = 0; frame < 6; frame++) {
        await new Promise((drawn) => requestAnimationFrame(drawn));
        const places = new Set();
        for (const { startContainer, startOffset, endContainer, endOffset } of CSS.highlights.get('holdfast') ?? []) {
          if (!startContainer.isConnected) continue;
          const order = texts();
          const place = [order.indexOf(startContainer), startOffset, order.indexOf(endContainer), endOffset].join();
          const range = document.createRange();
          try {
            range.setStart(startContainer, startOffset);
            range.setEnd(endContainer, endOffset);
            read.push((places.has(place) ? 'twice: ' : '') + range.toString());
          } catch {
            read.push('beyond its text');
          }
          places.add(place);
        }
      }
    }
    main.replaceChildren('ring 646-555-0177');
    return read;`)) as readonly string[];
  await untilMarked(['646-555-0177']);
  expect(new Set(seen).size).toBeGreaterThan(1);
  for (const text of new Set(seen))
    expect(readDialled(text, 'US'), text).toMatchObject({ kind: 'number', known: true });
});

it('shows a card that the page cannot look into, and takes it away without a trace', async () => {
  await open(`<!doctype html><head>${WITNESS}</head><p style="margin:60px">Call (415) 555-0100</p>`);
  await untilMarked(['(415) 555-0100']);
  const { x, y } = (await firefox.asPage(`
    const [{ startContainer, startOffset, endOffset }] = CSS.highlights.get('holdfast');
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(startContainer, endOffset);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };`)) as { x: number; y: number };
  const card = `const host = window.wrappedJSObject.document.querySelector('[popover]'); return host && { root: host.shadowRoot, inside: host.childNodes.length };`;
  await firefox.moveTo(x, y);
  const host = await patiently('the card comes', () => firefox.inPage(card));
  expect(host).toEqual({ root: null, inside: 0 });
  await firefox.moveTo(x + 5, y + 200);
  await patiently('the card goes', async () => (await firefox.inPage(card)) === null);
  expect(await told()).toMatchObject({ errors: [], sameMarkup: true, sameBoxes: true, globals: [], sheets: 0 });
});

it('keeps forms and editors byte for byte, whatever is typed into them', async () => {
  await open(`<!doctype html><p>(415) 555-0100</p><textarea id="t"></textarea><input id="i">
    <div id="e" contenteditable style="min-height:40px"></div>`);
  await untilMarked(['(415) 555-0100']);
  const words = ['(415) 555-0101', ' ', 'Tel. ', '+44 20 7946 0018', ',', '99', 'abc', '030 23125042'];
  // A fixed seed: the same typing each time.
  let seed = 7;
  const typed = Array.from({ length: 25 }, () => words[(seed = (seed * 16_807) % 2_147_483_647) % words.length] ?? '');
  const held = await firefox.inPage(
    `const held = [];
    for (const id of ['t', 'i', 'e']) {
      const field = document.getElementById(id);
      field.focus();
      for (const word of args[0]) {
        document.execCommand('insertText', false, word);
        await new Promise((frame) => requestAnimationFrame(frame));
      }
      held.push((field.value ?? field.textContent).replaceAll('\\u00a0', ' '));
    }
    return held;`,
    typed,
  );
  const text = typed.join('');
  expect(held).toEqual([text, text, text]);
  expect(await firefox.inPage(`return document.getElementById('e').querySelectorAll(':not(br)').length;`)).toBe(0);
  // A number that comes later and is marked shows that those in the fields had their time.
  await firefox.inPage(`document.querySelector('p').append(' or 415-555-0102');`);
  await untilMarked(['(415) 555-0100', '415-555-0102']);
});

it.each(Object.keys(frameworks) as Framework[])('lets a page of %s hydrate without a word', async (name) => {
  const { markup, client } = hydrations[name];
  await open(`<!doctype html><script>
    window.words = [];
    for (const loudness of ['warn', 'error']) console[loudness] = (...said) => words.push(said.join(' '));
    addEventListener('error', (event) => words.push(event.message));
  </script><div id="app">${markup}</div>`);
  await untilMarked(MARKS);
  await firefox.inPage(
    `const script = document.createElement('script');
    script.textContent = args[0];
    document.body.append(script);
    document.querySelector('button').click();`,
    client,
  );
  await patiently(
    'the button counts',
    async () => (await firefox.inPage(`return document.querySelector('button').textContent;`)) === '1',
  );
  await untilMarked(MARKS);
  expect(await firefox.inPage('return JSON.stringify(window.wrappedJSObject.words);')).toBe('[]');
});

it('marks a page that bends prototypes, freezes globals and has a strict policy, and breaks nothing there', async () => {
  await open(`<!doctype html><head>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'">
    ${WITNESS}<script>
    String.prototype.matchAll = () => []; RegExp.prototype.exec = () => null;
    Node.prototype.appendChild = () => { throw 1; }; Element.prototype.attachShadow = () => { throw 2; };
    Document.prototype.createElement = () => { throw 3; }; window.IntersectionObserver = null; window.MutationObserver = null;
    window.Highlight = null; window.requestIdleCallback = () => 0; Object.freeze(Object.prototype); Object.freeze(Array.prototype);
    </script></head><p>Call (415) 555-0100</p>`);
  await untilMarked(['(415) 555-0100']);
  expect(await told()).toEqual({ ...UNTOUCHED });
});

it('does nothing in a tab that nobody sees, and catches up when it is seen', async () => {
  const hidden = await open('<!doctype html><p>(415) 555-0100</p>');
  await untilMarked(['(415) 555-0100']);
  const seen = await open('<!doctype html><p>(415) 555-0101</p>');
  await untilMarked(['(415) 555-0101']);
  const lookAt = (handle: string): Promise<void> => firefox.switchTo(handle, { toFront: false });
  await lookAt(hidden);
  await patiently('it is hidden', () => firefox.asPage('return document.hidden;'));
  await firefox.asPage(`
    document.addEventListener('visibilitychange', () => { document.title = 'was seen'; });
    document.body.append('and 415-555-0102');`);
  // The same change in the tab that is seen, made later and marked, shows that the hidden one had its time.
  await lookAt(seen);
  await firefox.asPage(`document.body.append('and 415-555-0103');`);
  await untilMarked(['(415) 555-0101', '415-555-0103']);
  await lookAt(hidden);
  expect(await firefox.asPage('return document.title;')).toBe('');
  expect(await firefox.asPage(PAINTED)).toEqual(['(415) 555-0100']);
  await firefox.switchTo(hidden);
  await untilMarked(['(415) 555-0100', '415-555-0102']);
});

it('hears, when it comes back by the back button, what changed while it was away', async () => {
  const other = await openSite('<!doctype html><p>another page</p>');
  sites.push(other);
  const handle = await open('<!doctype html><p>(415) 555-0100</p>');
  await untilMarked(['(415) 555-0100']);
  const leaveAndReturn = async (meanwhile: () => Promise<void>): Promise<void> => {
    await firefox.asPage('window.left = true;');
    await firefox.goTo(other.url);
    await firefox.switchTo(desk);
    await meanwhile();
    await firefox.switchTo(handle);
    await firefox.goBack();
    // The very page that was left, and not another one of this address.
    expect(await firefox.asPage('return window.left;')).toBe(true);
  };
  await leaveAndReturn(() => store({ sites: { look: 'hover' } }));
  await patiently('it is found, and not underlined', () =>
    firefox.asPage(`return CSS.highlights.get('holdfast')?.size === 0;`),
  );
  await leaveAndReturn(() => store({ sites: { look: 'underline' } }));
  await untilMarked(['(415) 555-0100']);
});
