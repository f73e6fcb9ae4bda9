/** Nothing grants Firefox's microphone but its own prompt: the preference that would hide a refusal is set nowhere. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDERS = ['components', 'entrypoints', 'gateway', 'lib', 'public', 'scripts', 'tests'];
/** In two parts, so that this file does not hold it. */
const PREFERENCE = ['media.navigator', 'permission.disabled'].join('.');

it('sets no preference that gives the microphone without a question', () => {
  const files = [
    ...FOLDERS.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    ),
    ...['package.json', 'wxt.config.ts', 'vitest.config.ts'].map((name) => join(ROOT, name)),
  ];
  expect(files.some((file) => file.endsWith('e2e/firefox/firefox.ts'))).toBe(true);
  expect(files.filter((file) => readFileSync(file, 'utf8').includes(PREFERENCE))).toEqual([]);
});
