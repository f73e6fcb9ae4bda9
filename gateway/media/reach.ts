/** How much of ICE the server does, and so where its checks and its sound may go. */

import { firstAddress, type Address } from './sdp';

/**
 * `full`: whichever pair of candidates works (RFC 8445).
 * `one pair`: the client's first candidate that could be sent to, as mod_verto does; nothing else is tried, nor answered.
 * `one voice`: checks are answered from everywhere, so ICE connects; sound still takes the first candidate alone.
 */
export type Ice = 'full' | 'one pair' | 'one voice';

const CANDIDATE = /^a=candidate:.*\r?\n/gm;

export class Reach {
  readonly #ice: Ice;
  /** null: not told yet, or a client whose addresses are all hidden. */
  #only: Address | null = null;
  #told = false;

  constructor(ice: Ice) {
    this.#ice = ice;
  }

  /** The client's description, with as many of its candidates as may be tried. */
  take(description: string): string {
    this.#told = true;
    this.#only = this.#ice === 'full' ? null : firstAddress(description);
    const only = this.#only;
    if (only === null || this.#ice !== 'one pair') return description;
    return description.replace(CANDIDATE, (line) => {
      const address = firstAddress(line);
      return address !== null && same(address, only) ? line : '';
    });
  }

  /** Is a connectivity check from there answered? */
  answers(from: Address): boolean {
    if (this.#ice !== 'one pair') return true;
    return this.#told && this.#leads(from);
  }

  /** Does sound go there, and is it heard from there? */
  sounds(there: Address | undefined): boolean {
    return there === undefined || this.#leads(there);
  }

  #leads(there: Address): boolean {
    return this.#only === null || same(this.#only, there);
  }
}

function same(one: Address, other: Address): boolean {
  return one.host === other.host && one.port === other.port;
}
