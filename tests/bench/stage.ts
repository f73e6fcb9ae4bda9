/** One Chromium with a page for each client, each bundled with the same instruments and nothing of the other. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type CDPSession } from 'playwright';
import { build } from 'vite';
import { ensureChromium } from '../../scripts/install/chromium.mjs';

export type Name = 'official' | 'ours';
export const NAMES: readonly Name[] = ['official', 'ours'];

const FLAGS = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--js-flags=--expose-gc'],
  '--autoplay-policy=no-user-gesture-required',
];

const OFFICIAL = join(dirname(createRequire(import.meta.url).resolve('@telnyx/webrtc/package.json')), 'lib/bundle.js');

export interface Stage {
  page(name: Name): Promise<BenchPage>;
  close(): Promise<void>;
}
export interface BenchPage {
  readonly page: {
    evaluate<R>(run: () => R | Promise<R>): Promise<R>;
    evaluate<R, A>(run: (given: A) => R | Promise<R>, given: A): Promise<R>;
  };
  /** Bytes of live JavaScript objects after a forced collection; null where the browser does not tell. */
  heap(): Promise<number | null>;
  close(): Promise<void>;
}

/** The page of each client stands at `<origin>/<name>`. */
export async function serveClients(): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const scripts = new Map([
    // The instruments first: the SDK takes hold of the WebSocket as it loads.
    ['/official.js', `${await bundle('official.ts')};\n${await readFile(OFFICIAL, 'utf8')}`],
    ['/ours.js', await bundle('ours.ts')],
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
  return {
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function openStage(): Promise<Stage> {
  const clients = await serveClients();
  const executablePath = await ensureChromium();
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    async page(name) {
      const context = await browser.newContext();
      await context.grantPermissions(['microphone'], { origin: clients.origin });
      const page = await context.newPage();
      await page.addInitScript('globalThis.__name ??= (value) => value;');
      await page.goto(`${clients.origin}/${name}`);
      const session = await context.newCDPSession(page);
      return { page, heap: () => heapOf(session), close: () => context.close() };
    },
    async close() {
      await browser.close();
      await clients.close();
    },
  };
}

async function heapOf(session: CDPSession): Promise<number> {
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** Minified, as it would be shipped. */
export async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['iife'], name: 'benchEntry' },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !('output' in first)) throw new Error('vite gave no bundle');
  return first.output[0].code;
}
