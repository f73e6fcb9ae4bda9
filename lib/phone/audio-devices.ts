/** Microphones and speakers: what there is, what is chosen, and what takes the place of a device that went. */

import type { Call } from './call';
import { Emitter } from './emitter';
import { PhoneError } from './model/errors';
import type { DeviceId } from './model/ids';
import type { DevicesView, DeviceView, MicrophoneState } from './model/snapshot';
import type { VoiceProcessing } from './model/voice';
import type { Ports } from './ports';
import type { PhoneSettings } from './settings';

export interface AudioDevicesEvents {
  change: [];
  /** Voices or the ring come out of another speaker from now on. */
  outputs: [];
}

export class AudioDevices {
  readonly events: Emitter<AudioDevicesEvents>;
  readonly #ports: Ports;
  readonly #calls: () => readonly Call[];
  #chosen: PhoneSettings['devices'] = { microphone: null, speaker: null, ringer: null };
  #voice: VoiceProcessing | undefined;
  /** In use instead of the chosen one, which is not there. */
  #instead: DeviceId | null | undefined;
  #microphones: readonly DeviceView[] = [];
  #speakers: readonly DeviceView[] = [];
  #permission: MicrophoneState = { state: 'unknown' };
  #looking: Promise<void> = Promise.resolve();
  #stop: () => void = () => undefined;

  constructor(ports: Ports, calls: () => readonly Call[]) {
    this.#ports = ports;
    this.#calls = calls;
    this.events = new Emitter(ports.log);
  }

  get microphoneState(): MicrophoneState {
    return this.#permission;
  }

  /** What the next call opens. */
  get microphone(): DeviceId | null {
    return this.#instead === undefined ? this.#chosen.microphone : this.#instead;
  }

  /** Where voices are heard: the chosen speaker while it is there, the system's own otherwise (null). */
  get speaker(): DeviceId | null {
    return this.#present(this.#chosen.speaker);
  }
  get ringer(): DeviceId | null {
    return this.#present(this.#chosen.ringer);
  }

  start(): void {
    this.#stop = this.#ports.devices.onChange(() => void this.look());
    void this.look();
  }

  close(): void {
    this.#stop();
  }

  /** Other devices or another treatment, now: live calls change over; one that cannot stays with what it has and says so. */
  choose(devices: PhoneSettings['devices'], voice?: VoiceProcessing): void {
    const other = devices.microphone !== this.#chosen.microphone;
    const otherwise = voice !== undefined && !isSame(voice, this.#voice);
    this.#chosen = devices;
    if (otherwise) this.#ports.processVoice?.(voice);
    this.#voice = voice;
    if (other) this.#instead = undefined;
    if (other || otherwise) void this.#changeAll();
  }

  view(): DevicesView {
    const { microphone, speaker, ringer } = this;
    return { microphones: this.#microphones, speakers: this.#speakers, microphone, speaker, ringer };
  }

  /** Looks at the devices again, one look after another. Never rejects. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(async () => {
      try {
        const [{ microphones, speakers }, state] = await Promise.all([
          this.#ports.devices.list(),
          this.#ports.devices.microphoneState(),
        ]);
        this.#microphones = microphones;
        this.#hearOver(speakers);
        this.#permission = state;
      } catch (thrown) {
        this.#ports.log.warn('the devices could not be listed', { thrown });
      }
      this.#takeBack();
      if (this.#permission.state === 'granted') for (const call of this.#calls()) call.microphoneAllowed();
      this.events.emit('change');
    });
    return this.#looking;
  }

  /** The device of a live call is gone: the best one left takes over, muted stays muted, and the person is told. */
  async replaceLost(call: Call, label: string): Promise<void> {
    await this.look();
    const { clock } = this.#ports;
    for (const device of this.#candidates(label)) {
      if (!call.alive) return;
      try {
        await call.media.useDevice(device);
        this.#instead = device;
        const now = call.media.microphone?.label ?? null;
        call.notice({ kind: 'device-lost', facts: { lost: label, now }, at: clock.now() });
        this.events.emit('change');
        return;
      } catch (thrown) {
        this.#ports.log.warn('a microphone could not take over', { thrown });
      }
    }
    if (!call.alive) return;
    call.notice({ kind: 'device-lost', facts: { lost: label, now: null }, at: clock.now() });
    call.trouble(new PhoneError(this.#permission.state === 'denied' ? 'microphone-denied' : 'microphone-missing'));
  }

  /** Speakers come and go: who talks is told where they hear the other side from now on. */
  #hearOver(speakers: readonly DeviceView[]): void {
    const [before, ringer, known] = [this.speaker, this.ringer, this.#speakers];
    this.#speakers = speakers;
    const now = this.speaker;
    if (before === now && ringer === this.ringer) return;
    this.events.emit('outputs');
    if (before === now) return;
    const named = (id: DeviceId | null, among: readonly DeviceView[]): string | null =>
      among.find((device) => device.id === id)?.label ?? null;
    const facts = { lost: named(before, known), now: named(now, speakers) };
    for (const call of this.#calls())
      if (call.alive && !call.unanswered)
        call.notice({ kind: now === null ? 'speaker-lost' : 'speaker-back', facts, at: this.#ports.clock.now() });
  }

  /** Where none are told of, the browser knows best. */
  #present(chosen: DeviceId | null): DeviceId | null {
    return this.#speakers.length === 0 || this.#speakers.some(({ id }) => id === chosen) ? chosen : null;
  }

  /** The chosen one first where it is still there, then the system's default, then the others. */
  #candidates(lost: string): readonly (DeviceId | null)[] {
    const left = this.#microphones.filter(({ label }) => label !== lost).map(({ id }) => id);
    const { microphone } = this.#chosen;
    const chosen = microphone !== null && left.includes(microphone) ? [microphone] : [];
    return [...new Set([...chosen, null, ...left])];
  }

  /** Plugged in again: the chosen one is used again. */
  #takeBack(): void {
    const { microphone } = this.#chosen;
    const silent = this.#calls().filter(
      (call) => call.alive && call.answeredAt !== null && call.media.microphone === null,
    );
    const back =
      this.#instead !== undefined && microphone !== null && this.#microphones.some(({ id }) => id === microphone);
    if (back) {
      this.#instead = undefined;
      void this.#changeAll('device-back');
    } else if (silent.length > 0 && this.#microphones.length > 0) {
      void this.#changeAll('device-back', silent);
    }
  }

  async #changeAll(told?: 'device-back', calls = this.#calls()): Promise<void> {
    for (const call of calls) {
      if (!call.alive || call.media.peer === null || call.unanswered) continue;
      try {
        await call.media.useDevice(this.microphone);
        if (told)
          call.notice({
            kind: told,
            facts: { now: call.media.microphone?.label ?? null },
            at: this.#ports.clock.now(),
          });
      } catch (thrown) {
        if (call.alive) call.trouble(PhoneError.from(thrown));
      }
    }
    this.events.emit('change');
  }
}

function isSame(one: VoiceProcessing, other: VoiceProcessing | undefined): boolean {
  return (
    one.echoCancellation === other?.echoCancellation &&
    one.noiseSuppression === other.noiseSuppression &&
    one.autoGainControl === other.autoGainControl
  );
}
