/** What the phone needs from a platform, in the phone's own verbs. `web/` answers these; tests answer them with fakes. */

import type EventEmitter from 'eventemitter3';
import type { DeviceId } from './model/ids';
import type { Levels, MicrophoneState, DeviceView } from './model/snapshot';
import type { VoiceProcessing } from './model/voice';

export interface Ports {
  /** Resolves when open. Throws `unreachable`; aborts with the signal's reason. */
  openSocket(url: string, signal: AbortSignal): Promise<Socket>;
  createPeer(options: PeerOptions): Peer;
  /** Throws `microphone-prompt`, `-denied`, `-missing`, `-busy`. `null` is the system's default device. */
  openMicrophone(device: DeviceId | null, signal: AbortSignal): Promise<Microphone>;
  /** How a voice is treated from the next opening on; all of it is, without this. */
  processVoice?(processing: VoiceProcessing): void;
  readonly devices: Devices;
  readonly speaker: Speaker;
  readonly clock: Clock;
  /** 0 up to but not including 1, for jitter. */
  random(): number;
  /** A fresh UUID v4. */
  newId(): string;
  readonly online: Online;
  readonly log: Log;
  /** Gives the person a file to keep, where the platform can (`debugOutput: 'file'`). Never throws. */
  saveFile?(name: string, text: string): void;
}

export interface SocketEvents {
  text: [text: string];
  closed: [code: number | null, reason: string];
}
export interface Socket {
  /** Throws `disconnected` on a socket that is not open. */
  send(text: string): void;
  close(code?: number, reason?: string): void;
  readonly events: EventEmitter<SocketEvents>;
}

export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
}
export type Sdp = string;

export interface PeerOptions {
  readonly iceServers: readonly IceServer[];
  readonly relayOnly: boolean;
  /** ICE candidate pool of 1. */
  readonly prefetch: boolean;
  /** On: descriptions come at once and candidates follow as events. Off: descriptions come gathered. */
  readonly trickle: boolean;
  /** How long a description may wait for candidates when not trickling; reaching it with none gathered goes on waiting. */
  readonly gatherMs: number;
  /** Mime types in order of preference, for instance `audio/opus`; empty is the browser's own order. */
  readonly codecs: readonly string[];
}

export interface PeerEvents {
  /** As each is found, trickling or not; null is the end of candidates. */
  candidate: [candidate: Candidate | null];
  /** Measured by packets that really came, not by ICE's opinion alone. */
  media: [media: 'flowing' | 'stalled'];
  /** RTCPeerConnection.connectionState, as it changes. */
  connection: [state: 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed'];
  /** signalingState went to closed: the browser destroyed the peer (device slept, for instance). */
  signallingClosed: [];
  /** The browser's own words for its other states, for a report. */
  state: [of: 'ice' | 'gathering' | 'signalling', state: string];
}
/** Audio both ways over one peer connection. Operations queue; each resolves or throws PhoneError `negotiation`. */
export interface Peer {
  readonly events: EventEmitter<PeerEvents>;
  offer(mic: Microphone | null): Promise<Sdp>;
  answer(mic: Microphone | null, offer: Sdp): Promise<Sdp>;
  accept(answer: Sdp): Promise<void>;
  /** A new offer with new ICE credentials; may switch to relay only. */
  restart(how?: { readonly relayOnly: boolean }): Promise<Sdp>;
  /** Candidates that come before the remote description are kept until it is set. */
  addCandidate(candidate: Candidate | null): Promise<void>;
  /** The present local description, for a re-attach to the same peer; null before there is one. */
  localSdp(): Sdp | null;
  remoteSdp(): Sdp | null;
  isSignallingClosed(): boolean;
  /** Another track in place, without renegotiation; muted stays. A failure leaves the old one. */
  useMicrophone(mic: Microphone | null): Promise<void>;
  setMuted(muted: boolean): void;
  /** Silences what is heard without leaving the call (hold keeps the far side's music out where the person chose so). */
  setDeaf(deaf: boolean): void;
  stats(): Promise<PeerStats>;
  /** Everything the browser counts (W3C webrtc-stats), entry by entry, for a report. Throws `negotiation`. */
  report(): Promise<readonly StatsEntry[]>;
  levels(): Levels;
  /** Hears and speaks to the other peers too: a three-way conference mixed here. Empty list: alone again. */
  mixWith(others: readonly Peer[]): void;
  close(): void;
}

export type StatsEntry = { readonly [key: string]: unknown };

/** Counters since the peer began; null where the browser does not tell. Times in milliseconds. */
export interface PeerStats {
  readonly packetsReceived: number;
  readonly packetsSent: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly packetsLost: number;
  readonly remotePacketsLost: number | null;
  readonly jitterMs: number;
  readonly remoteJitterMs: number | null;
  readonly roundTripMs: number | null;
  /** Loudness at that moment, as {@link Peer.levels} gives it. */
  readonly levels: { readonly [who in keyof Levels]: number | null };
  readonly codec: string | null;
  /** Names the path that is in use. */
  readonly pair: string | null;
  readonly local: { readonly type: string; readonly address: string; readonly protocol: string } | null;
  readonly remote: { readonly type: string; readonly address: string; readonly protocol: string } | null;
}

export interface MicrophoneEvents {
  /** Unplugged, revoked or taken by another program: the track is over. */
  ended: [];
  /** Opened again it would be another: a document that lends a voice came, or the one that lent it went (Firefox). */
  superseded: [];
}
export interface Microphone {
  readonly device: DeviceId | null;
  readonly label: string;
  /** True for silence in the place of a voice, while no document lends one (Firefox). */
  readonly silent?: boolean;
  readonly events: EventEmitter<MicrophoneEvents>;
  /** Another user of the same open device; it closes when the last user closed. */
  share(): Microphone;
  close(): void;
}

export interface Devices {
  list(): Promise<{ readonly microphones: readonly DeviceView[]; readonly speakers: readonly DeviceView[] }>;
  microphoneState(): Promise<MicrophoneState>;
  onChange(listener: () => void): () => void;
}

export type Ring = 'in' | 'out' | 'waiting' | 'off';
export interface Speaker {
  /** Rings until the next call of it. A broken file falls back to the built-in tone and is told by `onBroken`. */
  ring(ring: Ring): void;
  /** A keypad tone for the person's own ear. */
  tone(digit: string): void;
  configure(sound: {
    readonly speaker: DeviceId | null;
    readonly ringer: DeviceId | null;
    /** 0 to 1. */
    readonly ringVolume: number;
    readonly ringtoneFile: string | null;
    /** Which of the built-in bells rings where there is no file, from 0; each has a pitch of its own. 0 unless told. */
    readonly bell?: number;
    readonly ringbackFile: string | null;
  }): void;
  onBroken(listener: (which: 'ringtone' | 'ringback') => void): () => void;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Returns the cancel. */
  after(ms: number, run: () => void): () => void;
}

export interface Online {
  isOnline(): boolean;
  onChange(listener: (online: boolean) => void): () => void;
}

export type LogFacts = Record<string, unknown>;
export interface Log {
  error(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  info(message: string, facts?: LogFacts): void;
  debug(message: string, facts?: LogFacts): void;
}
