/** A web page cannot dial, not by clicks it makes up, not by messages, not by bending the ground under the script. */

import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { clickNumber, pointAt } from '../../scripts/stage/click';
import type { Actor } from './harness/actor';
import { signsIn } from './harness/dialects';
import { numbers, pageWith } from './harness/pages';
import { Theatre } from './harness/theatre';

let theatre: Theatre;
let alice: Actor;
let page: Page;
let before: number;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice');
  await signsIn(alice, theatre, 'telnyx');
});
afterEach(() => alice.endCalls());
afterAll(() => theatre.close());

async function open(script = ''): Promise<{ readonly x: number; readonly y: number }> {
  before = theatre.gateway.calls().length;
  const site = await theatre.site(pageWith(numbers.tone, script));
  page = await alice.stage.context.newPage();
  await page.goto(site.url);
  return pointAt(page, numbers.tone);
}

/** Nothing came of it so far: a trusted click now makes the first call of this page, and the only one. */
async function onlyATrustedClickCalls(): Promise<void> {
  expect(theatre.gateway.calls()).toHaveLength(before);
  await clickNumber(page, numbers.tone);
  const call = await alice.call('active');
  expect(theatre.gateway.calls()).toHaveLength(before + 1);
  expect(call.who.number).toBe('+14155550102');
  await page.close();
}

it('does not dial for clicks and keys that a script makes', async () => {
  const at = await open();
  await page.evaluate(({ x, y }) => {
    const target = document.elementFromPoint(x, y) ?? document.body;
    const how = { bubbles: true, cancelable: true, composed: true, clientX: x, clientY: y, button: 0, detail: 1 };
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick']) {
      const Kind = type.startsWith('pointer') ? PointerEvent : MouseEvent;
      for (const node of [target, document, window]) node.dispatchEvent(new Kind(type, how));
    }
    if (target instanceof HTMLElement) target.click();
    for (const type of ['keydown', 'keyup'])
      target.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', bubbles: true }));
  }, at);
  await onlyATrustedClickCalls();
});

it('does not dial for forged messages', async () => {
  await open();
  const answers = await page.evaluate(async (id) => {
    const dial = { to: 'page', call: 'dial', args: ['+14155550102'] };
    window.postMessage(dial, '*');
    window.postMessage({ to: 'engine', call: 'dial', args: [{ to: '2' }] }, '*');
    const runtime = (
      globalThis as { chrome?: { runtime?: { sendMessage?: (id: string, message: unknown) => Promise<unknown> } } }
    ).chrome?.runtime;
    if (!runtime?.sendMessage) return 'a page has no way to send';
    return Promise.resolve(runtime.sendMessage(id, dial)).catch((error: unknown) => String(error));
  }, alice.stage.id);
  expect(JSON.stringify(answers)).not.toContain('ok');
  await onlyATrustedClickCalls();
});

it('refuses a content script what only our own pages may ask', async () => {
  await open();
  const replies = await alice.stage.inContentScript(page, [
    { to: 'engine', call: 'dial', args: [{ to: '2' }] },
    { to: 'engine', call: 'report', args: [] },
    { to: 'background', call: 'dial', args: [{ to: '2' }] },
    { to: 'background', call: 'settings', args: [] },
    { to: 'page', call: 'settings', args: [] },
  ]);
  for (const reply of replies)
    expect(reply).toMatchObject({ failed: { reason: expect.stringMatching(/not-allowed|bad-message/) } });
  await onlyATrustedClickCalls();
});

it('is neither fooled nor broken by a page that bends prototypes and highlights', async () => {
  const at = await open(`
    Array.prototype.map = () => ['+14155550199'];
    String.prototype.replace = () => '+14155550199';
    Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true });
    MouseEvent.prototype.preventDefault = function () {};
    JSON.stringify = () => '{"to":"page","call":"dial","args":["+14155550199"]}';
    document.elementFromPoint = () => null;
    Object.freeze(Object.prototype);
  `);
  await page.evaluate(({ x, y }) => {
    const how = { bubbles: true, clientX: x, clientY: y };
    document.body.dispatchEvent(new MouseEvent('click', how));
    for (const highlight of CSS.highlights.values()) {
      const forged = document.createRange();
      forged.selectNodeContents(document.body);
      highlight.add(forged);
    }
    document.body.click();
  }, at);
  await onlyATrustedClickCalls();
});
