/** One Chromium; each lane is a context of its own with one page, so that one lane's faults never touch another's. */

import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright';
import { ensureChromium } from '../../scripts/install/chromium.mjs';
import { serveClients } from '../bench/serve';

const FLAGS = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--js-flags=--expose-gc'],
  ...['--autoplay-policy=no-user-gesture-required', '--disable-backgrounding-occluded-windows'],
];

/** What a lane needs of a window, in whichever browser. */
export interface LaneWindow {
  readonly page: {
    evaluate<R>(run: () => R | Promise<R>): Promise<R>;
    evaluate<R, A>(run: (given: A) => R | Promise<R>, given: A): Promise<R>;
  };
  readonly context: { setOffline(offline: boolean): Promise<void> };
  close(): Promise<void>;
}
export interface Browser<W extends LaneWindow = LaneWindow> {
  open(client: 'ours' | 'official'): Promise<W>;
  close(): Promise<void>;
}

export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly cdp: CDPSession;
  close(): Promise<void>;
}
export interface Chromium {
  open(client: 'ours' | 'official'): Promise<Window>;
  close(): Promise<void>;
}

export async function openChromium(): Promise<Chromium> {
  const { origin, close } = await serveClients('../faults/in-page/');
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: FLAGS });
  return {
    async open(client) {
      const context = await browser.newContext();
      await context.grantPermissions(['microphone'], { origin });
      const page = await context.newPage();
      await page.addInitScript('globalThis.__name ??= (value) => value;');
      await page.goto(`${origin}/${client}`);
      const cdp = await context.newCDPSession(page);
      return { context, page, cdp, close: () => context.close() };
    },
    async close() {
      await browser.close();
      await close();
    },
  };
}
