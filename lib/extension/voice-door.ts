/** What the engine's window and a page that lends a voice know of each other (Firefox: both live in one process). */

import type { Lender } from './voice-loans';

/** The names of the ports begin so; the lender's key follows. */
export const VOICE_PORT = 'voice:';

export interface EngineDoor {
  /** The loan lasts as long as the port named `voice:<key>`; what is returned ends it at once, for a page that goes. */
  lendVoice(key: string, lender: Lender): () => void;
}
