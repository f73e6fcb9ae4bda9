/** A whole call with the keyboard alone in the built popup, and what a screen reader is told of each change. */

import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { Theatre } from './harness/theatre';

let theatre: Theatre;
let alice: Actor;
let popup: Page;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice');
  await alice.line('ready');
  popup = await alice.popup();
  await listen();
});
afterAll(() => theatre.close());

declare global {
  interface Window {
    /** What the live regions said, in order. */
    said: { readonly text: string; readonly urgent: boolean }[];
  }
}

it('dials, sends keys, holds, passes on and hangs up, and says so', async () => {
  const { keyboard } = popup;
  // Nobody was ever called from here, so the field waits behind a word of welcome.
  await tabTo(/^Open keypad$/u);
  await keyboard.press('Enter');
  await until('the field has the focus', async () => /^Name or number$/u.test(await focused()));
  await keyboard.type('11');
  await keyboard.press('Enter');
  await hears('Connected to 11', { urgent: true });

  await keyboard.press('5');
  await keyboard.press('#');
  await until('both keys came through', () => living()?.digits.join('') === '5#');

  await keyboard.press('h');
  await hears('11 is on hold.');
  expect(living()?.held).toBe(true);
  await keyboard.press('h');
  await hears('Now talking to 11.');
  expect(living()?.held).toBe(false);

  await keyboard.press('t');
  await until('the sheet has the focus', async () => /^Name, number or extension$/u.test(await focused()));
  await keyboard.type('2');
  await tabTo(/^Ask first$/u);
  await keyboard.press('ArrowRight');
  await tabTo(/^Send 2$/u);
  await keyboard.press('Enter');
  await hears(/^Call passed on\./u, { urgent: true });
  expect(JSON.stringify(theatre.gateway.frames())).toContain('"action":"transfer","destination":"2"');

  await tabTo(/^Done$/u);
  await keyboard.press('Enter');
  await until('the field has the focus', async () => /^Name or number$/u.test(await focused()));
  await keyboard.type('2');
  await keyboard.press('Enter');
  await hears('Connected to 2', { urgent: true });
  await keyboard.press('Shift+E');
  await hears(/^Call ended/u, { urgent: true });
  await until('the gateway knows that it is over', () => living() === undefined);
});

it('answers, puts two calls together and ends them, and says so', async () => {
  const { keyboard } = popup;
  await tabTo(/^Done$/u);
  await keyboard.press('Enter');
  theatre.gateway.call('alice', '2');
  await hears('Incoming call from Tone.', { urgent: true });
  await popup.locator('.app:not([data-deaf])').waitFor();
  await keyboard.press('Enter');
  await hears('Connected to Tone', { urgent: true });

  await keyboard.press('+');
  await until('the field has the focus', async () => /^Name or number$/u.test(await focused()));
  await keyboard.type('10');
  await keyboard.press('Enter');
  await hears('Connected to 10', { urgent: true });
  await keyboard.press('j');
  await hears(/ joined the conversation\.$/u);
  await keyboard.press('Shift+E');
  await until('both are over', async () =>
    (await alice.snapshot()).calls.every(({ state }) => state.phase === 'ended'),
  );
  await hears(/^Call ended/u, { urgent: true });
});

/** Alice's call as the gateway has it. */
function living(): ReturnType<Theatre['gateway']['calls']>[number] | undefined {
  return theatre.gateway.calls().find(({ user, phase }) => user === 'alice' && phase !== 'ended');
}

/** Writes down whatever the two live regions say from now on. */
async function listen(): Promise<void> {
  await popup.locator('.vh[role="alert"]').waitFor({ state: 'attached' });
  await popup.evaluate(() => {
    window.said = [];
    for (const region of document.querySelectorAll('.vh[role="status"], .vh[role="alert"]')) {
      const urgent = region.getAttribute('role') === 'alert';
      const watch = new MutationObserver(() => window.said.push({ text: region.textContent ?? '', urgent }));
      watch.observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
}

/** Waits until that is said, and forgets it with what came before it. */
async function hears(wanted: string | RegExp, how: { readonly urgent: boolean } = { urgent: false }): Promise<void> {
  await until(`${String(wanted)} is said`, async () => {
    const said = await popup.evaluate(() => window.said);
    const at = said.findIndex(
      ({ text, urgent }) => urgent === how.urgent && (typeof wanted === 'string' ? text === wanted : wanted.test(text)),
    );
    if (at === -1) throw new Error(`so far: ${JSON.stringify(said)}`);
    await popup.evaluate((heard) => window.said.splice(0, heard), at + 1);
    return true;
  });
}

/** The name of what has the focus, as far as words and labels give it. */
function focused(): Promise<string> {
  return popup.evaluate(() => {
    const at = document.activeElement === document.body ? null : document.activeElement;
    const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : null;
    return (at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? '').replace(/\s+/gu, ' ').trim();
  });
}

/** Goes on by Tab until something of that name has the focus; round and round, since it may not be drawn yet. */
async function tabTo(name: RegExp): Promise<void> {
  await until(`Tab comes to ${String(name)}`, async () => {
    const passed: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      const here = await focused();
      if (name.test(here)) return true;
      passed.push(here);
      await popup.keyboard.press('Tab');
    }
    throw new Error(`on the way: ${passed.join(' | ')}`);
  });
}
