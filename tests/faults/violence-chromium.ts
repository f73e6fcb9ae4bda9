/** Chromium for the violence: the worker is killed as the browser does, and so is the document that holds the calls. */

import { ensureChromium } from '../../scripts/install/chromium.mjs';
import { setup } from '../e2e/harness/build';
import { Theatre } from '../e2e/harness/theatre';
import { CONDITIONS } from './catalogue';
import { USER } from './lane';
import type { Victim } from './violence';

export async function openChromiumVictim(): Promise<Victim> {
  process.env['HOLDFAST_CHROMIUM'] ??= await ensureChromium();
  await setup();
  const { keepUnanswered, slowRingMs } = CONDITIONS;
  const theatre = await Theatre.open({ keepUnanswered, timing: { slowRingMs, ringMs: 100 } });
  const person = await theatre.actor(USER);
  return {
    gateway: theatre.gateway,
    person,
    lines: async () => (await person.stage.worker()).evaluate(() => chrome.storage.local.get('lines')),
    store: (items) => person.stage.store(items),
    async strike(fault) {
      await person.leaveDesk();
      if (fault === 'worker killed') await person.stage.killWorker();
      else await person.stage.engine.destroy();
    },
    close: () => theatre.close(),
  };
}
