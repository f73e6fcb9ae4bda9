/** The call goes on when everything around it goes away, and what comes back finds it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickNumber } from '../../scripts/stage/click';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { DIALECTS, signsIn } from './harness/dialects';
import { numbers, pageWith } from './harness/pages';
import { Theatre } from './harness/theatre';

/** Opus frames last 20 ms: fifty a second, less what a loaded machine loses. */
const FLOWING = 40;

let theatre: Theatre;
let alice: Actor;

describe.each(DIALECTS)('over %s', (dialect) => {
  beforeAll(async () => {
    theatre = await Theatre.open();
    alice = await theatre.actor('alice', { speaks: 1_000, settings: { options: { hangupOnBeforeUnload: true } } });
    await signsIn(alice, theatre, dialect);
  });
  afterAll(() => theatre.close());

  it('keeps the call without the popup, without the page and without the service worker', async () => {
    const site = await theatre.site(pageWith(numbers.echo));
    const page = await alice.stage.context.newPage();
    await page.goto(site.url);
    await clickNumber(page, numbers.echo);
    const call = await alice.call('active');
    await alice.hears(1_000);
    const before = await alice.stage.engine.counters();

    const popup = await alice.popup();
    await popup.getByRole('button', { name: /^End/ }).waitFor();
    await popup.close();
    await flows();

    await page.close();
    await alice.leaveDesk();
    await flows();

    await alice.stage.killWorker();
    for (let second = 0; second < 3; second += 1) await flows();
    await alice.hears(1_000);
    // All of it over the peer and the line that it had from the first: nothing was lost meanwhile, and nothing mended.
    const after = await alice.stage.engine.counters();
    const [came, lost] = [after.packetsReceived - before.packetsReceived, after.packetsLost - before.packetsLost];
    expect(lost / (came + lost)).toBeLessThan(1 - FLOWING / 50);
    expect(theatre.gateway.calls()).toMatchObject([
      { callId: call.legs.id, phase: 'answered', audio: { returns: { kept: 0, rebuilt: 0 } } },
    ]);

    const reopened = await alice.popup();
    const timer = reopened.getByText(/^\d+:\d\d$/).first();
    await until('the timer tells how long they have talked', async () => {
      const from = (Date.now() - call.state.since) / 1_000;
      const shown = seconds(await timer.innerText());
      const to = (Date.now() - call.state.since) / 1_000;
      return shown > from - 2 && shown < to + 2;
    });

    await reopened.getByRole('button', { name: /^End/ }).click();
    await alice.call('ended');
    await until('the gateway knows of the end', () => theatre.gateway.calls().every(({ phase }) => phase === 'ended'));
  });

  it('ends the call with the last window, where the person wants that', async () => {
    await alice.ask('dial', { to: '2' });
    const { legs } = await alice.call('active');
    const worker = await alice.stage.worker();
    // The browser may be gone before it answers.
    await worker
      .evaluate(async () => {
        for (const { id } of await chrome.windows.getAll()) if (id !== undefined) await chrome.windows.remove(id);
      })
      .catch(() => undefined);
    await until('the gateway is told that the call is over', () =>
      theatre.gateway.frames().some(({ direction, frame }) => {
        const said = direction === 'in' ? JSON.stringify(frame) : '';
        return said.includes('.bye"') && said.includes(legs.id);
      }),
    );
  });
});

/** The sound comes as fast as it is spoken, in the next second that this machine has time for it. */
async function flows(): Promise<void> {
  await until('the sound flows', async () => (await alice.stage.engine.packetsPerSecond()) > FLOWING);
}

function seconds(timer: string): number {
  const [minutes = 0, rest = 0] = timer.split(':').map(Number);
  return minutes * 60 + rest;
}
