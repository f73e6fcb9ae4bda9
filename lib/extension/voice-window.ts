/** Which call asks for a window that lends it a voice and stays: each once, when it begins; one that the person closed stays closed. */

import type { CallId } from '../phone/model/ids';
import type { PhoneSnapshot } from '../phone/model/snapshot';

/** A function that is true where a window should be opened for this snapshot. */
export function createWindowWish(): (snapshot: PhoneSnapshot, hasLenderThatStays: boolean) => boolean {
  const served = new Set<CallId>();
  return ({ calls }, hasLenderThatStays) => {
    let wish = false;
    for (const { id, state, voice, voiceAwaySince } of calls) {
      if (state.phase === 'ended') served.delete(id);
      else if ((voice || typeof voiceAwaySince === 'number') && !served.has(id)) {
        served.add(id);
        wish = wish || !hasLenderThatStays;
      }
    }
    return wish;
  };
}
