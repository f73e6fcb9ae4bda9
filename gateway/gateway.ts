/** The gateway in one piece: a server to call, for development, demonstrations and tests. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Account } from './accounts';
import { Accounts, defaultAccounts } from './accounts';
import type { BotServices, BotTiming } from './bot';
import { bots, botAt } from './bots/index';
import { ClientSocket } from './client-socket';
import { control } from './control';
import { Exchange } from './exchange';
import { Faults } from './faults';
import type { FrameRecord } from './frames';
import { FrameLog } from './frames';
import { Leg } from './leg';
import { Pacer } from './media/pacer';
import { warmUp } from './media/warm-up';
import type { Heard } from './media/ear';
import type { DialectName } from './speak/index';
import { Switchboard } from './switchboard';
import type { BotView, CallView, SessionView } from './views';
import { botView, callView, sessionView } from './views';

export interface GatewayOptions {
  /** 0 (the default) for any free port. */
  readonly port?: number;
  /** Loopback unless told otherwise. */
  readonly host?: string;
  readonly accounts?: readonly Account[];
  /** Between two pings of the server; 0 for none. 15 s unless told otherwise. */
  readonly pingMs?: number;
  /** How long a session and its answered calls outlive their socket. 120 s unless told otherwise. */
  readonly detachMs?: number;
  /** Keep calls that ring as well while their client is away. */
  readonly keepUnanswered?: boolean;
  /** Send our candidates one by one after the description, to clients of a dialect that can. */
  readonly trickle?: boolean;
  /** Spoken at the root path; /telnyx and /verto are always both there. Telnyx unless told otherwise. */
  readonly dialect?: DialectName;
  readonly timing?: Partial<BotTiming>;
}

export interface Gateway {
  /** For the client: `ws://127.0.0.1:PORT`. */
  readonly url: string;
  /** For control and observation: `http://127.0.0.1:PORT`. */
  readonly controlUrl: string;
  readonly port: number;
  readonly accounts: readonly Account[];
  readonly faults: Faults;
  /** Living calls, then ended ones. */
  calls(): readonly CallView[];
  sessions(): readonly SessionView[];
  /** Bots in a call, and what each of them hears. */
  bots(): readonly BotView[];
  frames(filter?: { readonly socket?: number; readonly since?: number }): readonly FrameRecord[];
  /** Called with each frame as it passes, until the returned function is called. */
  onFrame(watcher: (record: FrameRecord) => void): () => void;
  forgetFrames(): void;
  /** What came from the client on that leg; null for a call that nobody knows. `windowMs`: how far back to listen. */
  heard(callId: string, windowMs?: number): Heard | null;
  /** Starts the counts of `heard` anew. */
  resetHeard(callId: string): void;
  /** A bot calls an account, by name or number; the call ids that ring. */
  call(to: string, bot?: string): readonly string[];
  /** A login token for an account; a time in the past gives an expired one. */
  mintToken(user: string, ttlMs?: number): string;
  close(): Promise<void>;
}

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

  const services: BotServices = {
    pacer,
    timing,
    accountOf: (party) => (party instanceof Leg ? party.account : null),
    dropSocket: (party) => {
      if (party instanceof Leg) board.sessionWith(party)?.socket?.close();
    },
    callBack: (account, number) => {
      if (!closed) call(account.user, number);
    },
    converse: (party, params) => {
      if (party instanceof Leg) board.sessionWith(party)?.notify('ai_conversation', params);
    },
  };
  const exchange = new Exchange({
    accounts,
    pacer,
    services,
    sessionsOf: (account) => board.sessionsOf(account),
    noAnswerMs: timing.noAnswerMs,
    trickle: options.trickle ?? false,
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
