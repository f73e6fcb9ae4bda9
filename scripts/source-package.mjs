/**
 * `npm run sources`: unpacks the source package for Mozilla's reviewers, builds in it with what package-lock.json names and
 * nothing else, and compares that build with the package for Firefox, byte for byte.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { command } from './install/command.mjs';
import { bin, root } from './install/tree.mjs';

const LIMIT_MS = 300_000;
const output = join(root, '.output');

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-sources-'));
  try {
    for (const name of zips()) rmSync(join(output, name));
    await run('packing', process.execPath, [bin('wxt'), 'zip', '-b', 'firefox'], root);
    const [packed, sources] = [join(folder, 'package'), join(folder, 'sources')];
    await run('unpacking the package', 'unzip', ['-q', zip('-firefox.zip'), '-d', packed], root);
    await run('unpacking its sources', 'unzip', ['-q', zip('-sources.zip'), '-d', sources], root);
    await run('installing its packages', 'npm', ['ci', '--no-audit', '--no-fund'], sources);
    await run('building it', 'npm', ['run', 'build'], sources);
    const [ours, theirs] = [filesIn(packed), filesIn(join(sources, '.output/firefox-mv2'))];
    const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
    const other = names.filter((name) => !(ours.get(name)?.equals(theirs.get(name) ?? Buffer.alloc(0)) ?? false));
    if (other.length > 0) throw new Error(`not the same when built from the sources: ${other.join(', ')}`);
    console.log(`The sources build the package: ${String(names.length)} files, the same byte for byte.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(what, program, args, cwd) {
  const { code, output: said } = await command(program, args, { cwd, limitMs: LIMIT_MS });
  if (code !== 0) throw new Error(`${what} failed:\n${said}`);
}

function zips() {
  return readdirSync(output).filter((name) => name.endsWith('.zip'));
}

function zip(end) {
  const found = zips().find((name) => name.endsWith(end));
  if (found === undefined) throw new Error(`nothing was packed that ends with ${end}`);
  return join(output, found);
}

function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), readFileSync(path)];
    }),
  );
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
