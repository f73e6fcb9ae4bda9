/** What the person hears: the other side, the ring, the tones. The only thing that plays. */

import EventEmitter from 'eventemitter3';
import type { DeviceId } from '../model/ids';
import type { Log, Ring, Speaker } from '../ports';
import { safely } from './emit';
import { harbourBell } from './harbour-bell';
import { Player } from './player';
import { callWaiting, keyTone, ringback } from './tones';
import { wav } from './wav';

type Sound = Parameters<Speaker['configure']>[0];
type Broken = 'ringtone' | 'ringback';

/** Early media often follows `ringing` at once, and a ringback that lasts an instant is a click. */
const RINGBACK_AFTER_MS = 150;

const DEFAULT_SOUND: Sound = { speaker: null, ringer: null, ringVolume: 1, ringtoneFile: null, ringbackFile: null };

export class WebSpeaker implements Speaker {
  readonly #log: Log;
  readonly #events = new EventEmitter<{ broken: [which: Broken] }>();
  /** Object URLs of the computed sounds, made at first use. */
  readonly #made = new Map<string, string>();
  readonly #voices = new Set<Player>();
  #sound = DEFAULT_SOUND;
  #ring: Ring = 'off';
  #ringing: Player | null = null;
  #delay: ReturnType<typeof setTimeout> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  ring(ring: Ring): void {
    if (ring === this.#ring) return;
    this.#ring = ring;
    clearTimeout(this.#delay);
    this.#ringing?.stop();
    this.#ringing = null;
    switch (ring) {
      case 'in':
        return this.#ringIn(this.#sound);
      case 'out':
        this.#delay = setTimeout(
          () => this.#ringWith('ringback', ringback, 'ringback', this.#sound.ringbackFile),
          RINGBACK_AFTER_MS,
        );
        return;
      case 'waiting':
        this.#ringing = this.#loop(this.#make('waiting', callWaiting));
        return;
      case 'off':
        return;
      default:
        ring satisfies never;
    }
  }

  tone(digit: string): void {
    const samples = keyTone(digit);
    if (samples === null) return;
    const source = this.#make(`key ${digit}`, () => samples);
    const { speaker: device } = this.#sound;
    const player: Player = new Player({
      ...{ source, device, loop: false, volume: 1, log: this.#log },
      onEnded: () => player.stop(),
    });
  }

  configure(sound: Sound): void {
    const before = this.#sound;
    this.#sound = { ...sound, ringVolume: Math.min(1, Math.max(0, sound.ringVolume || 0)) };
    for (const voice of this.#voices) voice.useDevice(sound.speaker);
    this.#ringing?.useDevice(this.#ringDevice());
    this.#ringing?.setVolume(this.#ringVolume());
    const sameBell = (before.bell ?? 0) === (sound.bell ?? 0);
    if (sameBell && before.ringtoneFile === sound.ringtoneFile && before.ringbackFile === sound.ringbackFile) return;
    const ring = this.#ring;
    this.ring('off');
    this.ring(ring);
  }

  onBroken(listener: (which: Broken) => void): () => void {
    this.#events.on('broken', listener);
    return () => this.#events.off('broken', listener);
  }

  /** Plays a peer's remote voice until the returned function is called. */
  play(source: MediaStream): () => void {
    const voice = new Player({ source, loop: false, volume: 1, device: this.#sound.speaker, log: this.#log });
    this.#voices.add(voice);
    return () => {
      voice.stop();
      this.#voices.delete(voice);
    };
  }

  #ringIn({ bell = 0, ringtoneFile }: Sound): void {
    this.#ringWith(`bell ${String(bell)}`, () => harbourBell(bell), 'ringtone', ringtoneFile);
  }

  #ringWith(name: string, compute: () => Float32Array, which: Broken, file: string | null): void {
    const builtIn = (): Player => this.#loop(this.#make(name, compute));
    if (file === null || file === '') {
      this.#ringing = builtIn();
      return;
    }
    this.#ringing = this.#loop(file, () => {
      this.#ringing = builtIn();
      safely(this.#log, () => this.#events.emit('broken', which));
    });
  }

  #loop(source: string, onBroken?: () => void): Player {
    const playing = { source, loop: true, volume: this.#ringVolume(), device: this.#ringDevice(), log: this.#log };
    return new Player(onBroken ? { ...playing, onBroken } : playing);
  }

  /** Only the bell calls somebody from across the room; the other tones belong to the ear that is on the phone. */
  #ringDevice(): DeviceId | null {
    return this.#ring === 'in' ? this.#sound.ringer : this.#sound.speaker;
  }

  #ringVolume(): number {
    return this.#ring === 'in' ? this.#sound.ringVolume : 1;
  }

  #make(name: string, compute: () => Float32Array): string {
    const made = this.#made.get(name) ?? URL.createObjectURL(new Blob([wav(compute())], { type: 'audio/wav' }));
    this.#made.set(name, made);
    return made;
  }
}
