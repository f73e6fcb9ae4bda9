/** The sound of one call: its microphone, its peer, and while one replaces the other, two peers at once. */

import { CallMicrophone } from './call-microphone';
import { CallPeer, type Connection, type PeerTold } from './call-peer';
import { CandidatesWaiting } from './candidates-waiting';
import type { WireCandidate } from './dialects/dialect';
import { Emitter } from './emitter';
import type { MediaOptions } from './line-options';
import { PhoneError } from './model/errors';
import type { DeviceId } from './model/ids';
import type { PeerEvents, Microphone, Peer, Ports, Sdp } from './ports';

export interface CallMediaEvents {
  /** A peer was made: the first, or one that is to take its place. */
  peer: [peer: Peer];
  flowing: [];
  stalled: [];
  /** The second peer took the place of the first. */
  replaced: [];
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

/** Section 8.4 of the reference: the official client cuts gathering after one second. */
const GATHER_MS = 1000;

export class CallMedia {
  readonly events: Emitter<CallMediaEvents>;
  readonly #options: CallMediaOptions;
  readonly #abort = new AbortController();
  readonly #microphone: CallMicrophone;
  readonly #candidates: CandidatesWaiting;
  #now: CallPeer | null = null;
  #next: CallPeer | null = null;
  #flowing = false;
  #muted: boolean;
  #silent = false;
  #deaf = false;
  #relayOnly: boolean;

