/** What to do with a leg that the server offers again (ATTACH): the decision alone, pure. */

import type { Json } from './model/json';

export interface RecoveryFacts {
  /** `keepConnectionAliveOnSocketClose`. */
  readonly keepAlive: boolean;
  /** `autoRecoverCalls`, or the person just said "Resume call". */
  readonly auto: boolean;
  /** Is there a call here that someone chose to have, and that has not ended? */
  readonly wanted: boolean;
  readonly peer: 'none' | 'signalling-closed' | 'alive';
  readonly connection: 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';
  readonly iceRestart: 'none' | 'running' | 'failed';
  /** Does the offer name the transport that the peer already speaks to? */
  readonly transport: 'same' | 'new';
  /** Did a kept peer stay silent after an attach? */
  readonly keptInVain: boolean;
  /** Is there a destination that a new INVITE could go to? */
  readonly canInvite: boolean;
}

export type Recovery =
  /** Refuse the leg; no microphone is opened for it. */
  | 'bye'
  /** Stop in `recovering` until the person says so. */
  | 'wait-for-person'
  /** The same peer answers with its present description; the sound never stops. */
  | 'keep'
  /** A new peer answers, the same call id; the old one plays until the new one flows. */
  | 'rebuild'
  /** BYE on the old leg, a new call id, a new INVITE to the same destination. */
  | 'new-invite';

/**
 * The seed's rules for keepConnectionAliveOnSocketClose, in its order of precedence; with the option off every attach is
 * answered by a new peer (reference, sections 6.2 and 6.6).
 */
export function decideRecovery(facts: RecoveryFacts): Recovery {
  if (!facts.wanted) return 'bye';
  if (facts.keepAlive && canKeep(facts)) return 'keep';
  if (!facts.auto) return 'wait-for-person';
  if (facts.keepAlive && iceGaveUp(facts) && facts.canInvite) return 'new-invite';
  return 'rebuild';
}

function canKeep({ peer, connection, iceRestart, transport, keptInVain }: RecoveryFacts): boolean {
  const broken = connection === 'failed' || connection === 'closed' || iceRestart === 'failed';
  return peer === 'alive' && transport === 'same' && !broken && !keptInVain;
}

/** connectionState went to failed and an ICE restart was tried without success, on a peer that still exists. */
function iceGaveUp({ peer, connection, iceRestart }: RecoveryFacts): boolean {
  return peer === 'alive' && connection === 'failed' && iceRestart === 'failed';
}

/** ICE credentials and fingerprint of the first audio section: what tells one transport of the server's from another. */
export interface Transport {
  readonly ufrag: string | null;
  readonly fingerprint: string | null;
}

export function transportOf(sdp: string): Transport {
  return {
    ufrag: /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null,
    fingerprint: /^a=fingerprint:(\S+ \S+)/m.exec(sdp)?.[1]?.toUpperCase() ?? null,
  };
}

export function sameTransport(before: string | null, offered: string): boolean {
  if (before === null) return false;
  const [old, now] = [transportOf(before), transportOf(offered)];
  return old.ufrag === now.ufrag && old.fingerprint === now.fingerprint && now.ufrag !== null;
}

/** For the journal. */
export function recoveryFacts(facts: RecoveryFacts, decision: Recovery): Json {
  return { ...facts, decision };
}
