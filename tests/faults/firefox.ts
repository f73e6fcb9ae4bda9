/** Firefox for the fault tests: a lane is a Firefox of its own with one page. */

import { serveClients } from '../bench/serve';
import { WebPages } from '../e2e/firefox/web-page';
import type { Browser } from './browser';

export async function openFirefox(): Promise<Browser> {
  const clients = await serveClients('../faults/in-page/');
  const pages = await WebPages.ready();
  return {
    async open(client) {
      const { firefox, page, close } = await pages.open(`${clients.origin}/${client}`);
      const context = { setOffline: async (offline: boolean) => void (await firefox.inBrowser(OFFLINE, offline)) };
      return { page, context, close };
    },
    async close() {
      await pages.close();
      await clients.close();
    },
  };
}

/** What the developer tools do for "offline": no new socket is opened, and the page is told. */
const OFFLINE = `
  const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser');
  const { browsingContext } = gBrowser.selectedBrowser;
  if (!('forceOffline' in browsingContext)) throw new Error('this Firefox cannot be taken offline');
  browsingContext.forceOffline = args[0];`;
