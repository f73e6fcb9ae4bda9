/** A Chromium page with lib/phone/web bundled into it as `lab`; the tests of this folder run their plays there. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { ensureChromium } from '../../../scripts/install/chromium.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

export interface Lab {
  readonly page: Page;
  close(): Promise<void>;
}

/** `denied` is a person who answers no to the microphone question; `unasked` one who was never asked. */
export async function openLab(microphone: 'granted' | 'denied' = 'granted'): Promise<Lab> {
  const script = await bundle();
  const server = createServer((request, response) => {
    const isScript = request.url === '/lab.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><title>lab</title><script src="/lab.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...FLAGS, `--use-fake-ui-for-media-stream${microphone === 'denied' ? '=deny' : ''}`],
  });
  const context = await browser.newContext();
  if (microphone === 'granted') await context.grantPermissions(['microphone']);
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error('in the page:', error));
  // tsx and vite name functions through a helper that a page does not have.
  await page.addInitScript('globalThis.__name ??= (value) => value;');
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('./lab.ts', import.meta.url)), formats: ['iife'], name: 'labEntry' },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !('output' in first)) throw new Error('vite gave no bundle');
  return first.output[0].code;
}
