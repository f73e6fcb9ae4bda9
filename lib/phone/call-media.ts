/** The sound of one call: its microphone, its peer, and while one replaces the other, two peers at once. */

import { CallMicrophone } from './call-microphone';
import type { WireCandidate } from './dialects/dialect';
import { Emitter } from './emitter';
import type { MediaOptions } from './line-options';
import { PhoneError } from './model/errors';
import type { DeviceId } from './model/ids';
import type { PeerEvents, Microphone, Peer, Ports, Sdp } from './ports';
import { Timers } from './timers';
import { whenAborted } from './when-aborted';

export interface CallMediaEvents {
  /** A peer was made: the first, or one that is to take its place. */
  peer: [peer: Peer];
  flowing: [];
  stalled: [];
  connection: [state: PeerEvents['connection'][0]];
  signallingClosed: [];
  /** One of ours, for the wire. */
  candidate: [candidate: WireCandidate | null];
  /** The device went; the call goes on without a voice until another is found. */
  microphoneLost: [label: string];
  /** Another microphone took the place of one that was superseded: a voice, or silence. */
  microphoneChanged: [];
  /** None could; the one before goes on. */
  microphoneRefused: [error: PhoneError];
}

export interface CallMediaOptions {
  readonly ports: Ports;
  readonly media: MediaOptions;
  readonly codecs: readonly string[];
  readonly muted: boolean;
  device(): DeviceId | null;
}

export type Connection = PeerEvents['connection'][0] | 'new';

/** Section 8.4 of the reference: the official client cuts gathering after one second. */
const GATHER_MS = 1000;

export class CallMedia {
  readonly events: Emitter<CallMediaEvents>;
  readonly #options: CallMediaOptions;
  readonly #timers: Timers;
  readonly #abort = new AbortController();
  readonly #microphone: CallMicrophone;
  #peer: Peer | null = null;
  #next: Peer | null = null;
  readonly #connections = new WeakMap<Peer, Connection>();
  /** Those that are heard at this moment. */
  readonly #heard = new WeakSet<Peer>();
  #flowing = false;
  #muted: boolean;
  #silent = false;
  /** Theirs, before there is a peer to take them. */
  #early: (WireCandidate | null)[] = [];
  /** Ours, before the description that they belong to is sent; null while they go out as they come. */
  #unsent: (WireCandidate | null)[] | null = [];
  #relayOnly: boolean;

