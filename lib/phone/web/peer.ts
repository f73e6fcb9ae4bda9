/** Audio both ways over one RTCPeerConnection, in the phone's own verbs. */

import EventEmitter from 'eventemitter3';
import { PhoneError } from '../model/errors';
import type { Levels } from '../model/snapshot';
import type { Candidate, Log, Microphone, Peer, PeerEvents, PeerOptions, PeerStats, Sdp } from '../ports';
import { preferCodecs } from './codecs';
import { EarlyCandidates, fateOf, fragmentsOf, type Descriptions } from './early-candidates';
import { nameOf } from './emit';
import { Gatherer } from './gatherer';
import { promised } from './gathering';
import { IncomingVoice } from './incoming-voice';
import { LevelMeter, SILENCE } from './level-meter';
import { MediaWatch } from './media-watch';
import { closedAt, OperationQueue } from './operation-queue';
import { OutgoingVoice } from './outgoing-voice';
import { entriesOf, packetsReceived, readLevels, readStats, type Report } from './peer-stats';
import { PeerTeller } from './peer-teller';
import { whileOpen } from './while-open';

interface Dependencies {
  readonly options: PeerOptions;
  /** Plays the other side until the returned function is called. */
  readonly play: (voice: MediaStream) => () => void;
  readonly onClosed: (peer: WebPeer) => void;
  readonly log: Log;
}

export class WebPeer implements Peer {
  readonly events = new EventEmitter<PeerEvents>();
  readonly #deps: Dependencies;
  readonly #pc: RTCPeerConnection;
  readonly #teller: PeerTeller;
  readonly #negotiations = new OperationQueue();
  readonly #early = new EarlyCandidates();
  readonly #out: OutgoingVoice;
  readonly #in: IncomingVoice;
  readonly #watch: MediaWatch;
  readonly #meter: LevelMeter;
  readonly #listening = new AbortController();
  #transceiver: RTCRtpTransceiver | null = null;
  #relayOnly: boolean;
  #settingRemote = false;
  #accepted: Sdp | null = null;

