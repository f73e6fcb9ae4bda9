/** One audio element: a sound file or a remote voice, on a chosen device. */

import type { DeviceId } from '../model/ids';
import type { Log } from '../ports';
import { nameOf } from './emit';

/** A file whose first second does not come in this time leaves the phone silent: it counts as broken. */
const LOADING_MS = 3_000;

export interface Playing {
  readonly source: string | MediaStream;
  readonly loop: boolean;
  /** 0 to 1. */
  readonly volume: number;
  readonly device: DeviceId | null;
  readonly log: Log;
  /** The source cannot be played; told at most once, not after {@link Player.stop}. */
  readonly onBroken?: () => void;
  readonly onEnded?: () => void;
}

export class Player {
  readonly #audio = new Audio();
  readonly #playing: Playing;
  readonly #listening = new AbortController();
  readonly #loading: ReturnType<typeof setTimeout> | undefined;
  #device: DeviceId | null = null;

  constructor(playing: Playing) {
    this.#playing = playing;
    const { source, loop, volume, device, onEnded } = playing;
    const listen = { signal: this.#listening.signal };
    this.#audio.loop = loop;
    this.#audio.volume = volume;
    this.#audio.addEventListener('error', () => this.#broken('error'), listen);
    if (onEnded) this.#audio.addEventListener('ended', onEnded, listen);
    if (typeof source === 'string') {
      this.#audio.src = source;
      this.#loading = setTimeout(() => this.#broken('slow'), LOADING_MS);
      this.#audio.addEventListener('canplay', () => clearTimeout(this.#loading), listen);
    } else {
      this.#audio.srcObject = source;
    }
    this.useDevice(device);
    this.#play();
  }

  setVolume(volume: number): void {
    this.#audio.volume = volume;
  }

  /** A device that is gone gives the system's default. */
  useDevice(device: DeviceId | null): void {
    if (device === this.#device) return;
    this.#device = device;
    this.#audio.setSinkId(device ?? '').catch((cause: unknown) => {
      this.#playing.log.warn('the chosen speaker is not there, the default plays', { error: nameOf(cause) });
      if (this.#device === device) this.useDevice(null);
    });
  }

  stop(): void {
    clearTimeout(this.#loading);
    this.#listening.abort();
    this.#audio.pause();
    this.#audio.srcObject = null;
    this.#audio.removeAttribute('src');
  }

  #play(): void {
    this.#audio.play().catch((cause: unknown) => {
      const error = nameOf(cause);
      // AbortError: stopped before it began.
      if (this.#listening.signal.aborted || error === 'AbortError') return;
      if (error === 'NotSupportedError') this.#broken(error);
      else this.#playing.log.warn('the browser does not play', { error });
    });
  }

  #broken(error: string): void {
    if (this.#listening.signal.aborted) return;
    this.#playing.log.warn('a sound cannot be played', { error });
    this.stop();
    this.#playing.onBroken?.();
  }
}
