/** Firefox for the fault tests: a lane is a Firefox of its own with one page, its microphone allowed in the real prompt. */

import { ensureFirefox } from '../../scripts/install/firefox.mjs';
import { Firefox } from '../e2e/firefox/firefox';
import type { Browser, LaneWindow } from './browser';
import { servePages } from './pages';

export async function openFirefox(): Promise<Browser> {
  const binary = await ensureFirefox();
  if (binary === null) throw new Error('there is no Firefox, and none could be installed');
  const pages = await servePages();
  const open = new Set<Firefox>();
  return {
    async open(client) {
      const firefox = await Firefox.launch({ binary });
      open.add(firefox);
      await firefox.goTo(`${pages.origin}/${client}`);
      await firefox.inPage(ASK);
      await firefox.allowMicrophone({ remember: true });
      await firefox.inPage(ANSWERED);
      return windowOf(firefox, () => open.delete(firefox));
    },
    async close() {
      for (const firefox of open) await firefox.close();
      await pages.close();
    },
  };
}

function windowOf(firefox: Firefox, closed: () => void): LaneWindow {
  return {
    page: {
      async evaluate<R>(run: (given: never) => R, given?: unknown): Promise<R> {
        const said = await firefox.inPage(EVALUATE, run.toString(), JSON.stringify(given) ?? 'undefined');
        return (typeof said === 'string' ? JSON.parse(said) : undefined) as R;
      },
    },
    context: {
      setOffline: async (offline) => void (await firefox.inBrowser(OFFLINE, offline)),
    },
    async close() {
      closed();
      await firefox.close();
    },
  };
}

const ASK = `
  window.wrappedJSObject.eval(
    'globalThis.__name ??= (value) => value; globalThis.asked = navigator.mediaDevices.getUserMedia({ audio: true }); 0;'
  );`;
const ANSWERED = `
  await window.wrappedJSObject.eval('asked.then((stream) => stream.getTracks().forEach((track) => track.stop()))');`;

/** In the page's own world, as its scripts would; only JSON comes out. */
const EVALUATE = `
  return window.wrappedJSObject.eval(
    '(async () => JSON.stringify(await (' + args[0] + ')(' + args[1] + ')))()'
  );`;

/** What the developer tools do for "offline": no new socket is opened, and the page is told. */
const OFFLINE = `
  const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser');
  const { browsingContext } = gBrowser.selectedBrowser;
  if (!('forceOffline' in browsingContext)) throw new Error('this Firefox cannot be taken offline');
  browsingContext.forceOffline = args[0];`;
