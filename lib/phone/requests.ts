/** What is asked of the server over the line as it stands: with the session's id, and after signing in anew where it wants that. */

import type { Connection } from './connection';
import type { Params } from './dialects/dialect';
import { PhoneError } from './model/errors';

export interface RequestsOptions {
  /** What each verb's name begins with. */
  readonly prefix: string;
  /** The connection that may be spoken over; null where there is none. */
  live(): Connection | null;
  /** The session's id, once there is one. */
  sessid(): string | undefined;
  /** Throws like any request. */
  signInAgain(connection: Connection): Promise<void>;
}

/** The server's word for "sign in first" (reference, section 2.7). */
const AUTHENTICATION_REQUIRED = -32000;

export class Requests {
  readonly #options: RequestsOptions;
  #signingIn: Promise<void> | null = null;

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  /**
   * One request. Where the server says that we must sign in first, we do, once, and ask again.
   * Throws `disconnected`, `timeout` or `refused`.
   */
  async ask(verb: string, params: Params, deadlineMs?: number): Promise<unknown> {
    const { prefix, sessid, signInAgain } = this.#options;
    const connection = this.#live();
    const request = (): Promise<unknown> =>
      connection.request(`${prefix}${verb}`, { sessid: sessid(), ...params }, deadlineMs);
    try {
      return await request();
    } catch (thrown) {
      const error = PhoneError.from(thrown);
      if (error.reason !== 'refused' || error.facts['code'] !== AUTHENTICATION_REQUIRED) throw error;
      this.#signingIn ??= signInAgain(connection).finally(() => {
        this.#signingIn = null;
      });
      await this.#signingIn;
      return request();
    }
  }

  /** With a method of its own, without prefix and session (`ai_conversation`). Throws like {@link ask}. */
  async askPlain(method: string, params: Params): Promise<unknown> {
    return this.#live().request(method, params);
  }

  /** With a method of its own, and asks for no reply. Throws `disconnected`. */
  notifyPlain(method: string, params: Params): void {
    this.#live().notify(method, params);
  }

  /** A frame of its own shape that asks for nothing back (`debug_report_…`); lost where there is no line. */
  tell(members: Params): void {
    this.#options.live()?.tell(members);
  }

  #live(): Connection {
    const connection = this.#options.live();
    if (!connection) throw new PhoneError('disconnected');
    return connection;
  }
}