  constructor(options: CallMediaOptions) {
    this.#options = options;
    this.#muted = options.muted;
    this.#relayOnly = options.media.relayOnly;
    this.#timers = new Timers(options.ports.clock);
    this.events = new Emitter(options.ports.log);
    this.#microphone = new CallMicrophone({
      ports: options.ports,
      signal: this.#abort.signal,
      device: () => options.device(),
      muted: () => this.#muted,
      setMuted: (muted) => this.setMuted(muted),
      send: async (microphone) => {
        await this.#peer?.useMicrophone(microphone);
        await this.#next?.useMicrophone(microphone);
      },
      onLost: (label) => this.events.emit('microphoneLost', label),
      onChanged: () => this.events.emit('microphoneChanged'),
      onRefused: (error) => this.events.emit('microphoneRefused', error),
    });
  }

  get peer(): Peer | null {
    return this.#peer;
  }
  /** Is a second peer on its way in? */
  get changing(): boolean {
    return this.#next !== null;
  }
  get microphone(): Microphone | null {
    return this.#microphone.now;
  }
  /** Since when silence is sent in the place of a voice that nobody lends; null while there is one, or no microphone. */
  get voiceAwaySince(): number | null {
    return this.#microphone.voiceAwaySince;
  }
  get connection(): Connection {
    return (this.#peer && this.#connections.get(this.#peer)) ?? 'new';
  }
  get flowing(): boolean {
    return this.#flowing;
  }
  get muted(): boolean {
    return this.#muted;
  }
  get relayOnly(): boolean {
    return this.#relayOnly;
  }

  /** Opens the microphone unless it is open. Throws the `microphone-…` reasons. */
  open(): Promise<void> {
    return this.#microphone.open();
  }

  /** A peer made beforehand gathers while the microphone opens. */
  prepare(): void {
    this.#peer ??= this.#newPeer();
  }

  /** Ours wait from here on, until {@link descriptionSent}. */
  async offer(): Promise<Sdp> {
    this.prepare();
    this.#unsent ??= [];
    return this.#usable(await this.#current().offer(this.microphone));
  }

  async answer(offer: Sdp): Promise<Sdp> {
    this.prepare();
    const peer = this.#current();
    this.#unsent ??= [];
    const answer = peer.answer(this.microphone, offer);
    this.#releaseEarly(peer);
    return this.#usable(await answer);
  }

  /** The answer to the newest offer. */
  async accept(answer: Sdp): Promise<void> {
    await (this.#next ?? this.#current()).accept(answer);
  }

  async restart(how: { readonly relayOnly: boolean }): Promise<Sdp> {
    this.#relayOnly = this.#relayOnly || how.relayOnly;
    this.#unsent ??= [];
    return this.#usable(await this.#current().restart({ relayOnly: this.#relayOnly }));
  }

  /** The description is on its way; its candidates may follow. */
  descriptionSent(): void {
    const unsent = this.#unsent ?? [];
    this.#unsent = null;
    for (const candidate of unsent) this.events.emit('candidate', candidate);
  }

  /** One of theirs. Kept where no peer is there yet, as for an incoming call that still rings. */
  addCandidate(candidate: WireCandidate | null): void {
    const peer = this.#next ?? this.#peer;
    if (!peer) this.#early.push(candidate);
    else this.#give(peer, candidate);
  }

  /** A second peer answers `offer` with the same microphone, while the first goes on playing and sending. */
  async answerAnew(offer: Sdp): Promise<Sdp> {
    this.#next?.close();
    const next = this.#newPeer();
    this.#next = next;
    this.#unsent ??= [];
    const answer = next.answer(this.microphone, offer);
    this.#releaseEarly(next);
    return this.#usable(await answer);
  }

  /** A second peer makes an offer of its own; {@link accept} takes its answer. */
  async offerAnew(): Promise<Sdp> {
    this.dropNext();
    this.#next = this.#newPeer();
    this.#unsent ??= [];
    return this.#usable(await this.#next.offer(this.microphone));
  }

  /** Waits until the second peer flows, at most so long, and lets the first go. True where it flows. */
  async changeOver(deadlineMs: number): Promise<boolean> {
    const next = this.#next;
    if (!next) return this.#flowing;
    const flowing = await this.#flows(next, deadlineMs);
    if (this.#next !== next) return flowing;
    const old = this.#peer;
    this.#next = null;
    this.#peer = next;
    old?.events.removeAllListeners();
    old?.close();
    this.#setFlowing(flowing);
    return flowing;
  }

  /** Gives up the second peer; the first stays what it was. */
  dropNext(): void {
    this.#next?.events.removeAllListeners();
    this.#next?.close();
    this.#next = null;
  }

  /** Is a packet heard within so long? True at once where sound flows and `anew` was not asked for. */
  async hears(deadlineMs: number): Promise<boolean> {
    const peer = this.#peer;
    if (!peer) return false;
    const before = await received(peer).catch(() => null);
    if (before === null || this.#abort.signal.aborted) return false;
    return new Promise((resolve) => {
      const forget = whenAborted(this.#abort.signal, () => resolve(false));
      this.#timers.after('hears', deadlineMs, () => {
        forget();
        void received(peer).then(
          (now) => resolve(now > before),
          () => resolve(false),
        );
      });
    });
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#applyMute();
  }

  /** Held: nothing of the person's is sent, whatever the mute says. */
  setSilent(silent: boolean): void {
    this.#silent = silent;
    this.#applyMute();
  }

  /** Another device, in place; muted where the options say that a new source begins so. A failure leaves the old one. */
  useDevice(device: DeviceId | null): Promise<void> {
    return this.#microphone.change(device, this.#options.media.muted);
  }

  /** Stops listening at once: the microphone first, then the peers. */
  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort(new PhoneError('wrong-phase'));
    this.#timers.close();
    this.#microphone.close();
    for (const peer of [this.#peer, this.#next]) {
      peer?.events.removeAllListeners();
      peer?.close();
    }
    this.#next = null;
    this.#flowing = false;
  }

  #newPeer(): Peer {
    const { media, ports, codecs } = this.#options;
    const peer = ports.createPeer({
      iceServers: media.iceServers,
      relayOnly: this.#relayOnly,
      prefetch: media.prefetch,
      trickle: media.trickle,
      gatherMs: GATHER_MS,
      codecs,
    });
    peer.setMuted(this.#muted || this.#silent);
    this.events.emit('peer', peer);
    const newest = (): boolean => peer === (this.#next ?? this.#peer);
    peer.events.on('candidate', (candidate) => {
      if (!media.trickle || !newest()) return;
      if (this.#unsent) this.#unsent.push(candidate);
      else this.events.emit('candidate', candidate);
    });
    peer.events.on('media', (sound) => {
      if (sound === 'flowing') this.#heard.add(peer);
      else this.#heard.delete(peer);
      if (peer === this.#peer) this.#setFlowing(sound === 'flowing');
    });
    peer.events.on('connection', (state) => {
      this.#connections.set(peer, state);
      if (peer !== this.#peer) return;
      this.events.emit('connection', state);
      // Whether sound comes is for packets to say, but over a failed transport none will.
      if (state === 'failed' || state === 'closed') this.#setFlowing(false);
    });
    peer.events.on('signallingClosed', () => {
      if (peer === this.#peer) this.events.emit('signallingClosed');
    });
    return peer;
  }

  #setFlowing(flowing: boolean): void {
    const before = this.#flowing;
    this.#flowing = flowing;
    if (before !== flowing) this.events.emit(flowing ? 'flowing' : 'stalled');
  }

  async #flows(peer: Peer, deadlineMs: number): Promise<boolean> {
    // Its sound may be quicker than the server's word that it took the description.
    if (this.#heard.has(peer)) return true;
    return new Promise((resolve) => {
      let forget: () => void = () => undefined;
      const done = (flowing: boolean): void => {
        this.#timers.cancel('flows');
        forget();
        peer.events.off('media', onMedia);
        resolve(flowing);
      };
      const onMedia = (sound: 'flowing' | 'stalled'): void => {
        if (sound === 'flowing') done(true);
      };
      peer.events.on('media', onMedia);
      this.#timers.after('flows', deadlineMs, () => done(false));
      forget = whenAborted(this.#abort.signal, () => done(false));
    });
  }

  #releaseEarly(peer: Peer): void {
    for (const candidate of this.#early.splice(0)) this.#give(peer, candidate);
  }

  #give(peer: Peer, candidate: WireCandidate | null): void {
    peer.addCandidate(candidate).catch((thrown: unknown) => {
      this.#options.ports.log.warn('a candidate was not taken', { thrown });
    });
  }

  #applyMute(): void {
    for (const peer of [this.#peer, this.#next]) peer?.setMuted(this.#muted || this.#silent);
  }

  /** Throws `negotiation` where nothing was gathered and the server can be told nothing later. */
  #usable(sdp: Sdp): Sdp {
    if (!this.#options.media.whole || /^a=candidate:/m.test(sdp)) return sdp;
    throw new PhoneError('negotiation', { why: 'no candidates' });
  }

  #current(): Peer {
    if (!this.#peer || this.#abort.signal.aborted) throw new PhoneError('negotiation', { why: 'the peer is gone' });
    return this.#peer;
  }
}

async function received(peer: Peer): Promise<number> {
  return (await peer.stats()).packetsReceived;
}
