/** Packs the extension once more and compares: what the store gets can be made again from the source by anybody. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../install/command.mjs';
import { bin, root } from '../install/tree.mjs';

const output = join(root, '.output');

/** Those of an earlier run. */
export function forgetPackages() {
  for (const name of zips()) rmSync(join(output, name));
}

/** Of those that were just made. */
export async function packagesAreReproducible() {
  const first = hashes();
  if (Object.keys(first).length < 3)
    throw new Error(`expected a package for each browser and the sources, got ${Object.keys(first).join(', ')}`);
  forgetPackages();
  for (const browser of ['chrome', 'firefox']) await pack(browser);
  const second = hashes();
  const changed = Object.keys(first).filter((name) => first[name] !== second[name]);
  if (changed.length > 0) throw new Error(`not the same when built again: ${changed.join(', ')}`);
}

async function pack(browser) {
  const { code, output: said } = await command(process.execPath, [bin('wxt'), 'zip', '-b', browser], {
    cwd: root,
    limitMs: 120_000,
  });
  if (code !== 0) throw new Error(`wxt zip for ${browser} failed:\n${said}`);
}

function hashes() {
  const hashOf = (name) =>
    createHash('sha256')
      .update(readFileSync(join(output, name)))
      .digest('hex');
  return Object.fromEntries(zips().map((name) => [name, hashOf(name)]));
}

function zips() {
  if (!existsSync(output)) return [];
  return readdirSync(output)
    .filter((name) => name.endsWith('.zip'))
    .sort();
}
