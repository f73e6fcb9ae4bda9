/** Firefox for the fault tests: a lane is a Firefox of its own with one page. */

import { ensureFirefox } from '../../scripts/install/firefox.mjs';
import { Firefox } from '../e2e/firefox/firefox';
import { openWebPage } from '../e2e/firefox/web-page';
import type { Browser } from './browser';
import { serveClients } from '../bench/serve';

export async function openFirefox(): Promise<Browser> {
  const binary = await ensureFirefox();
  if (binary === null) throw new Error('there is no Firefox, and none could be installed');
  const pages = await serveClients('../faults/in-page/');
  const open = new Set<Firefox>();
  return {
    async open(client) {
      const firefox = await Firefox.launch({ binary });
      open.add(firefox);
      return {
        page: await openWebPage(firefox, `${pages.origin}/${client}`),
        context: { setOffline: async (offline) => void (await firefox.inBrowser(OFFLINE, offline)) },
        async close() {
          open.delete(firefox);
          await firefox.close();
        },
      };
    },
    async close() {
      for (const firefox of open) await firefox.close();
      await pages.close();
    },
  };
}

/** What the developer tools do for "offline": no new socket is opened, and the page is told. */
const OFFLINE = `
  const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser');
  const { browsingContext } = gBrowser.selectedBrowser;
  if (!('forceOffline' in browsingContext)) throw new Error('this Firefox cannot be taken offline');
  browsingContext.forceOffline = args[0];`;
