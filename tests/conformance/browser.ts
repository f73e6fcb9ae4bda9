/** A Chromium whose microphone plays 1 kHz, and blank pages that carry the official SDK from its npm package, or ours. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { build } from 'vite';
import { ensureChromium } from '../../scripts/install/chromium.mjs';
import { toneWav } from './wav';

const here = dirname(fileURLToPath(import.meta.url));
const sdk = join(dirname(createRequire(import.meta.url).resolve('@telnyx/webrtc/package.json')), 'lib', 'bundle.js');
const executablePath = await ensureChromium();

export type Which = 'official' | 'ours';

const SCRIPTS: Readonly<Record<Which, string>> = { official: '/sdk.js', ours: '/ours.js' };

function blank(which: Which): Buffer {
  const scripts = ['/instruments.js', SCRIPTS[which], '/in-page.js'].map((src) => `<script src="${src}"></script>`);
  return Buffer.from(
    `<!doctype html><meta charset="utf-8"><title>${which}</title><audio id="remote" autoplay></audio>${scripts.join('')}`,
  );
}

export interface Stage {
  /** Where the pages and {@link StageOptions.files} are served. */
  readonly origin: string;
  /** A fresh page in a browser profile of its own; the official SDK unless told otherwise. */
  page(which?: Which): Promise<Page>;
  close(): Promise<void>;
}

export interface StageOptions {
  /** More files to serve, by their paths. */
  readonly files?: ReadonlyMap<string, { readonly type: string; readonly body: Buffer }>;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  const microphone = join(folder, 'microphone.wav');
  await writeFile(microphone, toneWav(1000, 10));
  const files = new Map([
    ['/official', { type: 'text/html', body: blank('official') }],
    ['/ours', { type: 'text/html', body: blank('ours') }],
    ['/ours.js', { type: 'text/javascript', body: Buffer.from(await bundle('ours.ts')) }],
    ['/instruments.js', { type: 'text/javascript', body: await readFile(join(here, 'instruments.js')) }],
    ['/sdk.js', { type: 'text/javascript', body: await readFile(sdk) }],
    ['/in-page.js', { type: 'text/javascript', body: await readFile(join(here, 'in-page.js')) }],
    ...(options.files ?? []),
  ]);
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '/');
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' });
    response.end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  const browser: Browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
    ],
  });
  return {
    origin,
    async page(which = 'official') {
      const context = await browser.newContext();
      await context.grantPermissions(['microphone'], { origin });
      const page = await context.newPage();
      // vite names functions through a helper that a page does not have.
      await page.addInitScript('globalThis.__name ??= (value) => value;');
      await page.goto(`${origin}/${which}`);
      return page;
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry: join(here, entry), formats: ['iife'], name: 'entry' } },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !('output' in first)) throw new Error('vite gave no bundle');
  return first.output[0].code;
}
