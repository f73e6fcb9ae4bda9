/**
 * The sound of one leg. It has one transport in use and, while a client re-attaches, a second one standing by: the old goes
 * on in both directions until the new one flows, and whichever the client did not choose is thrown away.
 */

import { Ear } from './ear';
import type { AudioPacket, CodecName } from './packet';
import type { Credentials } from '../speak/speak';
import type { Candidate } from './peer';
import { AudioPeer } from './peer';
import type { Pacer } from './pacer';
import type { Ice } from './reach';
import { fingerprintOf, iceOf } from './sdp';
import { Voice } from './voice';
import type { Sound } from './sounds';
import { Retune } from './retune';

/** How long a replaced transport still carries sound to the client, so that nothing in flight is cut off. */
const LINGER_MS = 1_000;

/** How long an offer that a kept peer did not need still stands, should the client find its peer silent and build a new one. */
const STANDBY_MS = 20_000;

/** `restarted`: an ICE restart mends it. `replaced`: this transport stays dead, the next one lives. */
export type StopUntil = 'resumed' | 'restarted' | 'replaced';

export interface LegAudioEvents {
  packet(packet: AudioPacket, stream: unknown): void;
  /** Our own candidates, for clients that take them one by one. */
  candidate(candidate: Candidate | null): void;
}

export class LegAudio {
  readonly ear = new Ear();
  readonly #events: LegAudioEvents;
  readonly #ice: Ice;
  readonly #retune = new Retune();
  readonly #voice: Voice;
  #current: AudioPeer | null = null;
  #standby: AudioPeer | null = null;
  #retired: AudioPeer | null = null;
  #linger: NodeJS.Timeout | null = null;
  #standbyEnds: NodeJS.Timeout | null = null;
  /** Every description the client gave: its credentials tell a kept peer from a new one. */
  #remote: { ufrag: string | null; fingerprint: string | null } = { ufrag: null, fingerprint: null };
  #abandoned: AudioPeer | null = null;
  #stopped: StopUntil | null = null;
  #sent = { packets: 0, bytes: 0 };
  #queue: Promise<unknown> = Promise.resolve();
  #returns = { kept: 0, rebuilt: 0 };

  constructor(pacer: Pacer, ice: Ice, events: LegAudioEvents) {
    this.#ice = ice;
    this.#events = events;
    this.#voice = new Voice(pacer, (packet) => this.#send(packet, this.#voice));
  }

  get codec(): CodecName {
    return this.#current?.codec ?? 'opus';
  }

  get connected(): boolean {
    return this.#current?.connected ?? false;
  }

  /** How often the client came back, with the peer that it had and with a new one. */
  get returns(): { readonly kept: number; readonly rebuilt: number } {
    return this.#returns;
  }

  get sent(): { readonly packets: number; readonly bytes: number } {
    return this.#sent;
  }

  /** What would bring the dead media path back; null while it lives. */
  get stoppedUntil(): StopUntil | null {
    return this.#stopped;
  }

