/** Remote candidates that come before the description they belong to, kept in order until it is set. */

import type { Candidate } from '../ports';

/** Nobody has more paths than this; a peer that sends candidates without end fills no memory. */
const MOST_KEPT = 200;

/** What to do with a candidate: `drop` is for one of a generation that is over. */
export type Fate = 'add' | 'keep' | 'drop';

export interface Descriptions {
  /** ICE user fragments of the remote description in force; null before there is one. */
  readonly remote: readonly string[] | null;
  /** Our offer waits for its answer, so the next remote description may bring new fragments. */
  readonly pending: boolean;
}

/** RFC 8838, section 11: a candidate is matched to its generation by the user fragment, where it carries one. */
export function fateOf(candidate: Candidate | null, { remote, pending }: Descriptions): Fate {
  if (remote === null) return 'keep';
  const fragment = candidate === null ? null : fragmentOf(candidate);
  if (fragment === null) return pending ? 'keep' : 'add';
  if (remote.includes(fragment)) return 'add';
  return pending ? 'keep' : 'drop';
}

/** The extension attribute of RFC 8839, section 5.1, that browsers write. */
export function fragmentOf(candidate: Candidate): string | null {
  return /\bufrag (\S+)/.exec(candidate.candidate)?.[1] ?? null;
}

export function fragmentsOf(sdp: string): string[] {
  return [...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].flatMap(([, fragment]) => fragment ?? []);
}

export class EarlyCandidates {
  #kept: (Candidate | null)[] = [];

  keep(candidate: Candidate | null): void {
    if (this.#kept.length < MOST_KEPT) this.#kept.push(candidate);
  }

  /** Those that fit the descriptions now, in the order they came; the rest stays or is forgotten. */
  take(descriptions: Descriptions): (Candidate | null)[] {
    const sorted = this.#kept.map((candidate) => ({ candidate, fate: fateOf(candidate, descriptions) }));
    this.#kept = sorted.filter(({ fate }) => fate === 'keep').map(({ candidate }) => candidate);
    return sorted.filter(({ fate }) => fate === 'add').map(({ candidate }) => candidate);
  }
}
