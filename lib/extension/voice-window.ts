/** Which call asks for a window that lends it a voice: each once, when it begins; a window that the person closed stays closed. */

import type { CallId } from '../phone/model/ids';
import type { PhoneSnapshot } from '../phone/model/snapshot';

/** A function that is true where a window should be opened for this snapshot. */
export function createWindowWish(): (snapshot: PhoneSnapshot, hasLender: boolean) => boolean {
  const served = new Set<CallId>();
  return ({ calls }, hasLender) => {
    let wish = false;
    for (const { id, state, voice, voiceAwaySince } of calls) {
      if (state.phase === 'ended') served.delete(id);
      else if (voice) served.add(id);
      else if (typeof voiceAwaySince === 'number' && !served.has(id)) {
        served.add(id);
        wish = wish || !hasLender;
      }
    }
    return wish;
  };
}
