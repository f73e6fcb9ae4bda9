/** What a page under test can do, whichever client it holds. */

import type { Left, Measured } from './instruments';

export interface SignIn {
  readonly dialect: 'telnyx' | 'verto';
  readonly url: string;
  readonly user: string;
  /** A password or a token. */
  readonly password?: string;
  readonly token?: string;
  readonly keepAlive: boolean;
  readonly iceServers: readonly { readonly urls: string; readonly username?: string; readonly credential?: string }[];
  readonly relayOnly: boolean;
}

/** A call, as far as a play must know it. */
export interface Seen {
  readonly id: string;
  readonly leg: string;
  readonly renewed: boolean;
  readonly direction: 'in' | 'out';
  readonly phase: string;
  readonly held: boolean;
  readonly sound: string;
  readonly signalling: string;
  /** Kind and reason of its end. */
  readonly cause: string | null;
}
export interface Sight {
  readonly line: string;
  readonly because: string | null;
  readonly calls: readonly Seen[];
  /** Milliseconds from the mark to the line being ready again; null while it is not, 0 where it never was away. */
  readonly signallingMs: number | null;
  readonly quietMs: number;
}

/** What either client can do. */
export interface Basics {
  signIn(how: SignIn): void;
  look(): Pick<Sight, 'line' | 'calls' | 'signallingMs' | 'quietMs'>;
  dial(to: string): void;
  hangUp(id: string): void;
  mark(): Promise<void>;
  /** `stalledMs`: for how long at most the other side stood still. */
  measured(stalledMs?: number): Measured;
  /** Signs off and forgets all; what is left of it. */
  signOff(): Promise<Left>;
}

/** One page holds our client as `play`. */
export interface Player extends Basics {
  look(): Sight;
  answer(id: string): Promise<void>;
  hold(id: string, held: boolean): Promise<void>;
  /** "Use this phone here". */
  takeOver(): void;
  /** Another token, at once. */
  renew(token: string): void;
  /** What there is now, ended calls put away. */
  left(): Left;
}

declare global {
  var play: Player;
}
