/** What becomes of a call when its line goes, comes back, or stays away for good: the decisions alone, pure. */

import type { CallState } from './model/call-state';

export interface AwayFacts {
  readonly phase: CallState['phase'];
  readonly direction: 'out' | 'in';
  /** Is there sound, or (held) a path that it could take? */
  readonly soundLives: boolean;
  /** Did the server get the invite, as far as is known? */
  readonly invited: boolean;
  /** Is the far side's description known? */
  readonly remoteDescribed: boolean;
  /** Is it being answered here just now? */
  readonly answeringHere: boolean;
  /** Rang in an earlier life of this document, and was not offered again yet. */
  readonly needsOffer: boolean;
  /** Did the server offer it again since the line came back? Then it has it, and under another leg perhaps by now. */
  readonly offered: boolean;
  /** Does it wait for "Resume call"? */
  readonly waitsForPerson: boolean;
  /** Does the server keep a call that is not answered while its phone is away? */
  readonly keepsUnanswered: boolean;
}

export type Fate =
  | 'goes-on'
  /** The server will offer it: not waited for for ever. */
  | 'expect-attach'
  /** The server has the invite: what becomes of it will be told. */
  | 'expect-news'
  /** Another leg, the same offer. */
  | 'invite-again'
  | 'missed'
  | 'lost';

/** The line went. Where unanswered calls are not kept the caller was told already: nobody is left to answer. */
export function onLoss({ phase, direction, answeringHere, keepsUnanswered }: AwayFacts): Fate {
  const ringsHere = direction === 'in' && phase === 'ringing' && !answeringHere;
  return ringsHere && !keepsUnanswered ? 'missed' : 'goes-on';
}

/** The line is ready again. Does the server still have the leg? `listed` is null where it told no list. */
export function onReturn(facts: AwayFacts, listed: boolean | null): Fate {
  const { phase, invited, needsOffer, offered, waitsForPerson } = facts;
  if (offered) return 'goes-on';
  if (listed === false) return onUnlisted(facts);
  if (needsOffer || (phase === 'recovering' && !waitsForPerson)) return 'expect-attach';
  if (phase !== 'dialling' || !invited) return 'goes-on';
  // Listed, it was heard; by a server that lists nothing it is asked anew.
  return listed ? 'expect-news' : 'invite-again';
}

function onUnlisted({ phase, direction, invited, remoteDescribed, keepsUnanswered }: AwayFacts): Fate {
  if (phase === 'dialling') return invited ? 'invite-again' : 'goes-on';
  if (phase !== 'ringing') return 'lost';
  if (direction === 'in') return 'missed';
  // A server that keeps no unanswered call gave up for us what the person has not: it rings again.
  return remoteDescribed || keepsUnanswered ? 'lost' : 'invite-again';
}

/** The line will not come back by itself: a call that talks lives on as long as its sound does. */
export function onStop({ phase, direction, soundLives }: AwayFacts): Fate {
  if (phase === 'active' && soundLives) return 'goes-on';
  return direction === 'in' && phase === 'ringing' ? 'missed' : 'lost';
}
