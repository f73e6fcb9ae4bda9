/** The official SDK in a page; its own bundle is there already. */

import type { Basics, Sight } from './client';
import { install, left, mark, measured, quietMs, stopMeasuring } from './instruments';

interface OfficialCall {
  readonly id: string;
  readonly state: string;
  readonly direction: 'inbound' | 'outbound';
  hangup(): unknown;
}
interface OfficialClient {
  readonly calls: Readonly<Record<string, OfficialCall>>;
  remoteElement: string;
  on(event: string, listener: () => void): void;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  newCall(options: { readonly destinationNumber: string }): OfficialCall;
}
declare const TelnyxWebRTC: { readonly TelnyxRTC: new (options: object) => OfficialClient };

install();
let client: OfficialClient | null = null;
let ready = false;
let markedAt = 0;
let awayAt: number | null = null;
let backAt: number | null = null;

function current(): OfficialClient {
  if (client === null) throw new Error('not signed in');
  return client;
}

const seen = ({ id, state, direction }: OfficialCall): Sight['calls'][number] => ({
  ...{ id, leg: id, renewed: false, direction: direction === 'inbound' ? 'in' : 'out', phase: state },
  ...{ held: state === 'held', sound: 'unknown', signalling: 'unknown', cause: null },
});

const player: Basics = {
  signIn({ url, user, password, keepAlive, iceServers, relayOnly }) {
    client = new TelnyxWebRTC.TelnyxRTC({
      ...{ host: url, login: user, password, trickleIce: true, iceServers, forceRelayCandidate: relayOnly },
      keepConnectionAliveOnSocketClose: keepAlive,
    });
    client.remoteElement = 'remote';
    client.on('telnyx.ready', () => {
      ready = true;
      if (awayAt !== null) backAt ??= performance.now();
    });
    client.on('telnyx.socket.close', () => {
      ready = false;
      [awayAt, backAt] = [awayAt ?? performance.now(), null];
    });
    void client.connect();
  },
  look: () => ({
    line: ready ? 'ready' : 'away',
    quietMs: quietMs(),
    signallingMs: awayAt === null ? 0 : backAt === null ? null : Math.round(backAt - markedAt),
    calls: Object.values(current().calls).map(seen),
  }),
  dial(to) {
    current().newCall({ destinationNumber: to });
  },
  hangUp(id) {
    current().calls[id]?.hangup();
  },
  async mark() {
    await mark();
    markedAt = performance.now();
    awayAt = backAt = null;
  },
  measured,
  async signOff() {
    await client?.disconnect();
    client = null;
    stopMeasuring();
    return left();
  },
};
Object.assign(globalThis, { play: player });
