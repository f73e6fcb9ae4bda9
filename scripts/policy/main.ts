/**
 * `npm run policy -- settings.json [--browser chrome|chromium|firefox] [--id …] [--write]`: what an administrator wrote, checked,
 * as the file that the browser of this machine reads; printed, or put where it belongs (Linux).
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { ADDON } from '../../lib/extension/addon';
import { BROWSERS, policyFile, type Browser } from './file';

const HELP = `npm run policy -- settings.json [--browser ${BROWSERS.join('|')}] [--id <id of the extension>] [--write]`;
const BUILD = new URL('../../.output/chrome-mv3/manifest.json', import.meta.url);

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    browser: { type: 'string', default: 'chromium' },
    id: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const [source] = positionals;
const browser = BROWSERS.find((known) => known === values.browser);

if (source === undefined || browser === undefined) fail(HELP);
const made = policyFile(readFileSync(source, 'utf8'), browser, values.id ?? idOf(browser));
if (!('file' in made)) fail(`These do not fit, and nothing was written:\n  ${made.faults.join('\n  ')}`);
const { path, text } = made.file;
if (!values.write) {
  process.stdout.write(text);
  process.stderr.write(`Its place on Linux: ${path}\n`);
} else if (process.platform !== 'linux') {
  fail('This system keeps policies elsewhere: docs/ADMINISTRATORS.md. Without --write the file is printed.');
} else {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o644 });
  process.stderr.write(`Written: ${path}\n`);
}

/** Chrome's id of a build is a hash of the key in its manifest, its digits spelled a to p. */
function idOf(of: Browser): string {
  if (of === 'firefox') return ADDON;
  try {
    const manifest: unknown = JSON.parse(readFileSync(BUILD, 'utf8'));
    const key = typeof manifest === 'object' && manifest !== null && 'key' in manifest ? manifest.key : null;
    if (typeof key !== 'string') throw new Error('the build has no key');
    const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
    return [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
  } catch {
    return fail('Give the id of the extension, as chrome://extensions shows it: --id …');
  }
}

function fail(words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}