  /** Answers the client's first offer. */
  answer(offer: string): Promise<string> {
    return this.#inTurn(async () => {
      const peer = (this.#current ??= this.#newPeer({}));
      this.#remember(offer);
      return peer.answer(offer);
    });
  }

  /** Makes the first offer to a client that is being called. */
  offer(): Promise<string> {
    return this.#inTurn(() => {
      this.#current = this.#newPeer({});
      return this.#current.offer();
    });
  }

  accept(answer: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#remember(answer);
      await this.#current?.accept(answer);
    });
  }

  /** ICE restart that the client asked for: new credentials, the same DTLS association. */
  restart(offer: string): Promise<string> {
    return this.#inTurn(async () => {
      if (!this.#current) throw new Error('no transport to restart');
      if (this.#stopped === 'restarted') this.resume();
      this.#remember(offer);
      return this.#current.answer(offer);
    });
  }

  /**
   * An offer for a client that came back. It is made by a fresh transport, since a client that built a new peer needs a new
   * DTLS association; with `same` it wears the ICE credentials and the certificate of the one in use, so that to a client
   * that kept its peer nothing has changed.
   */
  offerAgain(how: Credentials): Promise<string> {
    return this.#inTurn(async () => {
      this.#dropStandby();
      const identity = how === 'same' ? this.#current?.local : null;
      this.#standby = this.#newPeer({ ...(identity ? { identity } : {}), ownCertificate: how === 'new' });
      return this.#standby.offer();
    });
  }

  /** The answer to `offerAgain`: 'kept' when it describes the peer that we know already. */
  acceptAgain(answer: string): Promise<'kept' | 'rebuilt'> {
    return this.#inTurn(async () => {
      const standby = this.#standby;
      const known = iceOf(answer)?.ufrag === this.#remote.ufrag && fingerprintOf(answer) === this.#remote.fingerprint;
      if (known) {
        this.#standbyEnds ??= setTimeout(() => this.#dropStandby(), STANDBY_MS);
        this.#returns = { ...this.#returns, kept: this.#returns.kept + 1 };
        return 'kept';
      }
      if (!standby) throw new Error('nothing was offered that this could answer');
      await standby.accept(answer);
      this.#standby = null;
      this.#dropStandby();
      this.#remember(answer);
      this.#replaceBy(standby);
      this.#returns = { ...this.#returns, rebuilt: this.#returns.rebuilt + 1 };
      return 'rebuilt';
    });
  }

  addCandidate(candidate: Candidate | null): Promise<void> {
    return this.#inTurn(async () => {
      await (this.#standby ?? this.#current)?.addCandidate(candidate);
    });
  }

  /** Passes on a frame from elsewhere: a bot's voice, the other party. `stream` names where its numbers count from. */
  send(packet: AudioPacket, stream: unknown): void {
    if (this.#voice.saying === null) this.#send(packet, stream);
  }

  /** Plays a sound of the leg's own instead of what is sent; null gives way to it again. */
  cover(sound: Sound | null): void {
    if (sound) void this.#voice.play(sound, this.codec);
    else this.#voice.hush();
  }

  /** The network path dies: nothing passes either way. */
  stop(until: StopUntil): void {
    this.#stopped = until;
    for (const peer of [this.#current, this.#standby, this.#retired])
      peer?.die(peer !== this.#standby || until !== 'replaced');
  }

  resume(): void {
    this.#stopped = null;
    for (const peer of [this.#current, this.#standby, this.#retired]) peer?.die(false);
  }

  /** The transport in use carries no sound any more, though ICE goes on; only another transport will (stock FreeSWITCH). */
  abandon(): void {
    this.#abandoned = this.#current;
  }

  async close(): Promise<void> {
    this.#voice.hush();
    this.#retire();
    await this.#inTurn(async () => {
      this.#dropStandby();
      await this.#current?.close();
      this.#retune.close();
    });
  }

  #newPeer(options: { identity?: { ufrag: string; password: string }; ownCertificate?: boolean }): AudioPeer {
    const peer: AudioPeer = new AudioPeer({
      ...options,
      ice: this.#ice,
      events: {
        packet: (packet) => this.#receive(packet, peer),
        connected: () => undefined,
        candidate: (candidate) => this.#events.candidate(candidate),
      },
    });
    if (this.#stopped !== null && this.#stopped !== 'replaced') peer.die(true);
    return peer;
  }

  #receive(packet: AudioPacket, peer: AudioPeer): void {
    if (peer === this.#abandoned) return;
    if (peer === this.#current && this.#retired && !this.#linger) {
      this.#linger = setTimeout(() => this.#retire(), LINGER_MS);
    }
    const replaced = peer === this.#retired && this.#linger !== null;
    if (replaced || (peer !== this.#current && peer !== this.#retired)) return;
    this.ear.hear(packet, peer);
    this.#events.packet(packet, peer);
  }

  #send(packet: AudioPacket, stream: unknown): void {
    const tuned = this.#retune.next(packet, stream, this.codec);
    if (!tuned || this.#abandoned) return;
    const current = this.#current?.send(tuned) ?? false;
    const retired = this.#retired?.send(tuned) ?? false;
    if (!current && !retired) return;
    this.#sent = { packets: this.#sent.packets + 1, bytes: this.#sent.bytes + tuned.payload.length };
  }

  #replaceBy(fresh: AudioPeer): void {
    if (this.#abandoned || (this.#retired && !this.#linger)) {
      // The one in use never flowed, or does no more: the one before it, if any, is still the one to listen to.
      void this.#current?.close();
    } else {
      this.#retire();
      this.#retired = this.#current;
    }
    this.#current = fresh;
    this.#abandoned = null;
    if (this.#stopped === 'replaced') this.#stopped = null;
  }

  #dropStandby(): void {
    if (this.#standbyEnds) clearTimeout(this.#standbyEnds);
    this.#standbyEnds = null;
    void this.#standby?.close();
    this.#standby = null;
  }

  #retire(): void {
    if (this.#linger) clearTimeout(this.#linger);
    this.#linger = null;
    void this.#retired?.close();
    this.#retired = null;
  }

  #remember(sdp: string): void {
    this.#remote = { ufrag: iceOf(sdp)?.ufrag ?? null, fingerprint: fingerprintOf(sdp) };
  }

  /** Descriptions and candidates one after another: two at once break a peer. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work, work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
