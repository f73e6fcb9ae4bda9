/**
 * A copy of the built extension for one stage. It differs from the build in one way: it may work on the given sites from the
 * start, as if the person had granted them, since no test can press the browser's own permission button.
 */

import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));

/** @param sites match patterns, `http://127.0.0.1/*` for instance; none leaves the build as it is. */
export async function stageExtension(into: string, sites: readonly string[]): Promise<string> {
  await cp(BUILT, into, { recursive: true });
  if (sites.length > 0) {
    const path = join(into, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    await writeFile(path, JSON.stringify({ ...manifest, host_permissions: sites }, null, 2));
  }
  return into;
}
