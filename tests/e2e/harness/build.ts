/** The extension as built for a browser, built anew where it is older than its sources; Vitest's global setup sees to it. */

import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureChromium } from '../../../scripts/install/chromium.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCES = ['lib', 'components', 'entrypoints', 'public', 'wxt.config.ts', 'package-lock.json'];
const FOLDERS = { chrome: '.output/chrome-mv3', firefox: '.output/firefox-mv2' } as const;

export async function setup(): Promise<void> {
  process.env['HOLDFAST_CHROMIUM'] ??= await ensureChromium();
  await builtFor('chrome');
  // Here, since two files would build it under one another.
  if (process.env['HOLDFAST_FIREFOX'] !== undefined) await builtFor('firefox');
}

/** The folder of the build. */
export async function builtFor(browser: keyof typeof FOLDERS): Promise<string> {
  const folder = join(root, FOLDERS[browser]);
  const written = Math.max(...(await Promise.all(SOURCES.map((path) => newest(join(root, path))))));
  if ((await newest(join(folder, 'manifest.json'))) < written) {
    const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs');
    await promisify(execFile)(process.execPath, [wxt, 'build', '-b', browser], { cwd: root });
  }
  return folder;
}

/** When the file, or the newest one in the folder, was written (epoch milliseconds); 0 where there is none. */
async function newest(path: string): Promise<number> {
  const facts = await stat(path).catch(() => null);
  if (!facts) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  const entries = await readdir(path);
  return Math.max(0, ...(await Promise.all(entries.map((entry) => newest(join(path, entry))))));
}
