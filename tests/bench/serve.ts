/** The pages of both clients on loopback: one with ours, one with the official SDK, each with the same instruments. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const OFFICIAL = join(dirname(createRequire(import.meta.url).resolve('@telnyx/webrtc/package.json')), 'lib/bundle.js');

export interface Clients {
  /** Each client's page stands at `<origin>/ours` and `<origin>/official`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** @param folder where `ours.ts` and `official.ts` stand, seen from here, with a slash at its end */
export async function serveClients(folder: string): Promise<Clients> {
  const scripts = new Map([
    // The instruments first: the SDK takes hold of the WebSocket as it loads.
    ['/official.js', `${await bundle(`${folder}official.ts`)};\n${await readFile(OFFICIAL, 'utf8')}`],
    ['/ours.js', await bundle(`${folder}ours.ts`)],
  ]);
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const script = scripts.get(path);
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? `<!doctype html><audio id="remote" autoplay></audio><script src="${path}.js"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Minified, as it would be shipped; `entry` is seen from here. */
export async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['iife'], name: 'benchEntry' },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !('output' in first)) throw new Error('vite gave no bundle');
  return first.output[0].code;
}
