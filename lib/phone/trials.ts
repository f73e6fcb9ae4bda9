/** The trial calls of one line, which are no calls of its person: one at a time, and gone when they are over. */

import type { CallMessage, LegFacts } from './dialects/dialect';
import { PhoneError } from './model/errors';
import type { LegId } from './model/ids';
import type { Trial } from './model/trial';
import type { LineSettings } from './settings';
import { TrialCall, type TrialDependencies } from './trial-call';

export class Trials {
  #now: { readonly leg: LegId; readonly call: TrialCall } | null = null;

  /** Throws `wrong-phase` where one goes on already, or like {@link TrialCall.run}. */
  async run(deps: TrialDependencies): Promise<Trial> {
    if (this.#now !== null) throw new PhoneError('wrong-phase', { command: 'tryCall' });
    const call = new TrialCall(deps);
    this.#now = { leg: deps.leg.id, call };
    try {
      return await call.run();
    } finally {
      this.#now = null;
    }
  }

  /** False where the message is about no trial. */
  hear(message: CallMessage): boolean {
    if (this.#now?.leg !== message.call) return false;
    this.#now.call.hear(message);
    return true;
  }

  stop(because: PhoneError): void {
    this.#now?.call.stop(because);
  }
}

export function trialLeg(id: LegId, to: string, { callerName, callerIds }: LineSettings): LegFacts {
  return {
    id,
    direction: 'out',
    destination: to,
    theirs: { name: null, number: to },
    ours: { name: callerName || null, number: callerIds[0] ?? null },
    headers: [],
    clientState: null,
    userVariables: null,
    codecs: [],
    attached: false,
  };
}
