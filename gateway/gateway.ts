/** The gateway in one piece: a server to call, for development, demonstrations and tests. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { Accounts, defaultAccounts } from './accounts';
import type { BotServices, BotTiming } from './bot';
import { bots, botAt } from './bots/index';
import { ClientSocket } from './client-socket';
import { control } from './control';
import type { Gateway, GatewayOptions } from './door';
import { Exchange } from './exchange';
import { Faults } from './faults';
import { FrameLog } from './frames';
import { Leg } from './leg';
import { Pacer } from './media/pacer';
import { Rooms } from './rooms';
import { warmUp } from './media/warm-up';
import { Switchboard } from './switchboard';
import type { BotView, CallView, SessionView } from './views';
import { botView, callView, sessionView } from './views';

export type { Gateway, GatewayOptions } from './door';

const defaultTiming: BotTiming = {
  ringMs: 200,
  noAnswerMs: 30_000,
  slowRingMs: 3_000,
  hangUpAfterMs: 5_000,
  callBackMs: 2_000,
  dropAfterMs: 3_000,
  aloneMs: 10_000,
};

/** Resolves when it listens. */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const host = options.host ?? '127.0.0.1';
  const accounts = new Accounts(options.accounts ?? defaultAccounts);
  const frames = new FrameLog();
  const pacer = new Pacer();
  const timing = { ...defaultTiming, ...options.timing };
  let closed = false;

  const rooms = new Rooms(pacer);
  const services: BotServices = {
    pacer,
    timing,
    accountOf: (party) => (party instanceof Leg ? party.account : null),
    dropSocket: (party) => {
      // The answer first, which may still wait for its description.
      if (party instanceof Leg) party.afterwards(() => board.sessionWith(party)?.socket?.close());
    },
    callBack: (account, number) => {
      if (!closed) call(account.user, number);
    },
    converse: (party, params) => {
      if (party instanceof Leg) board.sessionWith(party)?.notify('ai_conversation', params);
    },
    rooms,
  };
  const exchange = new Exchange({
    accounts,
    pacer,
    services,
    sessionsOf: (account) => board.sessionsOf(account),
    noAnswerMs: timing.noAnswerMs,
    trickle: options.trickle ?? false,
    lacking: () => faults.lacking,
  });
  const board: Switchboard = new Switchboard(
    {
      accounts,
      keepUnanswered: options.keepUnanswered ?? false,
      region: 'local',
      dc: 'lo1',
      dialect: options.dialect ?? 'telnyx',
    },
    exchange,
    rooms.channels,
    () => faults,
  );
  const faults: Faults = new Faults(board, { detachMs: options.detachMs ?? 120_000 });

  function call(to: string, number = '1'): readonly string[] {
    const account = accounts.find(to);
    const bot = botAt(number);
    return account && bot ? exchange.callAccount(account, bot) : [];
  }

  const http = createServer((request, response) => control(request, response, gateway));
  const sockets = new WebSocketServer({ server: http, maxPayload: 1_000_000 });
  let serial = 0;
  let nextId = 100;
  sockets.on('connection', (ws, request) => {
    if (faults.down) {
      ws.terminate();
      return;
    }
    board.opened(
      new ClientSocket({
        ws,
        serial: ++serial,
        path: request.url ?? '/',
        frames,
        owner: board,
        nextId: () => ++nextId,
        pingMs: options.pingMs ?? 15_000,
      }),
    );
  });

  await warmUp();
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port ?? 0, host, resolve);
  });
  const address: AddressInfo | string | null = http.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const shown = host.includes(':') ? `[${host}]` : host;

  const gateway: Gateway = {
    url: `ws://${shown}:${port}`,
    controlUrl: `http://${shown}:${port}`,
    port,
    accounts: accounts.list,
    faults,
    calls: () => exchange.legs().map((leg) => callView(leg, board.sessionWith(leg))),
    sessions: () => board.sessions.map(sessionView),
    bots: () => exchange.bots().map(botView),
    frames: (filter) => frames.list(filter),
    onFrame: (watcher) => frames.watch(watcher),
    forgetFrames: () => frames.clear(),
    heard: (callId, windowMs) => exchange.leg(callId)?.audio.ear.heard(windowMs) ?? null,
    resetHeard: (callId) => exchange.leg(callId)?.audio.ear.resetCounts(),
    call,
    mintToken: (user, ttlMs = 86_400_000) => accounts.mint(user, ttlMs),
    async close() {
      if (closed) return;
      closed = true;
      board.forgetAll();
      pacer.close();
      sockets.close();
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
  return gateway;
}

export { bots };
export type { BotView, CallView, SessionView };
