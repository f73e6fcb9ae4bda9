/** Firefox for the benchmark: each client in a Firefox of its own, so that no page of the other is before it. */

import { WebPages } from '../e2e/firefox/web-page';
import { serveClients } from './serve';
import type { Stage } from './stage';

export async function openFirefoxStage(): Promise<Stage> {
  const clients = await serveClients('./');
  const pages = await WebPages.ready();
  return {
    async page(name) {
      const { page, close } = await pages.open(`${clients.origin}/${name}`);
      // Firefox tells what a process holds, but not what of it one page's scripts keep alive.
      return { page, close, heap: () => Promise.resolve(null) };
    },
    async close() {
      await pages.close();
      await clients.close();
    },
  };
}
