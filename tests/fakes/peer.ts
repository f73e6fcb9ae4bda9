/** A peer that a test steers: when it flows, stalls, fails; and what was asked of it. */

import EventEmitter from 'eventemitter3';
import { PhoneError } from '../../lib/phone/model/errors';
import type {
  Candidate,
  Microphone,
  Peer,
  PeerEvents,
  PeerOptions,
  PeerStats,
  Sdp,
  StatsEntry,
} from '../../lib/phone/ports';

/** A description short enough to read in a failing test. */
export function sdp(ufrag: string, fingerprint = 'AA'): Sdp {
  return `v=0\r\na=ice-ufrag:${ufrag}\r\na=ice-pwd:secret-${ufrag}\r\na=fingerprint:sha-256 ${fingerprint}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\na=candidate:1 1 udp 2113937151 192.0.2.7 50000 typ host\r\n`;
}

export class FakePeer implements Peer {
  readonly events = new EventEmitter<PeerEvents>();
  readonly asked: string[] = [];
  readonly candidates: (Candidate | null)[] = [];
  microphone: Microphone | null = null;
  muted = false;
  deafened = false;
  closed = false;
  signallingClosed = false;
  mixed: readonly Peer[] = [];
  packetsReceived = 0;
  /** What the next operation says instead of working. */
  failNext: PhoneError | null = null;
  /** Does it find any way to be reached? */
  gathers = true;
  /** What its candidates say of where it is. */
  address = '192.0.2.7';
  /** How long an accept takes. */
  acceptDelayMs = 0;
  statsDelayMs = 0;
  /** What kind of candidate of ours its path begins at; null where it has none. */
  pathType: 'host' | 'relay' | null = null;
  /** What its statistics say beside the counters that it keeps itself. */
  measured: Partial<PeerStats> = {};
  #local: Sdp | null = null;
  #remote: Sdp | null = null;
  #restarts = 0;
  #looks = 0;

  constructor(
    readonly options: PeerOptions,
    readonly number: number,
  ) {}

  async offer(mic: Microphone | null): Promise<Sdp> {
    this.microphone = mic;
    return this.#did('offer', () => (this.#local = this.#described(`local-${this.number}`)));
  }

  async answer(mic: Microphone | null, offer: Sdp): Promise<Sdp> {
    this.microphone = mic;
    this.#remote = offer;
    return this.#did('answer', () => (this.#local = this.#described(`local-${this.number}`)));
  }

  async accept(answer: Sdp): Promise<void> {
    if (this.acceptDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.acceptDelayMs));
    await this.#did('accept', () => (this.#remote = answer));
  }

  async restart(how?: { readonly relayOnly: boolean }): Promise<Sdp> {
    this.#restarts += 1;
    return this.#did(how?.relayOnly ? 'restart relay' : 'restart', () =>
      this.#described(`local-${this.number}-${this.#restarts}`),
    );
  }

  async addCandidate(candidate: Candidate | null): Promise<void> {
    this.candidates.push(candidate);
    return Promise.resolve();
  }

  localSdp(): Sdp | null {
    return this.#local;
  }
  remoteSdp(): Sdp | null {
    return this.#remote;
  }
  isSignallingClosed(): boolean {
    return this.signallingClosed || this.closed;
  }
  async useMicrophone(mic: Microphone | null): Promise<void> {
    await this.#did('useMicrophone', () => (this.microphone = mic));
  }
  setMuted(muted: boolean): void {
    this.muted = muted;
  }
  setDeaf(deaf: boolean): void {
    this.deafened = deaf;
  }
  async stats(): Promise<PeerStats> {
    if (this.closed) throw new PhoneError('negotiation', { step: 'stats' });
    return Promise.resolve({
      packetsReceived: this.packetsReceived,
      packetsSent: this.packetsReceived,
      bytesReceived: ++this.#looks,
      bytesSent: this.#looks,
      packetsLost: 0,
      remotePacketsLost: null,
      jitterMs: 2,
      remoteJitterMs: null,
      roundTripMs: 20,
      levels: this.levels(),
      codec: 'opus',
      pair: null,
      local: this.pathType === null ? null : { type: this.pathType, address: '192.0.2.7', protocol: 'udp' },
      remote: null,
      ...this.measured,
    });
  }
  async report(): Promise<readonly StatsEntry[]> {
    return [{ type: 'inbound-rtp', kind: 'audio', packetsReceived: (await this.stats()).packetsReceived }];
  }
  levels(): { you: number; them: number } {
    return { you: 0.2, them: 0.4 };
  }
  mixWith(others: readonly Peer[]): void {
    this.mixed = others;
  }
  close(): void {
    this.closed = true;
  }

  /** Connects and hears packets, now and from now on. */
  flows(): void {
    this.packetsReceived += 50;
    this.events.emit('connection', 'connected');
    this.events.emit('media', 'flowing');
  }
  /** Finds a path, over which nothing is heard yet. */
  connects(): void {
    this.events.emit('connection', 'connected');
  }
  stalls(): void {
    this.events.emit('media', 'stalled');
  }
  disconnects(): void {
    this.events.emit('connection', 'disconnected');
  }
  fails(): void {
    this.events.emit('connection', 'failed');
    this.events.emit('media', 'stalled');
  }
  /** The browser destroyed it, as it does when the device sleeps. */
  sleeps(): void {
    this.signallingClosed = true;
    this.events.emit('signallingClosed');
  }
  finds(candidate: Candidate | null): void {
    this.events.emit('candidate', candidate);
  }

  /** Candidates follow one by one where it trickles. */
  #described(ufrag: string): Sdp {
    const whole = sdp(ufrag).replace('192.0.2.7', this.address);
    return this.gathers && !this.options.trickle ? whole : whole.replace(/^a=candidate.*\r\n/gm, '');
  }

  async #did<T>(what: string, result: () => T): Promise<T> {
    await Promise.resolve();
    if (this.closed) throw new PhoneError('negotiation', { step: what, error: 'closed' });
    this.asked.push(what);
    const failure = this.failNext;
    this.failNext = null;
    if (failure) throw failure;
    return result();
  }
}
