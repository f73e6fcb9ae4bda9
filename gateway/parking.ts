/** Parking places, as FreeSWITCH's valet_park keeps them: an empty one takes its caller in, a taken one gives the two to each other. */

import { type BotKind, BotLine, type BotServices } from './bot';
import { Leg } from './leg';
import { holdMusic } from './media/sounds';
import { join, type Party } from './party';

/** Those of the dialplan that comes with FreeSWITCH: 6001 to 6099. */
export function isPlace(number: string): boolean {
  return /^60(?!00)\d\d$/.test(number);
}

export class Parking {
  readonly #services: BotServices;
  /** Who plays music to whoever waits there. */
  readonly #attendants = new Map<string, BotLine>();

  constructor(services: BotServices) {
    this.#services = services;
  }

  /** Never refuses: a caller finds whoever waited there, or music, from the attendant that is returned. */
  visit(caller: Party, place: string): BotLine | null {
    const attendant = this.#attendants.get(place);
    const waiting = attendant?.peer;
    if (!attendant || !waiting || waiting.ended) return this.#takeIn(caller, place);
    this.#attendants.delete(place);
    join(caller, waiting);
    attendant.hangUp('NORMAL_CLEARING');
    caller.learn({ type: 'answered' });
    if (waiting instanceof Leg) waiting.display(caller.label);
    if (caller instanceof Leg) caller.announce(waiting.label);
    return null;
  }

  #takeIn(caller: Party, place: string): BotLine {
    const attendant = new BotLine(this.#kind(place), this.#services);
    this.#attendants.set(place, attendant);
    join(caller, attendant);
    attendant.run();
    return attendant;
  }

  #kind(place: string): BotKind {
    return {
      number: place,
      e164: place,
      name: 'Parking place',
      does: 'Parks whoever is sent there, with music; who dials it next has the call.',
      play: async (line) => {
        line.answer();
        line.say(holdMusic);
        try {
          await line.stay();
        } finally {
          if (this.#attendants.get(place) === line) this.#attendants.delete(place);
        }
      },
    };
  }
}
