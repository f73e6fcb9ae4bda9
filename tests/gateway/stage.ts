/** A gateway for one test file, swept clean after each test. */

import { afterAll, afterEach, beforeAll } from 'vitest';
import type { CallView, Gateway, GatewayOptions } from '../../gateway/gateway';
import { startGateway } from '../../gateway/gateway';
import type { Ear } from '../../gateway/media/ear';
import { Client, hangUpAll } from './client';

export interface Stage {
  readonly gateway: Gateway;
  signIn(user?: string, sessid?: string): Promise<Client>;
  /** To the path where FreeSWITCH's dialect is spoken. */
  signInVerto(user?: string, sessid?: string): Promise<Client>;
  connect(): Promise<Client>;
  connectVerto(): Promise<Client>;
  /** The newest state of a call; throws when the gateway never heard of it. */
  call(callId: string): CallView;
  /** The gateway's ear on that leg: what the client says. */
  ear(callId: string): Pick<Ear, 'heard'>;
}

export function useStage(options: GatewayOptions = {}): Stage {
  let gateway: Gateway | null = null;
  const clients: Client[] = [];
  const kept = (client: Client): Client => {
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    const timing = {
      ringMs: 20,
      slowRingMs: 300,
      hangUpAfterMs: 200,
      callBackMs: 50,
      dropAfterMs: 100,
      noAnswerMs: 60_000,
      aloneMs: 60_000,
    };
    gateway = await startGateway({ pingMs: 0, ...options, timing: { ...timing, ...options.timing } });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.cut();
    gateway?.faults.clear();
    gateway?.faults.restart();
    gateway?.forgetFrames();
    await hangUpAll();
  });
  afterAll(() => gateway?.close());

  const running = (): Gateway => {
    if (!gateway) throw new Error('the gateway does not run yet');
    return gateway;
  };
  return {
    get gateway() {
      return running();
    },
    signIn: async (user, sessid) => kept(await Client.signIn(running(), user, sessid)),
    signInVerto: async (user, sessid) => kept(await Client.signIn(running(), user, sessid, 'verto')),
    connect: async () => kept(await Client.connect(running())),
    connectVerto: async () => kept(await Client.connect(running(), '/verto', 'verto.')),
    call(callId) {
      const found = running()
        .calls()
        .find((call) => call.callId === callId);
      if (!found) throw new Error(`no call ${callId}`);
      return found;
    },
    ear: (callId) => ({
      heard(windowMs) {
        const heard = running().heard(callId, windowMs);
        if (!heard) throw new Error(`no call ${callId}`);
        return heard;
      },
    }),
  };
}
