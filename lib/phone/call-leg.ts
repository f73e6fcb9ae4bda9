/** The leg that stands for a call on the wire; recovery may put another in its place. */

import type { CallFacts } from './call-facts';
import type { CallOptions } from './call-options';
import type { LegFacts } from './dialects/dialect';
import { legId, type LegId } from './model/ids';

export class CallLeg {
  readonly #options: CallOptions;
  readonly #facts: CallFacts;
  #id: LegId;
  #recoveredFrom: LegId | null = null;
  /** Does the server know of it? From the invite on for ours, from birth for theirs. */
  onServer: boolean;
  #headers: CallOptions['headers'];
  /** Was it offered again and answered? */
  attached = false;

  constructor(options: CallOptions, facts: CallFacts) {
    this.#options = options;
    this.#facts = facts;
    this.#id = options.leg;
    this.#headers = options.headers;
    this.onServer = options.direction === 'in' || options.resumed !== null;
  }

  get id(): LegId {
    return this.#id;
  }
  /** The leg that this one replaced. */
  get recoveredFrom(): LegId | null {
    return this.#recoveredFrom;
  }
  /** Do we wait for its answer, or the server for ours? A leg that replaced another is always called by us. */
  get direction(): 'out' | 'in' {
    return this.#recoveredFrom === null ? this.#options.direction : 'out';
  }
  /** Where a new INVITE for this call goes. */
  get destination(): string | null {
    return this.#options.direction === 'out' ? this.#options.destination : this.#facts.who.number;
  }

  /** What the wire is told about it. */
  facts(attached = this.attached): LegFacts {
    const { ours, clientState, codecs, options } = this.#options;
    return {
      id: this.#id,
      direction: this.direction,
      destination: this.direction === 'out' ? this.destination : ours.number,
      theirs: this.#facts.who,
      ours,
      headers: this.#headers,
      clientState,
      userVariables: options.account.userVariables,
      codecs,
      attached,
    };
  }

  /** Its own headers, else those of the line, go with the answer; without any, theirs go back. */
  answerWith(own: CallOptions['headers'] | undefined): void {
    const ours = own ?? this.#options.options.sent.headers;
    if (own !== undefined || ours.length > 0) this.#headers = ours;
  }

  /** Another leg from now on; the facts of the one it replaces. */
  renew(): LegFacts {
    const old = this.facts();
    this.#recoveredFrom = this.#id;
    this.#id = legId(this.#options.ports.newId());
    this.attached = false;
    return old;
  }
}
