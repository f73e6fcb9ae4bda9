/** Firefox for the benchmark: each client in a Firefox of its own, so that no page of the other is before it. */

import { ensureFirefox } from '../../scripts/install/firefox.mjs';
import { Firefox } from '../e2e/firefox/firefox';
import { openWebPage } from '../e2e/firefox/web-page';
import { serveClients } from './serve';
import type { Stage } from './stage';

export async function openFirefoxStage(): Promise<Stage> {
  const binary = await ensureFirefox();
  if (binary === null) throw new Error('there is no Firefox, and none could be installed');
  const clients = await serveClients('./');
  const open = new Set<Firefox>();
  return {
    async page(name) {
      const firefox = await Firefox.launch({ binary });
      open.add(firefox);
      return {
        page: await openWebPage(firefox, `${clients.origin}/${name}`),
        // Firefox tells what a process holds, but not what of it one page's scripts keep alive.
        heap: () => Promise.resolve(null),
        async close() {
          open.delete(firefox);
          await firefox.close();
        },
      };
    },
    async close() {
      for (const firefox of open) await firefox.close();
      await clients.close();
    },
  };
}
