/** What a client under test can do, spelled once for both. */

import type { Measured } from './instruments';

export interface SignIn {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly trickle: boolean;
  readonly iceServers: readonly { readonly urls: string; readonly username?: string; readonly credential?: string }[];
}

/** One page holds one client as `bench`. */
export interface Client {
  /** Resolves when it may dial, with the milliseconds since its socket opened. */
  signIn(how: SignIn): Promise<number>;
  /** Dials, hears, hangs up, and resolves when the call is gone. */
  call(to: string): Promise<Measured>;
  signOff(): Promise<void>;
}

declare global {
  var bench: Client;
}
