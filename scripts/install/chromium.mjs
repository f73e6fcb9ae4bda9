/**
 * Finds a Chromium that loads extensions from a folder, or gets one. Google's own Chrome is no help: it stopped taking
 * extensions from the command line with version 137.
 */

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { aptInstall, mayUseApt } from './apt.mjs';
import { answers, command } from './command.mjs';
import { bin, root } from './tree.mjs';

/** The path of a Chromium that starts. Needs the npm packages. Throws with an instruction where none can be had. */
export async function ensureChromium() {
  const present = (await installed()) ?? (await playwrights());
  if (present) return present;
  if (await aptInstall('chromium', 'fonts-dejavu-core')) {
    const debians = await installed();
    if (debians) return debians;
  }
  console.log('downloading a Chromium (Playwright) …');
  const dependencies = (await mayUseApt()) ? ['--with-deps'] : [];
  await command(process.execPath, [bin('playwright'), 'install', ...dependencies, 'chromium'], {
    cwd: root,
    limitMs: 600_000,
  });
  const downloaded = await playwrights();
  if (downloaded) return downloaded;
  throw new Error(
    [
      'There is no Chromium here, and none could be installed. One of these will help:',
      '  - install Chromium with the package manager of your system (Debian: apt install chromium)',
      '  - npx playwright install --with-deps chromium',
      '  - set HOLDFAST_CHROMIUM to the path of a Chromium you have',
    ].join('\n'),
  );
}

async function installed() {
  const named = process.env.HOLDFAST_CHROMIUM;
  if (named) {
    if (await answers(named)) return named;
    throw new Error(`HOLDFAST_CHROMIUM is set to ${named}, which does not start.`);
  }
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  const onPath = ['chromium', 'chromium-browser'].flatMap((name) => folders.map((folder) => join(folder, name)));
  const macs = ['/Applications', join(homedir(), 'Applications')].map((folder) =>
    join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
  );
  return firstThatStarts([...onPath, ...macs]);
}

async function playwrights() {
  const { chromium } = await import('playwright');
  return firstThatStarts([chromium.executablePath()]);
}

async function firstThatStarts(paths) {
  for (const path of paths) if (existsSync(path) && (await answers(path))) return path;
  return null;
}
