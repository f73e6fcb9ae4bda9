/** A trial call over a line that is signed in: under way, or what it found out. Outlives the form that began it. */

import type { LineId } from '../../lib/phone/model/ids';
import type { PhoneErrorJson } from '../../lib/phone/model/errors';
import type { Trial } from '../../lib/phone/model/trial';
import type { Phone } from '../phone.svelte';

export type TrialState =
  | { readonly state: 'trying' }
  | { readonly state: 'works'; readonly trial: Trial }
  | { readonly state: 'fails'; readonly error: PhoneErrorJson };

export interface CallTrialView {
  readonly line: LineId;
  /** The extension that is called. */
  readonly to: string;
  readonly now: TrialState;
}

export class CallTrial {
  readonly #phone: Phone;
  #view = $state.raw<CallTrialView | null>(null);

  constructor(phone: Phone) {
    this.#phone = phone;
  }

  /** The newest trial; null where there was none, or none over this line. */
  of(line: LineId | null): CallTrialView | null {
    return this.#view?.line === line ? this.#view : null;
  }

  get busy(): boolean {
    return this.#view?.now.state === 'trying';
  }

  /** Never rejects. Does nothing while one is under way. */
  async begin(line: LineId, to: string): Promise<void> {
    if (this.busy) return;
    this.#view = { line, to, now: { state: 'trying' } };
    const found = await this.#phone.tryCall(line, to);
    const now: TrialState =
      'error' in found ? { state: 'fails', error: found.error } : { state: 'works', trial: found };
    this.#view = { line, to, now };
  }
}
