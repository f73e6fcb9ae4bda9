/** One sign-in that outlives its sockets: the account, the socket of the moment, and the legs that belong to it. */

import { randomUUID } from 'node:crypto';
import type { Account } from './accounts';
import type { ClientSocket } from './client-socket';
import type { Fields } from './fields';
import type { Leg } from './leg';
import type { LegFacts, Speak, Verb } from './speak/speak';

export class Session {
  readonly id: string;
  readonly account: Account;
  readonly speak: Speak;
  /** Stickiness token (1.2 of the reference): without it no client resumes. */
  readonly stickyToken = `VSDK-${randomUUID()}`;
  readonly legs = new Map<string, Leg>();
  #socket: ClientSocket | null = null;
  #forgetting: NodeJS.Timeout | null = null;

  constructor(options: { readonly id: string | null; readonly account: Account; readonly speak: Speak }) {
    this.id = options.id ?? randomUUID();
    this.account = options.account;
    this.speak = options.speak;
  }

  get socket(): ClientSocket | null {
    return this.#socket?.open ? this.#socket : null;
  }

  bind(socket: ClientSocket): void {
    if (this.#forgetting) clearTimeout(this.#forgetting);
    this.#forgetting = null;
    this.#socket = socket;
    if (this.speak.sticky) socket.stickyToken = this.stickyToken;
    socket.startPings(`${this.speak.prefix}ping`);
  }

  /** The socket is gone: after `detachMs` without another one, `forget` runs. */
  detach(detachMs: number, forget: () => void): void {
    this.#socket = null;
    this.#forgetting = setTimeout(forget, detachMs);
  }

  end(): void {
    if (this.#forgetting) clearTimeout(this.#forgetting);
    this.#forgetting = null;
  }

  /** Resolves true when the client acknowledged; false at once while it is away. */
  async tell(verb: Verb | 'candidate' | 'endOfCandidates', facts: LegFacts, extra: Fields): Promise<boolean> {
    const socket = this.socket;
    if (!socket) return false;
    if (verb === 'ringing' && !this.speak.tellsRinging) return false;
    const params =
      verb === 'candidate' || verb === 'endOfCandidates'
        ? { callID: facts.callId, ...extra }
        : this.speak.tell(verb, facts, extra);
    return socket.tell(`${this.speak.prefix}${verb}`, params);
  }

  notify(method: string, params: Fields): void {
    void this.socket?.tell(method, params);
  }
}
