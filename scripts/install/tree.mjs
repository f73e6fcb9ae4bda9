/** Where things are in this project. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that running the project leaves behind, besides builds: reports, profiles, screenshots. Not under git. */
export const scratch = join(root, '.holdfast');

/** The script behind a package's command, to be run with Node: no shell, no PATH. */
export function bin(name, command = name) {
  const folder = join(root, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[command]);
}
