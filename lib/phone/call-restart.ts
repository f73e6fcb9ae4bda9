/** A new route for a call whose path broke while its line lives: ICE is restarted, never twice at a time. */

import type { CallCore } from './call-core';
import { PhoneError } from './model/errors';
import type { Peer } from './ports';
import type { RecoveryFacts } from './recovery';
import { Timers } from './timers';

export interface Restarting {
  /** Is another peer just taking the place of this one? */
  busy(): boolean;
  /** It comes back by another socket, if at all: show it. */
  recovering(): void;
}

const DISCONNECTED_MS = 3000;
/** The peer calls it a stall after two seconds without a packet; one more, and a new route is looked for. */
const STALLED_MS = 1000;
/** How long a new route may take before it counts as none, and before another is looked for. */
const ROUTE_MS = 5000;
/** Sockets given up for one broken path: others talk over them. After that the path alone is tried, now and then. */
const SOCKETS = 2;
const AGAIN_MS = 15_000;
/** Firefox connects a peer by a restart that failed before it ever connected, and then neither sends nor hears a packet on it. */
const UNHEARD_MS = 3000;

export class CallRestart {
  readonly #core: CallCore;
  readonly #call: Restarting;
  readonly #timers: Timers;
  #outcome: RecoveryFacts['iceRestart'] = 'none';
  /** The peer whose offer is not answered yet. */
  #asked: Peer | null = null;
  #pathBroke = false;
  #recoveredBefore = false;
  #restartedForSilence = false;
  #heard = false;
  /** Sockets given up since it was last heard. */
  #sockets = 0;

  constructor(core: CallCore, call: Restarting) {
    this.#core = core;
    this.#call = call;
    this.#timers = new Timers(core.options.ports.clock);
  }

  /** What became of the last one, as far as it still matters. */
  get outcome(): RecoveryFacts['iceRestart'] {
    return this.#outcome;
  }

