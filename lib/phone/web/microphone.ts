/** The microphone: asked for once, shared among calls, and named reasons where it cannot be had. */

import EventEmitter from 'eventemitter3';
import { PhoneError } from '../model/errors';
import type { DeviceId } from '../model/ids';
import type { VoiceProcessing } from '../model/voice';
import type { Log, Microphone, MicrophoneEvents } from '../ports';
import { nameOf, safely } from './emit';

export const DEFAULT_PROCESSING: VoiceProcessing = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/**
 * Opens a device; a chosen one that is gone gives the system's default (`device` then says null). Throws
 * `microphone-prompt`, `-denied`, `-missing`, `-busy`, or the signal's reason.
 */
export async function openMicrophone(
  device: DeviceId | null,
  signal: AbortSignal,
  processing: VoiceProcessing,
  log: Log,
): Promise<Microphone> {
  signal.throwIfAborted();
  const opening = capture(device, processing).catch((thrown: unknown) => {
    if (device === null || !isGone(thrown)) throw thrown;
    log.warn('the chosen microphone is gone, the default takes its place');
    return capture(null, processing);
  });
  let track: MediaStreamTrack;
  try {
    track = await unlessAborted(opening, signal);
  } catch (cause) {
    if (signal.aborted) {
      void opening.then(
        (late) => late.stop(),
        () => undefined,
      );
      throw signal.reason;
    }
    throw await asMicrophoneError(cause);
  }
  return new TrackMicrophone(track, device, log);
}

async function capture(device: DeviceId | null, processing: VoiceProcessing): Promise<MediaStreamTrack> {
  const chosen = device === null ? {} : { deviceId: { exact: device } };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { ...processing, channelCount: 1, ...chosen } });
  const [track] = stream.getAudioTracks();
  if (track === undefined) throw new DOMException('no audio track', 'NotFoundError');
  return track;
}

function isGone(thrown: unknown): boolean {
  return ['OverconstrainedError', 'NotFoundError'].includes(nameOf(thrown));
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

export type MicrophonePermission = PermissionState | 'unknown';

export async function microphonePermission(): Promise<MicrophonePermission> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    return 'unknown';
  }
}

export async function asMicrophoneError(cause: unknown): Promise<PhoneError> {
  const error = nameOf(cause);
  const permission = await microphonePermission();
  return new PhoneError(reasonFor(error, permission), { error, permission }, { cause });
}

/**
 * getUserMedia's failures (W3C mediacapture-streams, section 10.2) as ours. NotAllowedError means both "nobody was
 * asked yet", in a document that may not ask, and "no"; the permission tells them apart.
 */
export function reasonFor(
  error: string,
  permission: MicrophonePermission,
): 'microphone-prompt' | 'microphone-denied' | 'microphone-missing' | 'microphone-busy' {
  switch (error) {
    case 'NotAllowedError':
      return permission === 'prompt' ? 'microphone-prompt' : 'microphone-denied';
    case 'SecurityError':
      return 'microphone-denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'TypeError':
      return 'microphone-missing';
    default:
      return 'microphone-busy';
  }
}

/**
 * A microphone around a track, wherever that came from (Firefox's background page is lent one by a window). Sharing
 * clones the track, so that each call mutes its own; the browser closes the device with the last of them.
 */
export class TrackMicrophone implements Microphone {
  readonly events = new EventEmitter<MicrophoneEvents>();
  readonly device: DeviceId | null;
  readonly label: string;
  readonly track: MediaStreamTrack;
  readonly #log: Log;
  readonly #onClosed: () => void;
  readonly #listening = new AbortController();

  constructor(track: MediaStreamTrack, asked: DeviceId | null, log: Log, onClosed: () => void = () => undefined) {
    this.track = track;
    this.label = track.label;
    this.device = asked !== null && track.getSettings().deviceId === asked ? asked : null;
    this.#log = log;
    this.#onClosed = onClosed;
    track.addEventListener('ended', () => safely(log, () => this.events.emit('ended')), {
      signal: this.#listening.signal,
    });
  }

  share(): Microphone {
    const clone = this.track.clone();
    clone.enabled = true;
    return new TrackMicrophone(clone, this.device, this.#log);
  }

  setEnabled(enabled: boolean): void {
    unlessDead(() => (this.track.enabled = enabled));
  }

  close(): void {
    this.#listening.abort();
    unlessDead(() => this.track.stop());
    this.#onClosed();
  }
}

/** Firefox kills the objects of a window that closed: touching a track that it lent throws, and there is nothing left to do. */
function unlessDead(touch: () => void): void {
  try {
    touch();
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
  }
}

/** The person's mute, on the port's microphone. */
export function setEnabled(microphone: Microphone | null, enabled: boolean): void {
  if (microphone instanceof TrackMicrophone) microphone.setEnabled(enabled);
}

/** The track behind the port's microphone; null for none, and for one that is not of this folder. */
export function trackOf(microphone: Microphone | null): MediaStreamTrack | null {
  return microphone instanceof TrackMicrophone ? microphone.track : null;
}
