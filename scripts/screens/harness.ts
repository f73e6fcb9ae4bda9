/** Builds the page that draws screens, serves it on this machine, and opens it in one Chromium. */

import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium, type Browser, type ConsoleMessage, type Page } from 'playwright';
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
  /** Timers stand still until they are told to run: `page.clock.runFor`. */
  readonly stopped?: boolean;
}

export interface Harness {
  /** Draws the case, lets it be used, and hands on what came of that. `thrown` grows by what the page throws or logs as an error. */
  draw<T>(name: string, view: View, use: (page: Page, thrown: readonly string[]) => Promise<T>): Promise<T>;
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
  const easels = new Easels(browser, addressOf(server));
  return {
    draw: (name, view, use) => easels.draw(name, view, use),
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

/** Pages to draw on. One is used again and again, since opening one costs more than drawing; a case leaves nothing behind but its document. */
class Easels {
  readonly #browser: Browser;
  readonly #root: string;
  /** Those not in use, by their kind. */
  readonly #idle = new Map<string, Page[]>();

  constructor(browser: Browser, root: string) {
    this.#browser = browser;
    this.#root = root;
  }

  async draw<T>(name: string, view: View, use: (page: Page, thrown: readonly string[]) => Promise<T>): Promise<T> {
    const { scale = 1, stopped = false } = view;
    const kind = `${String(scale)} ${String(stopped)}`;
    const page = this.#idle.get(kind)?.pop() ?? (await this.#open(scale, stopped));
    const thrown: string[] = [];
    const onError = (error: Error): unknown => thrown.push(`Threw: ${error.message}`);
    const onConsole = (message: ConsoleMessage): unknown =>
      message.type() === 'error' && thrown.push(`Said: ${message.text()}`);
    page.on('pageerror', onError);
    page.on('console', onConsole);
    try {
      await this.#show(page, name, view);
      return await use(page, thrown);
    } finally {
      page.off('pageerror', onError);
      page.off('console', onConsole);
      this.#idle.set(kind, [...(this.#idle.get(kind) ?? []), page]);
    }
  }

  async #open(deviceScaleFactor: number, stopped: boolean): Promise<Page> {
    const context = await this.#browser.newContext({ deviceScaleFactor, locale: 'en-US', timezoneId: 'UTC' });
    const page = await context.newPage();
    if (stopped) {
      await page.clock.install({ time: NOW - 60_000 });
      await page.clock.pauseAt(NOW);
    } else {
      await page.clock.setFixedTime(NOW);
    }
    return page;
  }

  async #show(page: Page, name: string, view: View): Promise<void> {
    await page.goto('about:blank');
    await page.mouse.move(0, 0);
    await page.setViewportSize({ width: view.width ?? 380, height: view.height ?? 600 });
    await page.emulateMedia({
      colorScheme: 'light',
      forcedColors: 'none',
      reducedMotion: view.reducedMotion === true ? 'reduce' : 'no-preference',
    });
    await page.goto(`${this.#root}?${queryFor(name, view).toString()}`);
    await page.locator('h1').first().waitFor({ state: 'attached' });
  }
}

function queryFor(name: string, view: View): URLSearchParams {
  const query = new URLSearchParams({ case: name, text: String(view.text ?? 100) });
  if (view.lang !== undefined) query.set('lang', view.lang);
  if (view.longer === true) query.set('longer', '');
  // The popup has one width; any other is a side panel's.
  if (view.width !== undefined && view.tab !== true) query.set('frame', 'sidepanel');
  return query;
}
