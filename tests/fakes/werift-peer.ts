/** A peer of real packets in Node: werift carries PCMU both ways, so that the phone's recovery meets a real transport. */

import EventEmitter from 'eventemitter3';
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtpHeader,
  RtpPacket,
  type RTCRtpTransceiver,
} from 'werift';
import { bearSecondHello } from '../../gateway/media/second-hello';
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

const PCMU = new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: 0 });
const FRAME_MS = 20;
const FRAME_BYTES = 160;
const SILENCE = 0xff;
/** Any byte but silence does for a voice. */
const VOICE = 0x55;
const STALLED_AFTER_MS = 2000;

export class WeriftPeer implements Peer {
  readonly events = new EventEmitter<PeerEvents>();
  readonly #pc: RTCPeerConnection;
  #track: MediaStreamTrack | null = null;
  #transceiver: RTCRtpTransceiver | null = null;
  #muted = false;
  #sequence = 0;
  #timer: NodeJS.Timeout | null = null;
  #sent = 0;
  #received = 0;
  #heardAt = 0;
  #flow: 'none' | 'flowing' | 'stalled' = 'none';
  #closed = false;

  constructor(options: PeerOptions) {
    this.#pc = new RTCPeerConnection({
      codecs: { audio: [PCMU] },
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
    });
    this.#pc.connectionStateChange.subscribe((state) => {
      if (state !== 'new') this.events.emit('connection', state);
    });
    this.#pc.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(() => this.#heard()));
    this.#pc.onIceCandidate.subscribe((candidate) => {
      if (!options.trickle) return;
      if (!candidate?.candidate) return void this.events.emit('candidate', null);
      const { candidate: text, sdpMid = null, sdpMLineIndex = null } = candidate;
      this.events.emit('candidate', { candidate: text, sdpMid, sdpMLineIndex });
    });
  }

  get packetsReceived(): number {
    return this.#received;
  }

  async offer(_mic: Microphone | null): Promise<Sdp> {
    return this.#run('offer', async () => {
      if (!this.#transceiver)
        this.#speak(this.#pc.addTransceiver(new MediaStreamTrack({ kind: 'audio' }), { direction: 'sendrecv' }));
      await this.#pc.setLocalDescription(await this.#pc.createOffer());
      return this.#pc.localDescription?.sdp ?? '';
    });
  }

  async answer(_mic: Microphone | null, offer: Sdp): Promise<Sdp> {
    return this.#run('answer', async () => {
      await this.#pc.setRemoteDescription({ type: 'offer', sdp: withMid(offer) });
      const [transceiver] = this.#pc.getTransceivers();
      if (!transceiver) throw new Error('no audio was offered');
      transceiver.setDirection('sendrecv');
      const track = new MediaStreamTrack({ kind: 'audio' });
      await transceiver.sender.replaceTrack(track);
      this.#speak(transceiver, track);
      await this.#pc.setLocalDescription(await this.#pc.createAnswer());
      return this.#pc.localDescription?.sdp ?? '';
    });
  }

  async accept(answer: Sdp): Promise<void> {
    await this.#run('accept', async () => {
      if (this.#pc.signalingState === 'stable') return;
      const restarts = Boolean(this.#pc.remoteDescription);
      await this.#pc.setRemoteDescription({ type: 'answer', sdp: withMid(answer) });
      // As a browser does; werift would only answer checks, and forgets those that came before the description.
      if (restarts) for (const transport of this.#pc.iceTransports) transport.start().catch(() => undefined);
    });
  }

  async restart(): Promise<Sdp> {
    return this.#run('restart', async () => {
      this.#pc.restartIce();
      await this.#pc.setLocalDescription(await this.#pc.createOffer());
      return this.#pc.localDescription?.sdp ?? '';
    });
  }

  async addCandidate(candidate: Candidate | null): Promise<void> {
    if (!candidate || this.#closed) return;
    const { sdpMid, sdpMLineIndex } = candidate;
    await this.#pc.addIceCandidate({
      candidate: candidate.candidate,
      ...(sdpMid === null ? {} : { sdpMid }),
      ...(sdpMLineIndex === null ? {} : { sdpMLineIndex }),
    });
  }

  localSdp(): Sdp | null {
    return this.#pc.localDescription?.sdp ?? null;
  }
  remoteSdp(): Sdp | null {
    return this.#pc.remoteDescription?.sdp ?? null;
  }
  isSignallingClosed(): boolean {
    return this.#closed;
  }
  async useMicrophone(): Promise<void> {
    return Promise.resolve();
  }
  setMuted(muted: boolean): void {
    this.#muted = muted;
  }
  setDeaf(): void {
    // Nobody listens here.
  }
  async stats(): Promise<PeerStats> {
    return Promise.resolve({
      packetsReceived: this.#received,
      packetsSent: this.#sent,
      bytesReceived: this.#received * FRAME_BYTES,
      bytesSent: this.#sent * FRAME_BYTES,
      packetsLost: 0,
      remotePacketsLost: null,
      jitterMs: 0,
      remoteJitterMs: null,
      roundTripMs: null,
      levels: { you: null, them: null },
      codec: 'PCMU',
      pair: null,
      local: null,
      remote: null,
    });
  }
  async report(): Promise<readonly StatsEntry[]> {
    return [{ type: 'inbound-rtp', kind: 'audio', packetsReceived: (await this.stats()).packetsReceived }];
  }
  levels(): { you: number; them: number } {
    return { you: 0, them: 0 };
  }
  mixWith(): void {
    // Mixing is the browser's.
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer) clearInterval(this.#timer);
    void this.#pc.close();
  }

  async #run<T>(step: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new PhoneError('negotiation', { step, error: 'closed' });
    try {
      return await work();
    } catch (cause) {
      throw new PhoneError('negotiation', { step, error: String(cause) }, { cause });
    }
  }

  #speak(transceiver: RTCRtpTransceiver, track = transceiver.sender.track): void {
    this.#transceiver = transceiver;
    this.#track = track ?? null;
    bearSecondHello(this.#pc);
    this.#timer ??= setInterval(() => this.#tick(), FRAME_MS);
  }

  #tick(): void {
    if (this.#flow === 'flowing' && performance.now() - this.#heardAt > STALLED_AFTER_MS) this.#tell('stalled');
    if (this.#pc.connectionState !== 'connected') return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const header = new RtpHeader({
      payloadType: 0,
      sequenceNumber: this.#sequence,
      timestamp: (this.#sequence * FRAME_BYTES) >>> 0,
    });
    this.#track?.writeRtp(new RtpPacket(header, Buffer.alloc(FRAME_BYTES, this.#muted ? SILENCE : VOICE)));
    this.#sent += 1;
  }

  #heard(): void {
    this.#received += 1;
    this.#heardAt = performance.now();
    if (this.#flow !== 'flowing') this.#tell('flowing');
  }

  #tell(flow: 'flowing' | 'stalled'): void {
    this.#flow = flow;
    this.events.emit('media', flow);
  }
}

/** A browser answers a description that names no mid, as FreeSWITCH writes it; werift wants one for its only section. */
function withMid(sdp: Sdp): Sdp {
  return /^a=mid:/m.test(sdp) ? sdp : `${sdp.trimEnd()}\r\na=mid:0\r\n`;
}
