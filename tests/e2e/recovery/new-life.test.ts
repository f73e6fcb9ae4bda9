/** The extension is updated, or the browser started again, in the middle of a call. */

import { afterEach, expect, it } from 'vitest';
import { until } from '../../../scripts/stage/until';
import type { CallView } from '../../../lib/phone/model/snapshot';
import type { Actor } from '../harness/actor';
import { Theatre } from '../harness/theatre';

let theatre: Theatre;
afterEach(() => theatre.close());

/** What the history holds, newest last. */
async function history(actor: Actor): Promise<readonly { readonly id: string; readonly outcome: string }[]> {
  const page = await actor.stage.page('options.html');
  const calls = await page.evaluate(
    () =>
      new Promise<{ id: string; outcome: string }[]>((resolve) => {
        const opening = indexedDB.open('holdfast');
        // Not made by the extension yet: leave that to it.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onerror = () => resolve([]);
        opening.onsuccess = () => {
          const { result: database } = opening;
          const reading = database.transaction('calls').objectStore('calls').getAll();
          reading.onsuccess = () => {
            database.close();
            resolve(reading.result as { id: string; outcome: string }[]);
          };
        };
      }),
  );
  await page.close();
  return calls;
}

async function talking(actor: Actor): Promise<CallView> {
  await actor.line('ready');
  await actor.ask('dial', { to: '2' });
  const call = await actor.call('active');
  await until('the call is kept', async () => {
    const worker = await actor.stage.worker();
    const kept = await worker.evaluate(() => chrome.storage.local.get('resume'));
    return JSON.stringify(kept).includes(call.legs.id) && !JSON.stringify(kept).includes('"answeredAt":null');
  });
  return call;
}

it('takes its call back after the extension was updated', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice');
  const { id, legs } = await talking(alice);
  await alice.leaveDesk();
  await alice.stage.reload();
  const call = await until(
    'the call is back',
    async () => {
      const found = (await alice.snapshot()).calls.find((one) => one.id === id);
      return found?.state.phase === 'active' && found.sound === 'flowing' ? found : null;
    },
    60_000,
  );
  expect(call).toMatchObject({ rejoined: true, muted: true, legs });
  expect(theatre.gateway.calls()[0]?.audio.returns.rebuilt).toBe(1);
});

it('is back on its call after the browser was started again', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice');
  const { id, legs } = await talking(alice);
  const again = await theatre.restart(alice);
  const call = await until(
    'the call is back',
    async () => {
      const found = (await again.snapshot()).calls.find((one) => one.id === id);
      return found?.state.phase === 'active' && found.sound === 'flowing' ? found : null;
    },
    60_000,
  );
  expect(call).toMatchObject({ rejoined: true, muted: true, legs });
  await again.hears(440);
});

it('lists the call as lost after the browser was started again too late', async () => {
  theatre = await Theatre.open();
  const alice = await theatre.actor('alice');
  const { id } = await talking(alice);
  theatre.gateway.faults.setDetachMs(0);
  const again = await theatre.restart(alice);
  await again.line('ready');
  const listed = await until('the call is listed', async () => (await history(again)).find((one) => one.id === id));
  expect(listed).toMatchObject({ outcome: 'lost', number: '2' });
  const worker = await again.stage.worker();
  expect(JSON.stringify(await worker.evaluate(() => chrome.storage.local.get('lines')))).toContain('alice');
});
