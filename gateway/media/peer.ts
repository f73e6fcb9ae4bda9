/** One media transport towards a client: a WebRTC peer that carries one audio stream each way. */

import {
  CipherContext,
  HashAlgorithm,
  MediaStreamTrack,
  NamedCurveAlgorithm,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtpHeader,
  RtpPacket,
  SignatureAlgorithm,
} from 'werift';
import type { Protocol, RTCRtpSender } from 'werift';
import type { AudioPacket, Codec, CodecName } from './packet';
import { codecs } from './packet';
import { Reach, type Ice } from './reach';
import type { IceIdentity } from './sdp';
import { iceOf, offeredCodecs, withMid } from './sdp';
import { bearSecondHello } from './second-hello';

export interface Candidate {
  readonly candidate: string;
  readonly sdpMid?: string;
  readonly sdpMLineIndex?: number;
}

export interface PeerEvents {
  packet(packet: AudioPacket): void;
  connected(): void;
  candidate(candidate: Candidate | null): void;
}

export interface PeerOptions {
  readonly events: PeerEvents;
  /** Take over these ICE credentials, so that the offer reads like the one of the transport it stands beside. */
  readonly identity?: IceIdentity;
  /** `full` unless told. */
  readonly ice?: Ice;
  /** A certificate of its own, so a fingerprint that no client has seen. */
  readonly ownCertificate?: boolean;
}

type Mouth = Pick<Protocol, 'sendStun' | 'sendData'>;

const parameters: Readonly<Record<CodecName, RTCRtpCodecParameters>> = {
  opus: new RTCRtpCodecParameters({
    mimeType: 'audio/opus',
    clockRate: codecs.opus.clockRate,
    channels: codecs.opus.channels,
    payloadType: codecs.opus.payloadType,
    parameters: 'minptime=10;useinbandfec=1',
  }),
  pcmu: new RTCRtpCodecParameters({
    mimeType: 'audio/PCMU',
    clockRate: codecs.pcmu.clockRate,
    channels: codecs.pcmu.channels,
    payloadType: codecs.pcmu.payloadType,
  }),
};

export class AudioPeer {
  readonly #events: PeerEvents;
  readonly #options: PeerOptions;
  #pc: RTCPeerConnection | null = null;
  #sender: RTCRtpSender | null = null;
  #codec: Codec = codecs.opus;
  #payloadTypes = new Map<number, CodecName>();
  readonly #mouths = new Map<Mouth, Mouth>();
  readonly #reach: Reach;
  #dead = false;
  #closed = false;

  constructor(options: PeerOptions) {
    this.#options = options;
    this.#events = options.events;
    this.#reach = new Reach(options.ice ?? 'full');
  }

  get connected(): boolean {
    return this.#pc?.connectionState === 'connected';
  }

  get closed(): boolean {
    return this.#closed;
  }

  get codec(): CodecName {
    return this.#codec.name;
  }

