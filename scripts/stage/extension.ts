/**
 * A copy of the built extension for one stage. It differs from the build in one way: it may work on the given sites from the
 * start, and use the given permissions, as if the person had granted them, since no test can press the browser's own button.
 */

import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));

/** @param sites match patterns, `http://127.0.0.1/*` for instance; none leaves the build as it is. */
export async function stageExtension(
  into: string,
  sites: readonly string[],
  granted: readonly string[] = [],
): Promise<string> {
  await cp(BUILT, into, { recursive: true });
  if (sites.length > 0 || granted.length > 0) {
    const path = join(into, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { readonly permissions: readonly string[] };
    const permissions = [...manifest.permissions, ...granted];
    const hosts = sites.length > 0 ? { host_permissions: sites } : {};
    await writeFile(path, JSON.stringify({ ...manifest, ...hosts, permissions }, null, 2));
  }
  return into;
}
