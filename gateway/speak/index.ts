/** The dialects, and which one a client speaks: the gateway's own, unless it came to the path /telnyx or /verto. */

import type { Speak } from './speak';
import { telnyx } from './telnyx';
import { verto } from './verto';

const dialects = { telnyx, verto };

export type DialectName = keyof typeof dialects;

export function dialectAt(path: string, usual: DialectName): Speak {
  const named = /^\/(telnyx|verto)\b/.exec(path)?.[1];
  if (named === 'verto') return verto;
  return named === 'telnyx' ? telnyx : dialects[usual];
}
