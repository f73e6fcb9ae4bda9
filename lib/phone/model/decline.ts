/** Why a person sends a call away: said to the caller's side, which may choose another voice mail by it. */

/** Talking to somebody else, not there to answer, or not wanting this call at all. */
export type DeclineReason = 'busy' | 'away' | 'unwanted';