  /** What the client's last description calls its end. */
  get remote(): IceIdentity | null {
    return iceOf(this.#pc?.remoteDescription?.sdp);
  }

  get local(): IceIdentity | null {
    return iceOf(this.#pc?.localDescription?.sdp);
  }

  /** Resolves with the complete answer: candidates and all. Also serves a later offer (ICE restart). */
  async answer(offer: string): Promise<string> {
    const wanted = understood(offer);
    const codec: CodecName = wanted.has('opus') ? 'opus' : 'pcmu';
    const pc = this.#pc ?? (await this.#open([codec]));
    await pc.setRemoteDescription({ type: 'offer', sdp: this.#reach.take(withMid(offer)) });
    const restarts = pc.localDescription !== null;
    await pc.setLocalDescription(await pc.createAnswer());
    if (restarts) this.#checkAgain();
    this.#learn(wanted, [codec]);
    return this.#localSdp();
  }

  async offer(): Promise<string> {
    const pc = await this.#open(['opus', 'pcmu']);
    const offer = await pc.createOffer();
    const identity = this.#options.identity;
    if (identity) {
      for (const { connection } of pc.iceTransports) {
        connection.localUsername = identity.ufrag;
        connection.localPassword = identity.password;
      }
    }
    await pc.setLocalDescription(identity ? await pc.createOffer() : offer);
    return this.#localSdp();
  }

  /** An offer with new ICE credentials over the same association (RFC 8839 section 4.4.1.1.1). */
  async restart(): Promise<string> {
    const pc = this.#pc;
    if (!pc) throw new Error('nothing to restart');
    await pc.setLocalDescription(await pc.createOffer({ iceRestart: true }));
    return this.#localSdp();
  }

  /** The client's answer to `offer()`. */
  async accept(answer: string): Promise<void> {
    const chosen = understood(answer);
    const restarts = this.remote !== null;
    await this.#pc?.setRemoteDescription({ type: 'answer', sdp: this.#reach.take(withMid(answer)) });
    if (restarts) this.#checkAgain();
    this.#learn(chosen, [chosen.keys().next().value ?? 'opus']);
  }

  async addCandidate(candidate: Candidate | null): Promise<void> {
    await this.#pc?.addIceCandidate(candidate ?? undefined);
  }

  /** Sends one frame; whatever the transport cannot take now is gone, as on any network. */
  send(packet: AudioPacket): boolean {
    const sender = this.#sender;
    if (!sender || !this.connected || this.#astray) return false;
    const header = new RtpHeader({
      sequenceNumber: packet.sequence,
      timestamp: packet.timestamp,
      payloadType: this.#codec.payloadType,
    });
    sender.sendRtp(new RtpPacket(header, packet.payload)).catch(() => undefined);
    return true;
  }

  /** With true the path swallows everything, sound and ICE's signs of life alike, both ways. */
  die(dead: boolean): void {
    this.#dead = dead;
    for (const { connection } of this.#pc?.iceTransports ?? []) {
      for (const { protocol } of connection.candidatePairs) this.#mute(protocol);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pc?.close().catch(() => undefined);
  }

  async #open(names: readonly CodecName[]): Promise<RTCPeerConnection> {
    const pc = new RTCPeerConnection({
      codecs: { audio: names.map((name) => parameters[name]), video: [] },
      headerExtensions: { audio: [], video: [] },
      iceServers: [],
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
      iceFilterStunResponse: (_check, [host, port]) => !this.#dead && this.#reach.answers({ host, port }),
      ...(this.#options.ownCertificate ? { dtls: { keys: await newCertificate() } } : {}),
    });
    this.#pc = pc;
    const track = new MediaStreamTrack({ kind: 'audio' });
    this.#sender = pc.addTransceiver(track, { direction: 'sendrecv' }).sender;
    bearSecondHello(pc);
    pc.onTrack.subscribe((remote) => {
      remote.onReceiveRtp.subscribe((rtp) => {
        const codec = this.#payloadTypes.get(rtp.header.payloadType);
        if (!codec || this.#dead || this.#astray) return;
        const { sequenceNumber: sequence, timestamp } = rtp.header;
        this.#events.packet({ codec, payload: rtp.payload, sequence, timestamp });
      });
    });
    pc.connectionStateChange.subscribe((state) => {
      if (state === 'connected') this.#events.connected();
    });
    pc.onIceCandidate.subscribe((found) => {
      this.#events.candidate(
        found ? { candidate: found.candidate, sdpMid: found.sdpMid ?? '0', sdpMLineIndex: 0 } : null,
      );
    });
    return pc;
  }

  /** ICE found another pair than the one that sound may use. */
  get #astray(): boolean {
    return !this.#reach.sounds(this.#pc?.iceTransports[0]?.connection.nominated?.remoteCandidate);
  }

  /** After an ICE restart werift leaves the new checks to us, since its DTLS association still stands. */
  #checkAgain(): void {
    for (const transport of this.#pc?.iceTransports ?? []) {
      if (transport.connection.state !== 'connected') transport.start().catch(() => undefined);
    }
  }

  #mute(protocol: Mouth): void {
    const known = this.#mouths.get(protocol) ?? { sendStun: protocol.sendStun, sendData: protocol.sendData };
    this.#mouths.set(protocol, known);
    protocol.sendStun = this.#dead ? async () => undefined : known.sendStun;
    protocol.sendData = this.#dead ? async () => undefined : known.sendData;
  }

  #learn(payloadTypes: ReadonlyMap<CodecName, number>, chosen: readonly CodecName[]): void {
    this.#payloadTypes = new Map([...payloadTypes].map(([name, type]) => [type, name]));
    const name = chosen[0] ?? 'opus';
    this.#codec = { ...codecs[name], payloadType: payloadTypes.get(name) ?? codecs[name].payloadType };
  }

  #localSdp(): string {
    const sdp = this.#pc?.localDescription?.sdp;
    if (!sdp) throw new Error('no local description after it was set');
    return sdp;
  }
}

/** The codecs of a description that we can work with; werift itself takes anything for one. */
function understood(sdp: string): Map<CodecName, number> {
  const found = offeredCodecs(sdp);
  if (found.size === 0 || !iceOf(sdp)) throw new Error('no audio description that we understand');
  return found;
}

async function newCertificate() {
  return CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
}
