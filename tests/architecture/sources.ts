/** The project's own source files, as the checks read them: path from the root, and text. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Source {
  /** With forward slashes, from the root of the project. */
  readonly path: string;
  readonly text: string;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));

const FOLDERS = ['lib', 'components', 'entrypoints', 'gateway', 'scripts', 'tests'];
const SOURCE = /\.(ts|svelte)$/;

export function readSource(path: string): Source {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** Every TypeScript and Svelte file of the project, in a stable order. */
export function sources(): Source[] {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
      join(folder, path).replaceAll('\\', '/'),
    ),
  );
  const configs = readdirSync(root).filter((name) => name.endsWith('.ts'));
  return [...paths, ...configs]
    .filter((path) => SOURCE.test(path))
    .sort()
    .map(readSource);
}
