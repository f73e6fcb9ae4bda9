/** Everything that can be made to go wrong, in one place: by a test in this process or by an HTTP request on loopback. */

import type { CauseName } from './causes';
import type { ClientSocket, RpcError } from './client-socket';
import type { Credentials } from './speak/speak';
import type { StopUntil } from './media/leg-audio';

/** Which clients a fault is for: all of them unless narrowed. */
export interface Target {
  /** Account name. */
  readonly user?: string;
  readonly sessid?: string;
  /** Serial of a socket, as in the frame log. */
  readonly socket?: number;
}

export interface Refusal extends Target {
  /** With or without prefix: `telnyx_rtc.invite` or `invite`; `login`. */
  readonly method: string;
  readonly code?: number;
  readonly message?: string;
  readonly times?: number;
}

export interface Withholding extends Target {
  readonly method: string;
  readonly times?: number;
}

/**
 * What a call that comes about from now on is without. `path`: descriptions are whole, and nothing passes where they lead.
 * `full-ice`: checks are answered from everywhere and sound takes the client's first candidate alone: connected, and silent
 * where ICE found another pair, which is how a live FreeSWITCH looks to a browser on several networks.
 */
export type Lack = 'codec' | 'ice' | 'certificate' | 'path' | 'full-ice';

/** What faults need to reach; the switchboard provides it. */
export interface Reach {
  sockets(target: Target): readonly ClientSocket[];
  punt(socket: ClientSocket): void;
  /** Throws away sessions and calls without a word, and cuts every socket. */
  forgetAll(): void;
  /** Calls by id; all of them without one. */
  stopMedia(callId: string | null, until: StopUntil): void;
  resumeMedia(callId: string | null): void;
  hangUp(callId: string, cause: CauseName): boolean;
  owns(socket: ClientSocket, target: Target): boolean;
}

interface Counted<T> {
  readonly what: T;
  left: number;
}

export interface FaultOptions {
  readonly detachMs: number;
}

export class Faults {
  readonly #reach: Reach;
  readonly #refusals: Counted<Refusal>[] = [];
  readonly #withheld: Counted<Withholding>[] = [];
  readonly #gatewayStates: string[] = [];
  readonly #defaults: FaultOptions;
  #attachCredentials: Credentials | null = null;
  #detachMs: number;
  #down = false;
  #attachFirst: boolean | null = null;
  #skipAttach = false;
  #lacking: Lack | null = null;

  constructor(reach: Reach, defaults: FaultOptions) {
    this.#reach = reach;
    this.#defaults = defaults;
    this.#detachMs = defaults.detachMs;
  }

  /** Null: as the dialect does. */
  get attachCredentials(): Credentials | null {
    return this.#attachCredentials;
  }

  get detachMs(): number {
    return this.#detachMs;
  }

  get down(): boolean {
    return this.#down;
  }

  get attachFirst(): boolean | null {
    return this.#attachFirst;
  }

  get skipAttach(): boolean {
    return this.#skipAttach;
  }

  get lacking(): Lack | null {
    return this.#lacking;
  }

  /** What new calls are without; null is nothing. `codec` counts for calls that a client makes. */
  lack(what: Lack | null): void {
    this.#lacking = what;
  }

  /** Closes sockets: with a close frame of that code, or (no code, or 1006) by cutting TCP. Returns how many. */
  close(target: Target & { readonly code?: number; readonly reason?: string } = {}): number {
    return this.#each(target, (socket) => socket.close(target.code, target.reason));
  }

