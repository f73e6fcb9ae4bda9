/** From an open socket to a line that may dial: login, clientReady, and the gateway's word that it registered us. */

import type { Connection } from './connection';
import type { Account, Agent, Dialect, GatewayState, KnownSession, ServerEvent } from './dialects/dialect';
import type { LegId } from './model/ids';
import { PhoneError } from './model/errors';
import type { Clock } from './ports';
import { readToken } from './token';

export interface SignedIn {
  readonly sessid: string;
  /** The legs that the server still has; null where it told no list. */
  readonly reattached: readonly LegId[] | null;
  readonly region: string | null;
  readonly dc: string | null;
}

export interface SignInOptions {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly account: Account;
  readonly known: KnownSession | null;
  readonly agent: Agent;
  readonly clock: Clock;
  random(): number;
  /** The session is known from here on: attaches may come, and be answered, before the line is ready. */
  onSession(sessid: string): void;
}

const READY_MS = 10_000;
/** Section 2.5 of the reference: asked again after a random whole number of seconds, two to six; five times. */
const POLLS = 5;
const POLL_LEAST_MS = 2000;
const POLL_SPREAD = 5;

/**
 * Throws `token-expired`, `login-refused` (the server said no), `not-registered` or `gateway-failed` (the server is up, the account behind it
 * is not), `timeout` or `disconnected`.
 */
export async function signIn(options: SignInOptions): Promise<SignedIn> {
  const { connection, dialect } = options;
  const ready = waitFor(options, (event) => (event.type === 'ready' ? event : null));
  try {
    const sessid = await login(options);
    options.onSession(sessid);
    const { reattached } = await ready.promise;
    if (dialect.afterSignIn === 'wait-for-ready') return { sessid, reattached, region: null, dc: null };
    const { region, dc } = await registered(connection, options);
    return { sessid, reattached, region, dc };
  } finally {
    ready.cancel();
  }
}

/**
 * One login request. Its result is the session's id. Throws `token-expired` where the token ran out meanwhile, and nothing is
 * said; `login-refused` where the server says no.
 */
export async function login({ connection, dialect, account, known, agent, clock }: SignInOptions): Promise<string> {
  const { credentials } = account;
  const expiresAt = credentials.kind === 'token' ? (readToken(credentials.token)?.expiresAt ?? null) : null;
  if (expiresAt !== null && expiresAt <= clock.now()) throw new PhoneError('token-expired', { expiresAt });
  const { method, params } = dialect.signIn(account, known, agent);
  try {
    return dialect.session(await connection.request(method, params));
  } catch (thrown) {
    const error = PhoneError.from(thrown);
    if (error.reason !== 'refused') throw error;
    throw new PhoneError('login-refused', error.facts, { cause: error });
  }
}

async function registered(
  connection: Connection,
  options: SignInOptions,
): Promise<{ region: string | null; dc: string | null }> {
  const { dialect, clock } = options;
  let last: GatewayState = 'trying';
  for (let poll = 1; ; poll += 1) {
    const answer = dialect.gateway(await connection.request(`${dialect.prefix}gatewayState`, {}));
    if (answer.state === 'registered') return answer;
    last = answer.state;
    if (last === 'failed') throw new PhoneError('gateway-failed');
    if (poll >= POLLS) throw new PhoneError('not-registered', { state: last, polls: poll });
    // The gateway may tell by itself before we ask again.
    const pushed = waitFor(options, (event) => (event.type === 'gateway' ? event : null), Infinity);
    const pause = POLL_LEAST_MS + Math.floor(options.random() * POLL_SPREAD) * 1000;
    let cancel: () => void = () => undefined;
    const waited = new Promise<null>((resolve) => {
      cancel = clock.after(pause, () => resolve(null));
    });
    try {
      const told = await Promise.race([waited, pushed.promise]);
      if (told?.state === 'registered') return { region: null, dc: null };
      if (told?.state === 'failed') throw new PhoneError('gateway-failed');
    } finally {
      cancel();
      pushed.cancel();
    }
  }
}

/** The first event that `pick` wants. Rejects when the connection closes, and with `timeout` at its deadline. */
function waitFor<T>(
  { connection, clock }: SignInOptions,
  pick: (event: ServerEvent) => T | null,
  deadlineMs = READY_MS,
): { readonly promise: Promise<T>; cancel(): void } {
  let cancel: () => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    const onEvent = (event: ServerEvent): void => {
      const picked = pick(event);
      if (picked === null) return;
      cancel();
      resolve(picked);
    };
    const cancelDeadline =
      deadlineMs === Infinity
        ? () => undefined
        : clock.after(deadlineMs, () => {
            cancel();
            reject(new PhoneError('timeout', { method: 'clientReady', afterMs: deadlineMs }));
          });
    const onClosed = (because: PhoneError): void => {
      cancel();
      reject(because);
    };
    cancel = () => {
      cancelDeadline();
      connection.events.off('event', onEvent);
      connection.events.off('closed', onClosed);
    };
    connection.events.on('event', onEvent);
    connection.events.on('closed', onClosed);
  });
  // Cancelled waits are nobody's to hear.
  promise.catch(() => undefined);
  return { promise, cancel };
}
