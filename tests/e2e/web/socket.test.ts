/** The socket adapter against a real WebSocket server. */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { openLab, type Lab } from './browser';

let chromium: Lab;
let server: WebSocketServer;
let url: string;
beforeAll(async () => {
  chromium = await openLab();
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `ws://127.0.0.1:${address.port}/`;
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text === 'bye') socket.close(4_001, 'told to');
      else if (text === 'binary') socket.send(new Uint8Array(3));
      else socket.send(`heard ${text}`);
    });
  });
});
afterAll(async () => {
  server.close();
  await chromium.close();
});

it('carries text, ignores what is binary, and closes once with the code of the server', async () => {
  const seen = await chromium.page.evaluate(async (url) => {
    const socket = await lab.ports.openSocket(url, new AbortController().signal);
    const texts: string[] = [];
    const closed: unknown[] = [];
    socket.events.on('text', (text) => texts.push(text));
    socket.events.on('closed', (code, reason) => closed.push([code, reason]));
    for (const text of ['binary', 'one', 'bye']) socket.send(text);
    await lab.until('closed', () => closed.length > 0);
    socket.close();
    let refused: unknown = null;
    try {
      socket.send('two');
    } catch (thrown) {
      refused = thrown instanceof Error && 'reason' in thrown ? thrown.reason : thrown;
    }
    return { texts, closed, refused };
  }, url);
  expect(seen).toEqual({ texts: ['heard one'], closed: [[4_001, 'told to']], refused: 'disconnected' });
});

it('survives a listener that throws', async () => {
  const texts = await chromium.page.evaluate(async (url) => {
    const socket = await lab.ports.openSocket(url, new AbortController().signal);
    const texts: string[] = [];
    const before = lab.logged.length;
    socket.events.on('text', (text) => {
      texts.push(text);
      throw new Error('a listener');
    });
    socket.send('one');
    socket.send('two');
    await lab.until('both', () => texts.length === 2);
    socket.close(1_000, 'done');
    return [texts, lab.logged.slice(before).filter(({ level }) => level === 'error').length];
  }, url);
  expect(texts).toEqual([['heard one', 'heard two'], 2]);
});

it('is closed after a second when the close is never answered, even with a code that may not be sent', async () => {
  const mute = createServer((connection) => {
    connection.once('data', (request) => {
      const key = /sec-websocket-key: (\S+)/i.exec(String(request))?.[1] ?? '';
      connection.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
          `Sec-WebSocket-Accept: ${acceptOf(key)}\r\n\r\n`,
      );
    });
  });
  mute.listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const address = mute.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const closed = await chromium.page.evaluate(async (port) => {
    const socket = await lab.ports.openSocket(`ws://127.0.0.1:${port}/`, new AbortController().signal);
    const closed: unknown[] = [];
    socket.events.on('closed', (code, reason) => closed.push([code, reason]));
    socket.close(1_006, 'not a code to send');
    socket.close();
    await lab.until('closed', () => closed.length > 0);
    return closed;
  }, address.port);
  mute.close();
  expect(closed).toEqual([[null, 'no close frame came']]);
});

/** RFC 6455, section 4.2.2. */
function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

it('is unreachable where nothing listens, and where the address is none', async () => {
  const errors = await chromium.page.evaluate(async () => {
    const open = (url: string): Promise<unknown> =>
      lab.ports
        .openSocket(url, new AbortController().signal)
        .catch((thrown: unknown) =>
          thrown instanceof Error && 'reason' in thrown && 'facts' in thrown ? [thrown.reason, thrown.facts] : thrown,
        );
    return [await open('ws://127.0.0.1:9/path?secret=1'), await open('ftp://127.0.0.1/')];
  });
  expect(errors[0]).toEqual(['unreachable', { host: '127.0.0.1:9', code: 1_006 }]);
  expect(errors[1]).toMatchObject(['unreachable', { host: null }]);
});

it('aborts with the reason of the signal, before and while it opens', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const reasons = await chromium.page.evaluate(async (url) => {
    const abort = new AbortController();
    const opening = lab.ports.openSocket(url, abort.signal).catch((thrown: unknown) => thrown);
    abort.abort('too late');
    const again = lab.ports.openSocket(url, abort.signal).catch((thrown: unknown) => thrown);
    return [await opening, await again];
  }, `ws://127.0.0.1:${address.port}/`);
  silent.close();
  expect(reasons).toEqual(['too late', 'too late']);
});
