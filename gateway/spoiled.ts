/** A dialect whose calls lack something that every call needs: for a client to find out and to say. */

import type { Lack } from './faults';
import type { Speak } from './speak/speak';

const ICE = /^a=(ice-(ufrag|pwd|options):.*|candidate:.*|end-of-candidates)\r?\n/gm;
const CERTIFICATE = /^a=fingerprint:.*\r?\n/gm;

export function spoiled(speak: Speak, lacking: Lack | null): Speak {
  if (lacking === 'full-ice') return { ...speak, ice: 'one voice' };
  const line = lacking === 'ice' ? ICE : lacking === 'certificate' ? CERTIFICATE : null;
  return line === null ? speak : { ...speak, shape: (sdp) => speak.shape(sdp).replace(line, '') };
}
