/** One Chromium with a page for each client, each bundled with the same instruments and nothing of the other. */

import { chromium, type CDPSession } from 'playwright';
import { ensureChromium } from '../../scripts/install/chromium.mjs';
import { serveClients } from './serve';

export type Name = 'official' | 'ours';
export const NAMES: readonly Name[] = ['official', 'ours'];

const FLAGS = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--js-flags=--expose-gc'],
  '--autoplay-policy=no-user-gesture-required',
];

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

export async function openStage(): Promise<Stage> {
  const clients = await serveClients('./');
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
