/** Which message of the server's belongs to which call, and what becomes of a leg that nobody here has. */

import { legOf } from './call-plan';
import type { LegFacts, Offered, ServerEvent } from './dialects/dialect';
import type { Journal } from './journal';
import type { Legs } from './legs';
import type { LegId, LineId } from './model/ids';
import type { Log } from './ports';
import type { Trials } from './trials';
import type { CallVerbs } from './verbs';
import type { Writing } from './writing';

export interface SwitchboardOptions {
  readonly line: LineId;
  readonly legs: Legs;
  readonly trials: Trials;
  readonly writing: Writing;
  readonly verbs: CallVerbs;
  readonly journal: Journal;
  readonly log: Log;
  /** Somebody calls. */
  onInvite(offered: Offered): void;
}

export class Switchboard {
  readonly #options: SwitchboardOptions;

  constructor(options: SwitchboardOptions) {
    this.#options = options;
  }

  hear(event: ServerEvent): void {
    const { legs, trials, writing } = this.#options;
    switch (event.type) {
      case 'invite':
        return this.#invited(event);
      case 'attach':
        return this.#offeredAgain(event);
      case 'conversation':
        return writing.heard(event.params);
      case 'room-entered':
      case 'room-left':
      case 'room-members':
      case 'room-written':
      case 'written':
        return writing.told(event);
      case 'ringing':
      case 'media':
      case 'answer':
      case 'candidate':
      case 'display':
      case 'bye':
        // A leg that ended here, or that nobody knows, has nothing more to say.
        if (!trials.hear(event)) legs.callOf(event.call)?.receive(event);
        return;
      default:
        return;
    }
  }

  /** Ready again after a loss, with the legs that the server still has; null where it told no list. */
  reattached(listed: readonly LegId[] | null): void {
    const { legs } = this.#options;
    for (const call of legs.calls()) call.reattached(listed === null ? null : listed.includes(call.leg));
    for (const leg of listed ?? []) {
      const ended = legs.endedAs(leg);
      if (ended) this.#sayBye(ended);
    }
  }

  #invited(offered: Offered): void {
    const { legs, onInvite } = this.#options;
    const known = legs.callOf(offered.call);
    if (known) known.attach(offered);
    else if (legs.endedAs(offered.call)) this.#refuse(offered);
    else onInvite(offered);
  }

  /** Never a surprise microphone: a leg that nobody here chose to have is answered with BYE. */
  #offeredAgain(offered: Offered): void {
    const call = this.#options.legs.callOf(offered.call);
    if (call) call.attach(offered);
    else this.#refuse(offered);
  }

  #refuse(offered: Offered): void {
    const { legs, journal, line } = this.#options;
    journal.note(line, { refused: offered.call });
    this.#sayBye(legs.endedAs(offered.call) ?? legOf(offered));
  }

  #sayBye(facts: LegFacts): void {
    const { verbs, log } = this.#options;
    verbs.bye(facts, verbs.byes.hangUp).catch((thrown: unknown) => {
      log.warn('a leg was not told of its end', { leg: facts.id, thrown });
    });
  }
}
