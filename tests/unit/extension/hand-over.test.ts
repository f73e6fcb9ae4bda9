/** A number for the dial field, or a person's page, goes to the phone that is open in the person's window, else to the popup that opens. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { contentScript, fakeBrowser, otherExtension, own, sendAs, tell } from './browser';
import { handOver, receive, showPerson, takeHandedOver, type HandedOver } from '../../../lib/extension/hand-over';
import { dialField, personShown } from '../../../lib/extension/memory';

const LINK = 'tel:+14155550102';
const page = { visibilityState: 'visible' };
let received: HandedOver[];
let opened: number;

beforeEach(() => {
  fakeBrowser.reset();
  received = [];
  opened = 0;
  page.visibilityState = 'visible';
  vi.stubGlobal('document', page);
  Object.assign(fakeBrowser.action, { openPopup: async () => void (opened += 1) });
  lastUsed(1);
  sendAs(own);
});
afterEach(() => vi.unstubAllGlobals());

function lastUsed(id: number): void {
  Object.assign(fakeBrowser.windows, { getLastFocused: async () => ({ id }) });
}

/** A phone that stands open in that window. */
async function phoneIn(id: number): Promise<() => void> {
  Object.assign(fakeBrowser.windows, { getCurrent: async () => ({ id }) });
  const stop = receive((what) => received.push(what));
  await Promise.resolve();
  return stop;
}

const toPopup = { received: [], opened: 1, kept: LINK };
const toPhone = { received: [{ text: LINK }], opened: 0, kept: null };
async function handed(): Promise<object> {
  await handOver(LINK);
  return { received, opened, kept: await dialField.getValue() };
}

it('goes to the phone in the window that was used last, and opens nothing', async () => {
  await phoneIn(2);
  await phoneIn(1);
  expect(await handed()).toEqual(toPhone);
});

it('waits for the popup where no phone is open', async () => {
  expect(await handed()).toEqual(toPopup);
});

it('waits for the popup where the phone stands in another window', async () => {
  await phoneIn(2);
  expect(await handed()).toEqual(toPopup);
});

it('waits for the popup where nobody sees the phone, or it was closed', async () => {
  const stop = await phoneIn(1);
  page.visibilityState = 'hidden';
  expect(await handed()).toEqual(toPopup);
  page.visibilityState = 'visible';
  stop();
  expect(await handed()).toEqual({ ...toPopup, opened: 2 });
});

it('waits for the popup where the browser names no window', async () => {
  await phoneIn(1);
  Object.assign(fakeBrowser.windows, { getLastFocused: () => Promise.reject(new Error('no window')) });
  expect(await handed()).toEqual(toPopup);
});

it('shows a person where a phone is open, else in the popup, once', async () => {
  const person = { number: '204', name: 'Jo Tanaka' };
  await showPerson(person);
  expect([received, opened, await personShown.getValue()]).toEqual([[], 1, person]);
  expect(await takeHandedOver()).toEqual({ person });
  expect(await takeHandedOver()).toBeNull();
  await phoneIn(1);
  await showPerson(person);
  expect([received, opened, await personShown.getValue()]).toEqual([[{ person }], 1, null]);
});

it('has what waits taken once', async () => {
  await handOver(LINK);
  expect(await takeHandedOver()).toEqual({ text: LINK });
  expect(await takeHandedOver()).toBeNull();
});

it('takes no number from a web page, from another extension, or in another shape', async () => {
  await phoneIn(1);
  const message = { handed: { what: { text: LINK }, window: 1 } };
  for (const sender of [contentScript, otherExtension]) expect(await tell(message, sender)).toEqual([]);
  for (const other of [null, 'x', {}, { handed: null }, { handed: { what: { text: LINK } } }])
    expect(await tell(other, own)).toEqual([]);
  const person = { person: { number: 204, name: null } };
  for (const what of [null, 7, {}, { text: 7 }, person, { person: null }, { person: { number: '204' } }])
    expect(await tell({ handed: { what, window: 1 } }, own)).toEqual([]);
  expect(received).toEqual([]);
});
