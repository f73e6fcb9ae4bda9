/** Makes sure that what package-lock.json names is installed, and says nothing where it is. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { root } from './tree.mjs';

const OLDEST_NODE = 20;

export async function ensurePackages() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) throw new Error(`This needs Node ${OLDEST_NODE} or newer; here is ${process.version}.`);
  if (isInstalled()) return;
  console.log('installing packages (npm ci) …');
  const { code, output } = await npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  if (code !== 0) throw new Error(`npm ci failed:\n${output}`);
}

/** Compares the lock with npm's own record of what it put into node_modules. */
function isInstalled() {
  const wanted = lockedPackages('package-lock.json');
  const present = lockedPackages('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

function lockedPackages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return null;
  }
}

function npm(...args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return command(process.execPath, [script, ...args], { cwd: root });
  return command(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd: root });
}
