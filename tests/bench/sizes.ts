/** How much each document of the built extension loads, beside the official SDK alone. */

import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from './serve';

export interface Size {
  readonly name: string;
  readonly bytes: number;
  readonly gzip: number;
}

export async function librarySizes(): Promise<Size[]> {
  const official = join(
    dirname(createRequire(import.meta.url).resolve('@telnyx/webrtc/package.json')),
    'lib/bundle.js',
  );
  return [
    sizeOf('@telnyx/webrtc 2.27.10, lib/bundle.js', [await readFile(official)]),
    sizeOf('lib/phone with lib/phone/web', [Buffer.from(await bundle('library.ts'))]),
  ];
}

/** Every page and script of a built extension, with all that it loads at its start; empty where nothing is built. */
export async function entrypointSizes(folder: string): Promise<Size[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const entries = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /^[^/]+\.(?:html|js)$|^content-scripts\/.*\.js$/.test(name));
  return Promise.all(
    entries.toSorted().map(async (entry) => {
      const files = await loadedBy(folder, entry);
      return sizeOf(entry, await Promise.all(files.map((file) => readFile(join(folder, file)))));
    }),
  );
}

async function loadedBy(folder: string, entry: string): Promise<string[]> {
  const found = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = await readFile(join(folder, file), 'utf8');
    for (const [, address] of text.matchAll(/(?:src=|href=|from|import)\s*["'`]([^"'`]+\.(?:js|css))["'`]/g)) {
      if (address === undefined || /^\w+:/.test(address)) continue;
      waiting.push(address.startsWith('/') ? address.slice(1) : posix.join(posix.dirname(file), address));
    }
  }
  return [...found];
}

function sizeOf(name: string, parts: readonly Buffer[]): Size {
  const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);
  return { name, bytes: sum(parts.map(({ length }) => length)), gzip: sum(parts.map((part) => gzipSync(part).length)) };
}
