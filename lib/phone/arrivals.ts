/** What becomes of a call that comes in, before anybody is asked: sent away, answered by itself, or left to ring. */

import { isBlocked } from './blocked';
import type { Call } from './call';
import type { Calls } from './calls';
import type { Ports } from './ports';
import type { PhoneSettings } from './settings';
import { Timers } from './timers';

type Wishes = Pick<PhoneSettings, 'blocked' | 'doNotDisturbUntil'>;

/** Pure. `now` is epoch milliseconds; do not disturb until -1 has no end. */
export function welcome(number: string | null, wishes: Wishes, now: number): 'blocked' | 'busy' | 'rings' {
  if (isBlocked(number, wishes.blocked ?? [])) return 'blocked';
  const { doNotDisturbUntil: until } = wishes;
  return until === -1 || until > now ? 'busy' : 'rings';
}

export class Arrivals {
  readonly #calls: Calls;
  readonly #ports: Ports;
  readonly #timers: Timers;

  constructor(calls: Calls, ports: Ports) {
    this.#calls = calls;
    this.#ports = ports;
    this.#timers = new Timers(ports.clock);
  }

  arrived(call: Call, settings: PhoneSettings): void {
    switch (welcome(call.who.number, settings, this.#ports.clock.now())) {
      case 'blocked':
        return call.refuseAsBlocked();
      case 'busy':
        return call.refuseAsBusy();
      case 'rings':
        if (settings.autoAnswerMs !== null) this.#answerAfter(settings.autoAnswerMs, call);
    }
  }

  /** It rings no more. */
  ended(call: Call): void {
    this.#timers.cancel(call.id);
  }

  close(): void {
    this.#timers.close();
  }

  #answerAfter(ms: number, call: Call): void {
    this.#timers.after(call.id, ms, () => {
      if (call.state.phase !== 'ringing' || this.#calls.busyBeside(call)) return;
      call.answer().catch((thrown: unknown) => this.#ports.log.warn('not answered by itself', { thrown }));
    });
  }
}
