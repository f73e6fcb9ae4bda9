/** The official SDK as a client of the benchmark; its own bundle is in the page already. */

import type { Client, SignIn } from './client';
import { install, measureCall, sinceOpened } from './instruments';

interface OfficialCall {
  readonly id: string;
  readonly state: string;
  hangup(): unknown;
}
interface OfficialClient {
  readonly calls: Readonly<Record<string, OfficialCall>>;
  remoteElement: string;
  on(event: string, listener: (payload: unknown) => void): void;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  newCall(options: { readonly destinationNumber: string }): OfficialCall;
}
declare const TelnyxWebRTC: { readonly TelnyxRTC: new (options: object) => OfficialClient };

install();
let client: OfficialClient | null = null;

function current(): OfficialClient {
  if (client === null) throw new Error('not signed in');
  return client;
}

async function signIn({ url, user, password, trickle, iceServers }: SignIn): Promise<number> {
  const made = new TelnyxWebRTC.TelnyxRTC({ host: url, login: user, password, trickleIce: trickle, iceServers });
  client = made;
  made.remoteElement = 'remote';
  return new Promise((resolve, reject) => {
    made.on('telnyx.ready', () => resolve(sinceOpened()));
    made.on('telnyx.error', (error) => reject(new Error(JSON.stringify(error))));
    void made.connect();
  });
}

async function call(to: string): ReturnType<Client['call']> {
  const official = current();
  const measured = await measureCall(() => official.newCall({ destinationNumber: to }));
  for (const one of Object.values(official.calls)) one.hangup();
  while (Object.keys(official.calls).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  return measured;
}

async function signOff(): Promise<void> {
  await client?.disconnect();
  client = null;
}

globalThis.bench = { signIn, call, signOff };