  /** The connection changed its mind about itself. */
  onConnection(state: RecoveryFacts['connection']): void {
    this.#timers.cancel('unheard');
    if (state === 'connected') {
      this.#timers.cancel('disconnected');
      const restarted = this.#pathBroke || this.#outcome === 'running';
      if (restarted && !this.#heard) this.#timers.after('unheard', UNHEARD_MS, () => this.#unheard());
      this.#outcome = 'none';
      this.#recoveredBefore ||= this.#pathBroke;
      this.#pathBroke = false;
    }
    if (state === 'failed') this.#mendPath();
    if (state === 'disconnected') this.#timers.after('disconnected', DISCONNECTED_MS, () => this.#mendPath());
  }

  /**
   * The browser destroyed the peer, as Chrome does while a computer sleeps. Nothing can be mended on it, so the server is made
   * to offer the leg again, to another.
   */
  onPeerGone(): void {
    const { media, options } = this.#core;
    if (!this.#answered || !options.verbs.up || media.changing || this.#call.busy()) return;
    this.#call.recovering();
    options.verbs.replaceSocket(new PhoneError('ice-restart-failed', { why: 'the peer is gone' }));
  }

  /** Something may have broken unseen. */
  look(): void {
    const { media } = this.#core;
    if (media.peer?.isSignallingClosed()) this.onPeerGone();
    else if (isBroken(media.connection)) this.#mendPath();
  }

  onSound(flowing: boolean): void {
    this.#timers.cancel('stalled');
    if (flowing) {
      this.#timers.cancel('unheard');
      this.#heard = true;
      this.#sockets = 0;
      this.#restartedForSilence = false;
      return;
    }
    if (this.#restartedForSilence || this.#core.held) return;
    this.#timers.after('stalled', STALLED_MS, () => {
      if (this.#core.held) return;
      // A far side may be silent by right: one restart a silence, no more.
      this.#restartedForSilence = true;
      this.start(this.#recoveredBefore);
    });
  }

  /** What could not be asked until now, since the line was away or another peer on its way in. */
  askSoon(): void {
    if (isBroken(this.#core.media.connection)) {
      this.#timers.after('soon', STALLED_MS, () => this.start(false));
    }
  }

  /** Another peer takes the place of this one, whose troubles are over with it. */
  replaced(): void {
    for (const name of ['disconnected', 'stalled', 'unheard', 'route', 'soon', 'again']) this.#timers.cancel(name);
    this.#restartedForSilence = false;
    this.#heard = this.#core.media.flowing;
    this.#outcome = 'none';
    this.#recoveredBefore = true;
  }

  close(): void {
    this.#timers.close();
  }

  /** Never two at a time, never while the socket is down. `escalate`: over a relay from now on, where that is another way. */
  start(escalate: boolean): void {
    const { peer, changing } = this.#core.media;
    if (!this.#answered || !this.#core.options.verbs.up || peer === null || peer.isSignallingClosed()) return;
    if (this.#asked === peer || changing || this.#call.busy() || this.#timers.has('route')) return;
    this.#timers.after('route', ROUTE_MS, () => void this.#lookBack());
    this.#outcome = 'running';
    this.#asked = peer;
    this.#ask(peer, escalate)
      .catch((thrown: unknown) => {
        // What became of one that is replaced meanwhile, or given up, is nobody's concern any more.
        if (this.#core.media.peer === peer && this.#outcome === 'running') this.#failed(PhoneError.from(thrown));
      })
      .finally(() => {
        if (this.#asked === peer) this.#asked = null;
      });
  }

  #mendPath(): void {
    this.#pathBroke = true;
    this.start(this.#recoveredBefore);
  }

  async #ask(peer: Peer, escalate: boolean): Promise<void> {
    const { media } = this.#core;
    const { verbs, options } = this.#core.options;
    const relayOnly = escalate && (await this.#relayWouldDiffer(peer));
    this.#core.note({ iceRestart: 'started', relayOnly });
    const offer = await media.restart({ relayOnly });
    const answered = verbs.updateMedia(this.#core.leg.facts(false), offer, options.media.trickle);
    media.descriptionSent();
    const answer = await answered;
    if (media.peer !== peer || media.changing) return;
    await media.accept(answer);
    this.#core.note({ iceRestart: 'answered', relayOnly });
  }

  /** Connected, and never a packet: another peer has to take its place. */
  #unheard(): void {
    if (!this.#core.held) this.#failed(new PhoneError('ice-restart-failed', { why: 'connected, and nothing comes' }));
  }

  /** A server that will not take the offer may still offer the leg anew, on another socket. */
  #failed(error: PhoneError): void {
    if (!this.#core.alive) return;
    this.#core.note({ iceRestart: 'failed', error: error.toJson() });
    this.#timers.cancel('route');
    const { media, state } = this.#core;
    // The line went in the middle: it was not tried, and is tried again when the line is back.
    if (error.reason === 'disconnected') {
      if (this.#outcome === 'running') this.#outcome = 'none';
      return;
    }
    this.#outcome = media.flowing ? 'none' : 'failed';
    // One that never talked has its own end, soon.
    if (media.flowing || state.phase === 'connecting') return;
    this.#call.recovering();
    const { verbs } = this.#core.options;
    if (!verbs.up) return;
    if (this.#sockets >= SOCKETS) return this.#timers.after('again', AGAIN_MS, () => this.start(this.#recoveredBefore));
    this.#sockets += 1;
    verbs.replaceSocket(new PhoneError('ice-restart-failed', error.facts, { cause: error }));
  }

  /** A route had time enough to be found. */
  async #lookBack(): Promise<void> {
    const { media, options } = this.#core;
    if (this.#outcome === 'running' && this.#asked !== null && !this.#works) {
      await options.verbs.ask();
      // It was the line: no route was tried, and the request tells so by itself.
      if (!options.verbs.up) return;
    }
    if (this.#outcome !== 'running') {
      if (isBroken(media.connection)) this.start(this.#recoveredBefore);
    } else if (this.#works) this.#outcome = 'none';
    else this.#failed(new PhoneError('ice-restart-failed', { connection: media.connection }));
  }

  /** Nobody may ask for another path of a call that is not answered yet. */
  get #answered(): boolean {
    return this.#core.alive && this.#core.facts.answeredAt !== null;
  }

  get #works(): boolean {
    const { flowing, connection } = this.#core.media;
    return flowing || connection === 'connected';
  }

  /** A relay is there, and the path does not lead over one already: then another of its kind would be no better. */
  async #relayWouldDiffer(peer: Peer): Promise<boolean> {
    const { media, options } = this.#core;
    const relays = options.options.media.iceServers.some(({ urls }) =>
      [urls].flat().some((url) => /^turns?:/i.test(url)),
    );
    if (!relays || media.relayOnly) return false;
    const stats = await peer.stats().catch(() => null);
    return stats?.local?.type !== 'relay';
  }
}

function isBroken(connection: RecoveryFacts['connection']): boolean {
  return connection === 'failed' || connection === 'disconnected';
}