  constructor(options: CallMediaOptions) {
    this.#options = options;
    this.#muted = options.muted;
    this.#relayOnly = options.media.relayOnly;
    this.events = new Emitter(options.ports.log);
    this.#candidates = new CandidatesWaiting(options.ports.log, (candidate) => {
      this.events.emit('candidate', candidate);
    });
    this.#microphone = new CallMicrophone({
      ports: options.ports,
      signal: this.#abort.signal,
      device: () => options.device(),
      muted: () => this.#muted,
      setMuted: (muted) => this.setMuted(muted),
      send: async (microphone) => {
        for (const peer of this.#peers()) await peer.useMicrophone(microphone);
      },
      onLost: (label) => this.events.emit('microphoneLost', label),
      onChanged: () => this.events.emit('microphoneChanged'),
      onRefused: (error) => this.events.emit('microphoneRefused', error),
    });
  }

  get peer(): Peer | null {
    return this.#now?.peer ?? null;
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
    return this.#now?.connection ?? 'new';
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
    this.#now ??= this.#newPeer();
  }

  /** Ours wait from here on, until {@link descriptionSent}. */
  async offer(): Promise<Sdp> {
    this.prepare();
    this.#candidates.holdOurs();
    return this.#usable(await this.#current().offer(this.microphone));
  }

  async answer(offer: Sdp): Promise<Sdp> {
    this.prepare();
    const peer = this.#current();
    this.#candidates.holdOurs();
    const answer = peer.answer(this.microphone, offer);
    this.#candidates.giveTheirs(peer);
    return this.#usable(await answer);
  }

  /** The answer to the newest offer. */
  async accept(answer: Sdp): Promise<void> {
    await (this.#next?.peer ?? this.#current()).accept(answer);
  }

  async restart(how: { readonly relayOnly: boolean }): Promise<Sdp> {
    this.#relayOnly = this.#relayOnly || how.relayOnly;
    this.#candidates.holdOurs();
    return this.#usable(await this.#current().restart({ relayOnly: this.#relayOnly }));
  }

  /** The description is on its way; its candidates may follow. */
  descriptionSent(): void {
    this.#candidates.descriptionSent();
  }

  /** One of theirs, for the newest peer. */
  addCandidate(candidate: WireCandidate | null): void {
    this.#candidates.take(candidate, this.#newest?.peer ?? null);
  }

  /** A second peer answers `offer` with the same microphone, while the first goes on playing and sending. */
  async answerAnew(offer: Sdp): Promise<Sdp> {
    this.dropNext();
    this.#next = this.#newPeer();
    const { peer } = this.#next;
    this.#candidates.holdOurs();
    const answer = peer.answer(this.microphone, offer);
    this.#candidates.giveTheirs(peer);
    return this.#usable(await answer);
  }

  /** A second peer makes an offer of its own; {@link accept} takes its answer. */
  async offerAnew(): Promise<Sdp> {
    this.dropNext();
    this.#next = this.#newPeer();
    this.#candidates.holdOurs();
    return this.#usable(await this.#next.peer.offer(this.microphone));
  }

  /** Waits for the second peer's sound, or where that is `enough` its path, at most so long, and lets the first go. True where it is heard. */
  async changeOver(deadlineMs: number, enough: 'sound' | 'path'): Promise<boolean> {
    const next = this.#next;
    if (!next) return this.#flowing;
    const flowing = await next.flows(deadlineMs, enough);
    if (this.#next !== next) return flowing;
    const old = this.#now;
    this.#next = null;
    this.#now = next;
    old?.close();
    this.events.emit('replaced');
    this.#setFlowing(flowing);
    return flowing;
  }

  /** Gives up the second peer; the first stays what it was. */
  dropNext(): void {
    this.#next?.close();
    this.#next = null;
  }

  /** Does another packet come within so long? Never rejects. */
  async hears(deadlineMs: number): Promise<boolean> {
    return (await this.#now?.hears(deadlineMs)) ?? false;
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

  /** The other side is not heard here; it does not know. */
  setDeaf(deaf: boolean): void {
    this.#deaf = deaf;
    for (const peer of this.#peers()) peer.setDeaf(deaf);
  }

  /** Another device, in place; muted where the options say that a new source begins so. A failure leaves the old one. */
  useDevice(device: DeviceId | null): Promise<void> {
    return this.#microphone.change(device, this.#options.media.muted);
  }

  /** Stops listening at once: the microphone first, then the peers. */
  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort(new PhoneError('wrong-phase'));
    this.#microphone.close();
    this.#now?.close();
    this.#next?.close();
    this.#next = null;
    this.#flowing = false;
  }

  get #newest(): CallPeer | null {
    return this.#next ?? this.#now;
  }

  #peers(): readonly Peer[] {
    return [this.#now, this.#next].flatMap((each) => each?.peer ?? []);
  }

  #newPeer(): CallPeer {
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
    if (this.#deaf) peer.setDeaf(true);
    this.events.emit('peer', peer);
    return new CallPeer(peer, ports.clock, (from) => this.#listenTo(from));
  }

  /** One that is on its way in or out is heard only of its candidates. */
  #listenTo(from: CallPeer): PeerTold {
    return {
      candidate: (candidate) => {
        if (this.#options.media.trickle && from === this.#newest) this.#candidates.found(candidate);
      },
      heard: () => {
        if (from === this.#now) this.#setFlowing(from.heard);
      },
      connection: (state) => {
        if (from !== this.#now) return;
        this.events.emit('connection', state);
        // Whether sound comes is for packets to say, but over a failed transport none will.
        if (state === 'failed' || state === 'closed') this.#setFlowing(false);
      },
      signallingClosed: () => {
        if (from !== this.#now) return;
        this.#setFlowing(false);
        this.events.emit('signallingClosed');
      },
    };
  }

  #setFlowing(flowing: boolean): void {
    const before = this.#flowing;
    this.#flowing = flowing;
    if (before !== flowing) this.events.emit(flowing ? 'flowing' : 'stalled');
  }

  #applyMute(): void {
    for (const peer of this.#peers()) peer.setMuted(this.#muted || this.#silent);
  }

  /** Throws `negotiation` where nothing was gathered and the server can be told nothing later. */
  #usable(sdp: Sdp): Sdp {
    if (!this.#options.media.whole || /^a=candidate:/m.test(sdp)) return sdp;
    throw new PhoneError('negotiation', { why: 'no candidates' });
  }

  #current(): Peer {
    if (!this.#now || this.#abort.signal.aborted) throw new PhoneError('negotiation', { why: 'the peer is gone' });
    return this.#now.peer;
  }
}