  /** Throws `negotiation` (step `create`) where the browser refuses the ICE servers. */
  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#relayOnly = deps.options.relayOnly;
    this.#pc = this.#create();
    this.#teller = new PeerTeller({ pc: this.#pc, events: this.events, log: deps.log });
    this.#out = new OutgoingVoice(deps.log);
    this.#in = new IncomingVoice({ play: deps.play, onSound: () => this.#watch.lookNow() });
    this.#watch = new MediaWatch({
      packets: async () => {
        this.#teller.tellIfClosed();
        return packetsReceived(await this.#report());
      },
      changed: (flow) => this.#teller.tell('media', flow),
    });
    this.#meter = new LevelMeter(async () => readLevels(await this.#report()));
    this.#pc.addEventListener('track', ({ track }) => this.#in.hear(track), { signal: this.#listening.signal });
    this.#teller.listen(this.#listening.signal);
  }

  offer(mic: Microphone | null): Promise<Sdp> {
    this.#out.take(mic);
    return this.#negotiations.run('offer', async () => {
      await (this.#transceiver === null ? this.#transceive() : this.#out.send());
      return this.#describe();
    });
  }

  answer(mic: Microphone | null, offer: Sdp): Promise<Sdp> {
    this.#out.take(mic);
    return this.#negotiations.run('answer', async () => {
      await this.#setRemote({ type: 'offer', sdp: offer });
      try {
        await this.#joinOffered();
        return await this.#describe();
      } catch (cause) {
        // An offer that we cannot answer must not stand in the way of the next one.
        if (this.#pc.signalingState === 'have-remote-offer') await this.#pc.setRemoteDescription({ type: 'rollback' });
        throw cause;
      }
    });
  }

  /** An answer that is in force already changes nothing: servers repeat it in `media` and `answer`. */
  accept(answer: Sdp): Promise<void> {
    return this.#negotiations.run('accept', async () => {
      // What the browser gives back it has written anew, so the text as it came is what can be compared.
      if (this.#pc.signalingState === 'stable' && this.#accepted === answer) return;
      await this.#setRemote({ type: 'answer', sdp: answer });
      this.#accepted = answer;
    });
  }

  restart(how?: { readonly relayOnly: boolean }): Promise<Sdp> {
    return this.#negotiations.run('restart', async () => {
      this.#relayOnly = how?.relayOnly ?? this.#relayOnly;
      this.#pc.setConfiguration(this.#configuration());
      this.#pc.restartIce();
      return this.#describe();
    });
  }

  async addCandidate(candidate: Candidate | null): Promise<void> {
    const fate = fateOf(candidate, this.#descriptions());
    if (fate === 'keep') this.#early.keep(candidate);
    if (fate === 'add') await this.#add(candidate);
  }

  localSdp(): Sdp | null {
    // An offer that nobody accepted yet does not carry the sound.
    return (this.#pc.currentLocalDescription ?? this.#pc.localDescription)?.sdp ?? null;
  }

  remoteSdp(): Sdp | null {
    return this.#pc.remoteDescription?.sdp ?? null;
  }

  isSignallingClosed(): boolean {
    return this.#pc.signalingState === 'closed';
  }

  useMicrophone(mic: Microphone | null): Promise<void> {
    return this.#out.use(mic);
  }

  setMuted(muted: boolean): void {
    this.#out.setMuted(muted);
  }

  setDeaf(deaf: boolean): void {
    this.#in.setDeaf(deaf);
  }

  async stats(): Promise<PeerStats> {
    return readStats(await this.report());
  }

  async report(): Promise<Report> {
    try {
      return await this.#report();
    } catch (cause) {
      if (cause instanceof PhoneError) throw cause;
      throw new PhoneError('negotiation', { step: 'stats', error: nameOf(cause) }, { cause });
    }
  }

  /** Loudness as ears take it: 0 is -60 dB and below, 1 full scale. */
  levels(): Levels {
    return this.#listening.signal.aborted ? SILENCE : this.#meter.read();
  }

  mixWith(others: readonly Peer[]): void {
    this.#out.mixWith(others.flatMap((other) => (other instanceof WebPeer ? (other.#in.track ?? []) : [])));
  }

  close(): void {
    if (this.#listening.signal.aborted) return;
    this.#listening.abort();
    this.#watch.stop();
    this.#negotiations.close();
    this.#out.close();
    this.#in.close();
    this.#pc.close();
    this.#deps.onClosed(this);
  }

  #create(): RTCPeerConnection {
    try {
      return new RTCPeerConnection(this.#configuration());
    } catch (cause) {
      throw new PhoneError('negotiation', { step: 'create', error: nameOf(cause) }, { cause });
    }
  }

  #configuration(): RTCConfiguration {
    const { iceServers, prefetch } = this.#deps.options;
    return {
      iceServers: iceServers.map(({ urls, ...rest }) => ({
        ...rest,
        urls: typeof urls === 'string' ? urls : [...urls],
      })),
      iceTransportPolicy: this.#relayOnly ? 'relay' : 'all',
      iceCandidatePoolSize: prefetch ? 1 : 0,
      // Not max-bundle: Chromium then refuses a description without a BUNDLE group, which is how FreeSWITCH writes them all.
      bundlePolicy: 'balanced',
      rtcpMuxPolicy: 'require',
    };
  }

  #transceive(): Promise<void> {
    const transceiver = this.#pc.addTransceiver('audio', { direction: 'sendrecv' });
    preferCodecs(transceiver, this.#deps.options.codecs);
    this.#transceiver = transceiver;
    return this.#out.send(transceiver.sender);
  }

  async #joinOffered(): Promise<void> {
    const offered = this.#pc.getTransceivers().filter(({ mid }) => mid !== null);
    const audio = offered.find(({ receiver }) => receiver.track.kind === 'audio');
    if (audio === undefined) throw new PhoneError('negotiation', { step: 'answer', error: 'no-audio' });
    for (const other of offered) other.direction = other === audio ? 'sendrecv' : 'inactive';
    this.#transceiver = audio;
    preferCodecs(audio, this.#deps.options.codecs);
    await this.#out.send(audio.sender);
  }

  async #describe(): Promise<Sdp> {
    const { options } = this.#deps;
    const gatherer = new Gatherer(this.#pc, {
      ...promised(options.iceServers),
      relayOnly: this.#relayOnly,
      gatherMs: options.gatherMs,
    });
    try {
      await this.#pc.setLocalDescription();
      if (!options.trickle) await gatherer.enough(this.#negotiations.signal);
    } finally {
      gatherer.stop();
    }
    return this.#pc.localDescription?.sdp ?? '';
  }

  async #setRemote(description: RTCSessionDescriptionInit): Promise<void> {
    this.#settingRemote = true;
    try {
      await this.#pc.setRemoteDescription(description);
    } finally {
      this.#settingRemote = false;
    }
    for (const candidate of this.#early.take(this.#descriptions())) {
      this.#add(candidate).catch((cause: unknown) => this.#deps.log.warn('an early candidate is refused', { cause }));
    }
  }

  #descriptions(): Descriptions {
    const sdp = this.remoteSdp();
    return {
      remote: sdp === null ? null : fragmentsOf(sdp),
      pending: this.#settingRemote || this.#pc.signalingState === 'have-local-offer',
    };
  }

  async #add(candidate: Candidate | null): Promise<void> {
    try {
      await this.#pc.addIceCandidate(candidate === null ? undefined : { ...candidate });
    } catch (cause) {
      throw new PhoneError('negotiation', { step: 'candidate', error: nameOf(cause) }, { cause });
    }
  }

  async #report(): Promise<Report> {
    const ask = (): Promise<RTCStatsReport> => this.#pc.getStats();
    return entriesOf(await whileOpen(this.#listening.signal, ask, () => closedAt('stats')));
  }
}
