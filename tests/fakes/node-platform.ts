/** The phone's platform in Node, with nothing faked but the devices: `ws` sockets, werift peers, real time unless hurried. */

import { randomUUID } from 'node:crypto';
import EventEmitter from 'eventemitter3';
import { WebSocket } from 'ws';
import { PhoneError } from '../../lib/phone/model/errors';
import type { Ports, Socket, SocketEvents } from '../../lib/phone/ports';
import { HurriedClock } from './hurried-clock';
import { FakePlatform } from './platform';
import { WeriftPeer } from './werift-peer';

class NodeSocket implements Socket {
  readonly events = new EventEmitter<SocketEvents>();
  constructor(readonly ws: WebSocket) {
    ws.on('message', (data) => {
      if (Buffer.isBuffer(data)) this.events.emit('text', data.toString());
    });
    ws.on('close', (code, reason) => this.events.emit('closed', code, reason.toString()));
    ws.on('error', () => undefined);
  }
  send(text: string): void {
    if (this.ws.readyState !== WebSocket.OPEN) throw new PhoneError('disconnected');
    this.ws.send(text);
  }
  close(code?: number): void {
    this.ws.close(code);
  }
}

export class NodePlatform {
  readonly fakes = new FakePlatform();
  readonly clock = new HurriedClock();
  readonly peers: WeriftPeer[] = [];
  readonly sockets: NodeSocket[] = [];
  #dead = false;

  readonly ports: Ports = {
    ...this.fakes.ports,
    clock: this.clock,
    random: Math.random,
    newId: randomUUID,
    openSocket: async (url, signal) => {
      if (this.#dead) throw new PhoneError('unreachable');
      const ws = new WebSocket(url);
      const socket = new NodeSocket(ws);
      await new Promise<void>((resolve, reject) => {
        ws.once('open', () => resolve());
        ws.once('error', (cause) => reject(new PhoneError('unreachable', { url }, { cause })));
        signal.addEventListener('abort', () => {
          ws.terminate();
          reject(PhoneError.from(signal.reason));
        });
      });
      this.sockets.push(socket);
      return socket;
    },
    createPeer: (options) => {
      const peer = new WeriftPeer(options);
      this.peers.push(peer);
      return peer;
    },
  };

  /** The document is destroyed: nothing is told to anybody, everything just ends. */
  die(): void {
    this.#dead = true;
    for (const { ws } of this.sockets) ws.terminate();
    for (const peer of this.peers) peer.close();
  }
}
