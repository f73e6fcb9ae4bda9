/** Builds the page that draws screens, serves it on this machine, and opens it in one Chromium. */

import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium, type Browser, type Page } from 'playwright';
import { build, preview, type PreviewServer } from 'vite';
import { ensureChromium } from '../install/chromium.mjs';
import { NOW } from './data';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** A folder of this process's own: two may draw at once. */
const BUILT = fileURLToPath(new URL(`../../.holdfast/screens-page/${String(process.pid)}`, import.meta.url));

export interface View {
  /** Device pixels to a CSS pixel. */
  readonly scale?: number;
  readonly width?: number;
  readonly height?: number;
  /** Percent of the browser's usual size. */
  readonly text?: number;
  /** Words 40% longer, as in other languages. */
  readonly longer?: boolean;
  readonly reducedMotion?: boolean;
  /** The words of that language, `fr` for instance; English without. Nobody presses anything then: what is pressed is named in English. */
  readonly lang?: string;
  /** A page in a tab, whose width is a window's. */
  readonly tab?: boolean;
}

export interface Harness {
  /** A fresh page with the case drawn; close its context. */
  open(name: string, view?: View): Promise<Page>;
  close(): Promise<void>;
}

export async function startHarness(): Promise<Harness> {
  const settings = {
    root: HERE,
    configFile: false as const,
    logLevel: 'error' as const,
    plugins: [svelte({ configFile: false })],
    resolve: { alias: { 'wxt/browser': `${HERE}browser.ts` }, conditions: ['browser'] },
    build: { outDir: BUILT, emptyOutDir: true, target: 'chrome123', minify: false },
  };
  await build(settings);
  const server = await preview({ ...settings, preview: { port: 0, host: '127.0.0.1' } });
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    executablePath: await ensureChromium(),
  });
  return {
    open: (name, view = {}) => open(browser, addressOf(server), name, view),
    async close() {
      await browser.close();
      await server.close();
      await rm(BUILT, { recursive: true, force: true });
    },
  };
}

function addressOf(server: PreviewServer): string {
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The preview server has no port.');
  return `http://127.0.0.1:${address.port}/`;
}

async function open(browser: Browser, root: string, name: string, view: View): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: view.width ?? 380, height: view.height ?? 600 },
    deviceScaleFactor: view.scale ?? 1,
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    reducedMotion: view.reducedMotion === true ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  const query = new URLSearchParams({ case: name, text: String(view.text ?? 100) });
  if (view.lang !== undefined) query.set('lang', view.lang);
  if (view.longer === true) query.set('longer', '');
  // The popup has one width; any other is a side panel's.
  if (view.width !== undefined && view.tab !== true) query.set('frame', 'sidepanel');
  await page.goto(`${root}?${query.toString()}`);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  return page;
}
