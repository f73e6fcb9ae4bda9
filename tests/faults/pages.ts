/** The pages of the fault tests on loopback: one with our client, one with the official SDK, each with the same instruments. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bundle } from '../bench/stage';

const OFFICIAL = join(dirname(createRequire(import.meta.url).resolve('@telnyx/webrtc/package.json')), 'lib/bundle.js');

export interface Pages {
  /** Each client's page stands at `<origin>/ours` and `<origin>/official`. */
  readonly origin: string;
  close(): Promise<void>;
}

export async function servePages(): Promise<Pages> {
  const scripts = new Map([
    ['/ours.js', await bundle('../faults/in-page/ours.ts')],
    // The instruments first: the SDK takes hold of the WebSocket as it loads.
    ['/official.js', `${await bundle('../faults/in-page/official.ts')};\n${await readFile(OFFICIAL, 'utf8')}`],
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
