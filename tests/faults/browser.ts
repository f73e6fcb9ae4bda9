/** One Chromium; each lane is a context of its own with one page, so that one lane's faults never touch another's. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright';
import { ensureChromium } from '../../scripts/install/chromium.mjs';
import { bundle } from '../bench/stage';

const FLAGS = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--js-flags=--expose-gc'],
  ...['--autoplay-policy=no-user-gesture-required', '--disable-backgrounding-occluded-windows'],
];
const OFFICIAL = join(dirname(createRequire(import.meta.url).resolve('@telnyx/webrtc/package.json')), 'lib/bundle.js');

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
  const scripts = new Map([
    ['/ours.js', await bundle('../faults/in-page/ours.ts')],
    // The instruments first: the SDK takes hold of the WebSocket as it loads.
    ['/official.js', `${await bundle('../faults/in-page/official.ts')};\n${await readFile(OFFICIAL, 'utf8')}`],
  ]);
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const script = scripts.get(path);
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? `<!doctype html><audio id="remote" autoplay></audio><script src="${path}.js"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
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
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