  /** `in`: we read nothing more; `out`: we send nothing more; `none`: alive again. The socket stays open. */
  halfDead(target: Target & { readonly direction?: 'in' | 'out' | 'both' | 'none' } = {}): number {
    const direction = target.direction ?? 'both';
    return this.#each(target, (socket) => {
      socket.faults.deaf = direction === 'in' || direction === 'both';
      socket.faults.dumb = direction === 'out' || direction === 'both';
    });
  }

  /** Every frame to the client comes this much later, in order. 0 ends it. */
  delay(target: Target & { readonly ms: number }): number {
    return this.#each(target, (socket) => {
      socket.faults.delayMs = target.ms;
    });
  }

  /** The next `times` frames to the client are sent twice. */
  duplicate(target: Target & { readonly times?: number } = {}): number {
    return this.#each(target, (socket) => {
      socket.faults.duplicate += target.times ?? 1;
    });
  }

  /** The next frame to the client is sent after the one that follows it; `times` such pairs. */
  reorder(target: Target & { readonly times?: number } = {}): number {
    return this.#each(target, (socket) => {
      socket.faults.reorder += target.times ?? 1;
    });
  }

  /** The next request of that method gets an error. */
  refuse(refusal: Refusal): void {
    this.#refusals.push({ what: refusal, left: refusal.times ?? 1 });
  }

  /** The next request of that method is neither answered nor acted on. */
  withhold(withholding: Withholding): void {
    this.#withheld.push({ what: withholding, left: withholding.times ?? 1 });
  }

  /** "Signed in elsewhere": a punt, then close 1000. */
  punt(target: Target = {}): number {
    return this.#each(target, (socket) => this.#reach.punt(socket));
  }

  /** The server is killed and started again: sockets cut, sessions and calls forgotten. */
  restart(): void {
    this.#reach.forgetAll();
  }

  /** While down, each new socket is cut before anything is said, and the ones that are open now. */
  setDown(down: boolean): void {
    this.#down = down;
    if (down) this.close();
  }

  /**
   * The media path dies. `resumed` comes back with `resumeMedia`, `restarted` with an ICE restart as well, and with `replaced`
   * only a new transport has sound.
   */
  stopMedia(how: { readonly callId?: string; readonly until?: StopUntil } = {}): void {
    this.#reach.stopMedia(how.callId ?? null, how.until ?? 'resumed');
  }

  resumeMedia(how: { readonly callId?: string } = {}): void {
    this.#reach.resumeMedia(how.callId ?? null);
  }

  /**
   * How legs are offered to a client that comes back. `same` credentials (a server that kept its transport), `renewed`
   * ones, or `new` ones with a new fingerprint; `first`: before clientReady; `skip`: listed but never offered.
   */
  attach(how: { readonly credentials?: Credentials; readonly first?: boolean; readonly skip?: boolean }): void {
    this.#attachCredentials = how.credentials ?? this.#attachCredentials;
    this.#attachFirst = how.first ?? this.#attachFirst;
    this.#skipAttach = how.skip ?? this.#skipAttach;
  }

  /** Answers to the next gatewayState requests, one each: UNREGED, NOREG, FAIL_WAIT, FAILED, TRYING, EXPIRED... */
  gatewayStates(states: readonly string[]): void {
    this.#gatewayStates.push(...states);
  }

  /** How long a session is kept after its socket is lost; 0 drops it at once. */
  setDetachMs(ms: number): void {
    this.#detachMs = ms;
  }

  /** Sends raw text, well-formed or not. */
  garble(target: Target & { readonly text: string }): number {
    return this.#each(target, (socket) => socket.sendText(target.text));
  }

  /** The other end hangs up, whether or not the client is there to be told. */
  hangUp(how: { readonly callId: string; readonly cause?: CauseName }): boolean {
    return this.#reach.hangUp(how.callId, how.cause ?? 'NORMAL_CLEARING');
  }

  /** Everything back to normal, on open sockets as well. */
  clear(): void {
    this.#refusals.length = 0;
    this.#withheld.length = 0;
    this.#gatewayStates.length = 0;
    this.#attachCredentials = null;
    this.#attachFirst = null;
    this.#skipAttach = false;
    this.#lacking = null;
    this.#detachMs = this.#defaults.detachMs;
    this.#down = false;
    this.resumeMedia();
    this.#each({}, (socket) => {
      Object.assign(socket.faults, { deaf: false, dumb: false, delayMs: 0, duplicate: 0, reorder: 0 });
    });
  }

  /** What is to happen to this request instead of the usual; null for the usual. */
  verdict(socket: ClientSocket, method: string): 'silence' | RpcError | null {
    if (this.#take(this.#withheld, socket, method)) return 'silence';
    const refusal = this.#take(this.#refusals, socket, method);
    if (!refusal) return null;
    return { code: refusal.code ?? -32_603, message: refusal.message ?? 'Refused by a fault' };
  }

  nextGatewayState(): string {
    return this.#gatewayStates.shift() ?? 'REGED';
  }

  #take<T extends Target & { readonly method: string }>(
    from: Counted<T>[],
    socket: ClientSocket,
    method: string,
  ): T | null {
    const found = from.find(
      ({ what }) => (what.method === method || method.endsWith(`.${what.method}`)) && this.#reach.owns(socket, what),
    );
    if (!found) return null;
    found.left--;
    if (found.left <= 0) from.splice(from.indexOf(found), 1);
    return found.what;
  }

  #each(target: Target, act: (socket: ClientSocket) => void): number {
    const sockets = this.#reach.sockets(target);
    for (const socket of sockets) act(socket);
    return sockets.length;
  }
}
