/** Firefox for the violence: the page that lends the microphone is closed, the extension starts anew, or its process is killed. */

import { startGateway } from '../../gateway/gateway';
import { FirefoxActor } from '../e2e/firefox/actor';
import { patiently } from '../e2e/firefox/patience';
import { CONDITIONS } from './catalogue';
import { USER } from './lane';
import type { Victim } from './violence';

export async function openFirefoxVictim(): Promise<Victim> {
  const { keepUnanswered, slowRingMs } = CONDITIONS;
  const gateway = await startGateway({ keepUnanswered, timing: { slowRingMs, ringMs: 100 } });
  const person = await FirefoxActor.open(gateway, { user: USER });
  await person.grant();
  await person.openSidebar();
  const voiceIs = (lent: boolean): Promise<true> =>
    patiently(lent ? 'the voice is back' : 'the voice is away', async () => {
      const { calls } = await person.snapshot();
      return calls.every(({ state, voice }) => state.phase !== 'active' || voice === lent);
    });
  return {
    gateway,
    person,
    lines: async (): Promise<unknown> => {
      const kept = "return page.JSON.stringify(await page.browser.storage.local.get('lines'));";
      return JSON.parse(String(await person.windows.atDesk(kept)));
    },
    store: (items) => person.store(items),
    async strike(fault) {
      if (fault === 'extension started anew') await person.startAnew();
      else if (fault === 'process of extensions killed') await person.crash();
      else {
        await person.closeSidebar();
        await voiceIs(false);
      }
      await person.openSidebar();
      await voiceIs(true);
    },
    async close() {
      await person.close();
      await gateway.close();
    },
  };
}
