/** A Chromium whose microphone plays 1 kHz, and blank pages that carry the official SDK from its npm package. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { ensureChromium } from '../../scripts/install/chromium.mjs';
import { toneWav } from './wav';

const here = dirname(fileURLToPath(import.meta.url));
const sdk = join(dirname(createRequire(import.meta.url).resolve('@telnyx/webrtc/package.json')), 'lib', 'bundle.js');
const executablePath = await ensureChromium();

const blank = `<!doctype html><meta charset="utf-8"><title>Official SDK</title>
<audio id="remote" autoplay></audio><script src="/sdk.js"></script><script src="/in-page.js"></script>`;

export interface Stage {
  /** A fresh page in a browser profile of its own. */
  page(): Promise<Page>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  const microphone = join(folder, 'microphone.wav');
  await writeFile(microphone, toneWav(1000, 10));
  const files = new Map([
    ['/', { type: 'text/html', body: Buffer.from(blank) }],
    ['/sdk.js', { type: 'text/javascript', body: await readFile(sdk) }],
    ['/in-page.js', { type: 'text/javascript', body: await readFile(join(here, 'in-page.js')) }],
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
    async page() {
      const context = await browser.newContext();
      await context.grantPermissions(['microphone'], { origin });
      const page = await context.newPage();
      await page.goto(origin);
      return page;
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
