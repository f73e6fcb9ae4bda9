/** The extension as built for Firefox, built anew where it is older than its sources. */

import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const BUILT = join(root, '.output/firefox-mv2');
const SOURCES = ['lib', 'components', 'entrypoints', 'public', 'wxt.config.ts', 'package-lock.json'];

/** The folder of the build. */
export async function builtForFirefox(): Promise<string> {
  const written = Math.max(...(await Promise.all(SOURCES.map((path) => newest(join(root, path))))));
  if ((await newest(join(BUILT, 'manifest.json'))) < written) {
    const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs');
    await promisify(execFile)(process.execPath, [wxt, 'build', '-b', 'firefox'], { cwd: root });
  }
  return BUILT;
}

/** When the file, or the newest one in the folder, was written (epoch milliseconds); 0 where there is none. */
async function newest(path: string): Promise<number> {
  const facts = await stat(path).catch(() => null);
  if (!facts) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  const entries = await readdir(path);
  return Math.max(0, ...(await Promise.all(entries.map((entry) => newest(join(path, entry))))));
}
