/** A platform made of fakes that a test steers: time, chance, devices, network, speaker. */

import EventEmitter from 'eventemitter3';
import { PhoneError } from '../../lib/phone/model/errors';
import type { DeviceId } from '../../lib/phone/model/ids';
import type { DeviceView, MicrophoneState } from '../../lib/phone/model/snapshot';
import type { VoiceProcessing } from '../../lib/phone/model/voice';
import type { Clock, Log, Microphone, MicrophoneEvents, Ports, Ring, Speaker } from '../../lib/phone/ports';
import { FakePeer } from './peer';
import { FakeSocket } from './socket';

/** The test's own timers, which vitest moves. */
export const globalClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    if (ms === Infinity) return () => undefined;
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export class FakeMicrophone implements Microphone {
  readonly events = new EventEmitter<MicrophoneEvents>();
  closed = false;
  constructor(
    readonly device: DeviceId | null,
    readonly label: string,
    readonly processing: VoiceProcessing | null = null,
  ) {}
  share(): Microphone {
    return new FakeMicrophone(this.device, this.label, this.processing);
  }
  close(): void {
    this.closed = true;
  }
  unplug(): void {
    this.events.emit('ended');
  }
}

export class FakeSpeaker implements Speaker {
  readonly rings: Ring[] = [];
  readonly tones: string[] = [];
  readonly #broken: ((which: 'ringtone' | 'ringback') => void)[] = [];
  configured: Parameters<Speaker['configure']>[0] | null = null;
  get now(): Ring {
    return this.rings.at(-1) ?? 'off';
  }
  ring(ring: Ring): void {
    this.rings.push(ring);
  }
  tone(digit: string): void {
    this.tones.push(digit);
  }
  configure(sound: Parameters<Speaker['configure']>[0]): void {
    this.configured = sound;
  }
  onBroken(listener: (which: 'ringtone' | 'ringback') => void): () => void {
    this.#broken.push(listener);
    return () => undefined;
  }
  breakTone(which: 'ringtone' | 'ringback'): void {
    for (const listener of this.#broken) listener(which);
  }
}

export interface LogLine {
  readonly level: keyof Log;
  readonly message: string;
  readonly facts: unknown;
}

export class FakePlatform {
  readonly sockets: FakeSocket[] = [];
  readonly peers: FakePeer[] = [];
  readonly microphones: FakeMicrophone[] = [];
  readonly speaker = new FakeSpeaker();
  readonly log: LogLine[] = [];
  microphoneState: MicrophoneState = { state: 'granted', label: 'Headset' };
  devices: { microphones: DeviceView[]; speakers: DeviceView[] } = { microphones: [], speakers: [] };
  /** What opening the microphone says; null opens it. */
  microphoneError: PhoneError | null = null;
  microphoneDelayMs = 0;
  /** What connecting says; null connects. */
  socketError: PhoneError | null = null;
  chance = 0.5;
  isOnline = true;
  onSocket: (socket: FakeSocket) => void = () => undefined;
  onPeer: (peer: FakePeer) => void = () => undefined;
  #ids = 0;
  #processing: VoiceProcessing | null = null;
  readonly #onlineListeners = new Set<(online: boolean) => void>();
  readonly #deviceListeners = new Set<() => void>();

  readonly ports: Ports = {
    openSocket: async (url, signal) => {
      await Promise.resolve();
      if (signal.aborted) throw PhoneError.from(signal.reason);
      if (!this.isOnline || this.socketError) throw this.socketError ?? new PhoneError('unreachable');
      const socket = new FakeSocket(url);
      this.sockets.push(socket);
      this.onSocket(socket);
      return socket;
    },
    createPeer: (options) => {
      const peer = new FakePeer(options, this.peers.length + 1);
      this.peers.push(peer);
      this.onPeer(peer);
      return peer;
    },
    openMicrophone: async (device, signal) => {
      await new Promise((resolve) => setTimeout(resolve, this.microphoneDelayMs));
      if (signal.aborted) throw PhoneError.from(signal.reason);
      if (this.microphoneError) throw this.microphoneError;
      const known = this.devices.microphones.find(({ id }) => id === device);
      if (device !== null && !known) throw new PhoneError('microphone-missing');
      const microphone = new FakeMicrophone(device, known?.label ?? 'Default', this.#processing);
      this.microphones.push(microphone);
      return microphone;
    },
    processVoice: (processing) => {
      this.#processing = processing;
    },
    devices: {
      list: () => Promise.resolve(this.devices),
      microphoneState: () => Promise.resolve(this.microphoneState),
      onChange: (listener) => {
        this.#deviceListeners.add(listener);
        return () => this.#deviceListeners.delete(listener);
      },
    },
    speaker: this.speaker,
    clock: globalClock,
    random: () => this.chance,
    newId: () => `id-${(this.#ids += 1)}`,
    online: {
      isOnline: () => this.isOnline,
      onChange: (listener) => {
        this.#onlineListeners.add(listener);
        return () => this.#onlineListeners.delete(listener);
      },
    },
    log: this.#logger(),
  };

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }

  get peer(): FakePeer {
    const peer = this.peers.at(-1);
    if (!peer) throw new Error('no peer was made');
    return peer;
  }

  get openMicrophones(): readonly FakeMicrophone[] {
    return this.microphones.filter(({ closed }) => !closed);
  }

  get listeners(): number {
    return this.#onlineListeners.size + this.#deviceListeners.size;
  }

  setOnline(online: boolean): void {
    this.isOnline = online;
    for (const listener of this.#onlineListeners) listener(online);
  }

  changeDevices(microphones: DeviceView[]): void {
    this.devices = { ...this.devices, microphones };
    for (const listener of this.#deviceListeners) listener();
  }

  #logger(): Log {
    const write =
      (level: keyof Log) =>
      (message: string, facts?: unknown): void => {
        this.log.push({ level, message, facts });
      };
    return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
  }
}

export function device(id: string, label = id): DeviceView {
  return { id: id as DeviceId, label };
}
