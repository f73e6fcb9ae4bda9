/**
 * When a description that must carry its candidates has enough of them.
 *
 * Chromium finds every UDP host candidate within about 1 ms, then steps: relays after 50 ms, TCP after 100 ms, "complete"
 * after 120 ms, and with servers that stay silent after 10 s and more (docs/BENCHMARKS.md). A gateway with a public
 * address needs the UDP ones only, since it learns ours from the first packet (peer-reflexive, RFC 8445 section 7.3.1.3).
 */

export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay';

export interface Gathered {
  readonly kind: CandidateKind;
  readonly protocol: 'udp' | 'tcp';
  /** Milliseconds since the local description was set. */
  readonly at: number;
}

export interface Wanted {
  readonly stun: boolean;
  readonly turn: boolean;
  readonly relayOnly: boolean;
  /** The longest wait after the first candidate. */
  readonly gatherMs: number;
}

/** Candidates of one kind come in one burst; this much silence ends it. */
export const BURST_MS = 10;
/** UDP gets out, so a relay is a luxury: two more round trips and Chromium's step of 50 ms. */
export const RELAY_MS = 150;
/** A STUN request and its first repetition (250 ms, libwebrtc), each with 250 ms to come back. */
export const SERVERS_MS = 500;

/**
 * Milliseconds since the local description was set at which to send it if nothing more comes; `now` or an earlier
 * moment means at once, null that there is nothing to send yet. Gathering that is complete is not asked here.
 */
export function sendAt(gathered: readonly Gathered[], wanted: Wanted): number | null {
  const first = gathered[0];
  if (first === undefined) return null;
  const limit = first.at + wanted.gatherMs;
  return Math.min(limit, enoughAt(gathered, wanted, first.at));
}

function enoughAt(gathered: readonly Gathered[], wanted: Wanted, firstAt: number): number {
  const relay = firstOf(gathered, 'relay');
  if (wanted.relayOnly || relay !== null) return relay === null ? Infinity : afterBurst(gathered);
  const reflexive = firstOf(gathered, 'srflx');
  if (reflexive !== null) return wanted.turn ? reflexive + RELAY_MS : afterBurst(gathered);
  if (wanted.stun || wanted.turn) return firstAt + SERVERS_MS;
  // TCP comes last: with no servers to wait for there is no better candidate after it.
  const tcp = gathered.find(({ protocol }) => protocol === 'tcp');
  return tcp === undefined ? afterBurst(gathered) : tcp.at;
}

function firstOf(gathered: readonly Gathered[], kind: CandidateKind): number | null {
  return gathered.find((candidate) => candidate.kind === kind)?.at ?? null;
}

function afterBurst(gathered: readonly Gathered[]): number {
  return Math.max(...gathered.filter(({ protocol }) => protocol === 'udp').map(({ at }) => at)) + BURST_MS;
}

/** Which kinds of candidates the servers promise. */
export function promised(servers: readonly { readonly urls: string | readonly string[] }[]): {
  readonly stun: boolean;
  readonly turn: boolean;
} {
  const urls = servers.flatMap(({ urls }) => urls);
  return { stun: urls.some((url) => /^stuns?:/i.test(url)), turn: urls.some((url) => /^turns?:/i.test(url)) };
}
