/** What the `debug` option gathers of one call: a timeline of states, candidates and statistics that nobody waits for. */

import { Emitter } from './emitter';
import type { DebugItem } from './model/debug';
import type { Candidate, Clock, Log, Peer, PeerOptions, PeerStats, StatsEntry } from './ports';
import { redact } from './wire/redact';

export interface DebugTimelineEvents {
  item: [item: DebugItem];
  /** One a second while there is a peer. */
  sample: [stats: PeerStats];
}

export interface DebugTimelineOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** The report's own id, which names it on the server and in a file. */
  readonly id: string;
  /** The session's id, as the official client puts it into both ids of an item. */
  session(): string;
}

const SAMPLE_MS = 1000;
/** Two hours of samples; older ones make room, what happened stays. */
const MOST_SAMPLES = 7200;
/** Entries that say nothing of how a call went. */
const LEFT_OUT = new Set(['certificate', 'peer-connection', 'media-playout']);

export class DebugTimeline {
  readonly events: Emitter<DebugTimelineEvents>;
  readonly #options: DebugTimelineOptions;
  readonly #happened: DebugItem[] = [];
  #samples: DebugItem[] = [];
  #peer: Peer | null = null;
  #cancel: (() => void) | null = null;
  #over = false;

  constructor(options: DebugTimelineOptions) {
    this.#options = options;
    this.events = new Emitter(options.log);
  }

  get id(): string {
    return this.#options.id;
  }

  /** Everything so far, oldest first, with no secret in it. */
  get items(): readonly DebugItem[] {
    return [...this.#happened, ...this.#samples].sort((a, b) => a.timestamp - b.timestamp);
  }

  /** Follows a peer; the newest one is sampled. */
  watch(peer: Peer, options: Pick<PeerOptions, 'iceServers' | 'relayOnly' | 'trickle' | 'prefetch'>): void {
    this.#peer = peer;
    this.note('peer', 'configuration', {
      // The addresses alone: user and credential are nobody's business.
      iceServers: options.iceServers.map(({ urls }) => urls),
      iceTransportPolicy: options.relayOnly ? 'relay' : 'all',
      trickle: options.trickle,
      iceCandidatePoolSize: options.prefetch ? 1 : 0,
    });
    peer.events.on('connection', (state) => this.note('peer', 'connectionstatechange', state));
    peer.events.on('state', (of, state) => this.note(of === 'signalling' ? 'peer' : 'ice', `${of}statechange`, state));
    peer.events.on('media', (sound) => this.note('track', 'media', sound));
    peer.events.on('candidate', (candidate) => this.#found(candidate));
    if (this.#cancel === null && !this.#over) this.#next();
  }

  note(tag: string, event: string, data: unknown): void {
    if (this.#over) return;
    const item = this.#item(tag, event, data);
    this.#happened.push(item);
    this.events.emit('item', item);
  }

  /** No sample is taken any more; what is there stays readable. */
  close(): void {
    this.#over = true;
    this.#cancel?.();
    this.#cancel = null;
    this.#peer = null;
  }

  #found(candidate: Candidate | null): void {
    this.note('ice', 'icecandidate', candidate);
  }

  #next(): void {
    this.#cancel = this.#options.clock.after(SAMPLE_MS, () => {
      void this.#sample().finally(() => {
        if (!this.#over) this.#next();
      });
    });
  }

  async #sample(): Promise<void> {
    const peer = this.#peer;
    if (!peer) return;
    try {
      const [stats, entries] = await Promise.all([peer.stats(), peer.report()]);
      if (this.#over) return;
      this.#keep(this.#item('stats', 'getstats', useful(entries)));
      this.events.emit('sample', stats);
    } catch {
      // A peer that is being closed has no statistics; the next one is sampled instead.
    }
  }

  #keep(item: DebugItem): void {
    this.#samples.push(item);
    if (this.#samples.length > MOST_SAMPLES) this.#samples = this.#samples.slice(MOST_SAMPLES / 10);
    this.events.emit('item', item);
  }

  #item(tag: string, event: string, data: unknown): DebugItem {
    const id = this.#options.session();
    const timestamp = this.#options.clock.now();
    return { event, tag, timestamp, data: redact(data, { sdp: 'whole' }), peerId: id, connectionId: id };
  }
}

function useful(entries: readonly StatsEntry[]): readonly StatsEntry[] {
  return entries.filter(({ type }) => typeof type === 'string' && !LEFT_OUT.has(type));
}
