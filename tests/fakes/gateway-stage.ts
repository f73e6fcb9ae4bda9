/** A phone of real sockets and real packets against the real gateway. */

import { startGateway, type Gateway, type GatewayOptions } from '../../gateway/gateway';
import { Phone } from '../../lib/phone/index';
import type { ClientOptions } from '../../lib/phone/options';
import type { FinishedCall } from '../../lib/phone/model/finished-call';
import type { WrittenMessage } from '../../lib/phone/model/message';
import type { LineId } from '../../lib/phone/model/ids';
import type { CallView, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import type { LineSettings, Resume } from '../../lib/phone/settings';
import type { DialectName } from './dialects';
import { NodePlatform } from './node-platform';
import { lineSettings, settings } from './stage';

/** Generous: a busy machine takes seconds for what takes milliseconds on an idle one. */
const PATIENCE_MS = 25_000;

export class Actor {
  readonly platform = new NodePlatform();
  readonly phone: Phone;
  readonly ended: FinishedCall[] = [];
  readonly messages: WrittenMessage[] = [];
  resume: readonly Resume[] = [];

  constructor(
    gateway: Gateway,
    user: string,
    options: Partial<ClientOptions> = {},
    resume: readonly Resume[] = [],
    kind: DialectName = 'telnyx',
  ) {
    this.phone = new Phone({ ports: this.platform.ports });
    this.phone.events.on('ended', (call) => this.ended.push(call));
    this.phone.events.on('message', (message) => this.messages.push(message));
    this.phone.events.on('resume', (kept) => (this.resume = kept));
    // As in the extension, calls outlive the document.
    const kept = { hangupOnBeforeUnload: false, ...options };
    this.phone.start(settings([gatewayLine(gateway, user, kept, kind)]), resume);
  }

  get calls(): readonly CallView[] {
    return this.phone.snapshot().calls;
  }
  /** The newest call. */
  get call(): CallView {
    const call = this.calls.at(-1);
    if (!call) throw new Error('there is no call');
    return call;
  }
  /** Packets heard over all peers so far. */
  get packets(): number {
    return this.platform.peers.reduce((sum, peer) => sum + peer.packetsReceived, 0);
  }

  /** Resolves with the first snapshot of which this is true. */
  async until(what: string, holds: (snapshot: PhoneSnapshot) => boolean): Promise<PhoneSnapshot> {
    return waitUntil(`${this.phone.snapshot().lines[0]?.name}: ${what}`, () => {
      const snapshot = this.phone.snapshot();
      return holds(snapshot) ? snapshot : null;
    });
  }

  async ready(): Promise<this> {
    await this.until('is ready', ({ lines }) => lines[0]?.session.phase === 'ready');
    return this;
  }

  async phase(phase: CallView['state']['phase']): Promise<CallView> {
    await this.until(`its call is ${phase}`, ({ calls }) => calls.at(-1)?.state.phase === phase);
    return this.call;
  }

  async hearsMore(packets = 10): Promise<void> {
    const before = this.packets;
    await waitUntil('packets come', () => this.packets >= before + packets || null);
  }
}

/** An account of the gateway's, as a line that speaks the one dialect or the other. */
export function gatewayLine(
  gateway: Gateway,
  user: string,
  options: Partial<ClientOptions> = {},
  kind: DialectName = 'telnyx',
): LineSettings {
  const account = gateway.accounts.find((known) => known.user === user);
  const verto = { url: `ws://127.0.0.1:${gateway.port}/verto`, domain: '127.0.0.1', park: ['6001', '6002'] };
  const address = { rtcIp: '127.0.0.1', rtcPort: gateway.port };
  return lineSettings(
    { login: user, password: account?.password ?? '', ...(kind === 'verto' ? {} : address), ...options },
    {
      id: user as LineId,
      name: user,
      callerIds: [account?.number ?? ''],
      callerName: account?.name ?? '',
      kind,
      ...(kind === 'verto' ? { verto } : {}),
    },
  );
}

/** Waits for a condition, never for a time. */
export async function waitUntil<T>(what: string, look: () => T | null): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== null) return found;
    if (Date.now() > until) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export interface GatewayStage {
  readonly gateway: Gateway;
  actor(user: string, options?: Partial<ClientOptions>, resume?: readonly Resume[]): Actor;
  /** An actor whose line speaks that dialect. */
  over(dialect: DialectName, user: string, options?: Partial<ClientOptions>): Actor;
  /** The same over FreeSWITCH's dialect. */
  vertoActor(user: string, options?: Partial<ClientOptions>, resume?: readonly Resume[]): Actor;
  close(): Promise<void>;
}

export async function gatewayStage(options: GatewayOptions = {}): Promise<GatewayStage> {
  const gateway = await startGateway(options);
  const actors: Actor[] = [];
  const enter = (actor: Actor): Actor => {
    actors.push(actor);
    return actor;
  };
  return {
    gateway,
    actor: (user, clientOptions, resume) => enter(new Actor(gateway, user, clientOptions, resume)),
    over: (dialect, user, clientOptions) => enter(new Actor(gateway, user, clientOptions, [], dialect)),
    vertoActor: (user, clientOptions, resume) => enter(new Actor(gateway, user, clientOptions, resume, 'verto')),
    async close() {
      for (const actor of actors) actor.phone.close();
      await gateway.close();
    },
  };
}
