/** A browser in a call with the echo: where every play of recovery begins, and what it leaves behind. */

import { until } from '../../../scripts/stage/until';
import type { Actor } from '../harness/actor';
import type { Theatre } from '../harness/theatre';

/** Resolves with the leg's id, once the gateway hears the voice. */
export async function callsTheEcho(alice: Actor, { gateway }: Theatre): Promise<string> {
  await alice.line('ready');
  await alice.ask('dial', { to: '2' });
  const leg = (await alice.call('active')).legs.id;
  await until('the gateway hears alice', () => (gateway.heard(leg)?.packets ?? 0) > 20);
  return leg;
}

/** Nothing is broken any more, no popup is open, and no call is left. */
export async function makesGood(alice: Actor, { gateway }: Theatre): Promise<void> {
  gateway.faults.clear();
  for (const page of alice.stage.context.pages()) if (page.url().includes('/popup.html')) await page.close();
  await alice.line('ready');
  await alice.endCalls();
}
