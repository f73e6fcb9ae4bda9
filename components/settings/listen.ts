/** Opens a microphone for a test on a settings page: its level while it listens, or five seconds kept and played back. */

import type { DeviceId } from '../../lib/phone/model/ids';
import type { VoiceProcessing } from '../../lib/phone/model/voice';
import { accessAfter, type Access } from './microphone-access';

const EVERY_MS = 66; // 15 a second

/** Whose voice is heard, treated as on a call; all of it is, where nothing is said. */
export interface VoiceSource {
  readonly microphone: DeviceId | null;
  readonly voice?: VoiceProcessing;
}

export interface Listening {
  stop(): void;
}

/**
 * Calls back with the loudness (RMS, 0 to 1) until stopped. Resolves when the microphone is open, or with what stands
 * in the way. `onEnded` tells that the device went away.
 */
export async function listen(
  source: VoiceSource,
  onLevel: (amplitude: number) => void,
  onEnded: () => void,
): Promise<Listening | Access> {
  const stream = await open(source);
  if ('state' in stream) return stream;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(rms(samples));
  }, EVERY_MS);
  const stop = (): void => {
    clearInterval(timer);
    release(stream);
    void context.close().catch(() => undefined);
  };
  stream.getAudioTracks()[0]?.addEventListener('ended', () => {
    stop();
    onEnded();
  });
  return { stop };
}

/** Records for `ms`, then plays it on the speaker; `onPhase` says which. Rejects only when the signal aborts, with its reason. */
export async function recordAndPlay(
  how: VoiceSource & { readonly speaker: DeviceId | null; readonly ms: number },
  onPhase: (phase: 'recording' | 'playing') => void,
  signal: AbortSignal,
): Promise<Access | null> {
  const stream = await open(how);
  if ('state' in stream) return stream;
  try {
    onPhase('recording');
    const recording = await record(stream, how.ms, signal);
    release(stream);
    onPhase('playing');
    await play(recording, how.speaker, signal);
    return null;
  } finally {
    release(stream);
  }
}

async function open({ microphone, voice }: VoiceSource): Promise<MediaStream | Access> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { ...voice, ...(microphone === null ? {} : { deviceId: { exact: microphone } }) },
    });
  } catch (thrown) {
    return accessAfter(thrown instanceof Error ? thrown.name : '', 'unknown');
  }
}

async function record(stream: MediaStream, ms: number, signal: AbortSignal): Promise<Blob> {
  signal.throwIfAborted();
  const recorder = new MediaRecorder(stream);
  const chunks: Blob[] = [];
  recorder.addEventListener('dataavailable', (event) => chunks.push(event.data));
  const stopped = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve()));
  const stop = (): void => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  recorder.start();
  const timer = setTimeout(stop, ms);
  signal.addEventListener('abort', stop, { once: true });
  await stopped;
  clearTimeout(timer);
  signal.throwIfAborted();
  return new Blob(chunks, { type: recorder.mimeType });
}

async function play(recording: Blob, speaker: DeviceId | null, signal: AbortSignal): Promise<void> {
  const address = URL.createObjectURL(recording);
  try {
    await playAddress(address, { speaker, volume: 1 }, signal);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Plays a sound to its end, or until the signal aborts. Resolves to false where it cannot be played. */
export async function playAddress(
  address: string,
  how: { readonly speaker: DeviceId | null; readonly volume: number },
  signal: AbortSignal,
): Promise<boolean> {
  const audio = new Audio(address);
  audio.volume = how.volume;
  try {
    if (how.speaker !== null && 'setSinkId' in audio) await audio.setSinkId(how.speaker);
    const over = new Promise<boolean>((resolve) => {
      audio.addEventListener('ended', () => resolve(true));
      audio.addEventListener('error', () => resolve(false));
      signal.addEventListener('abort', () => resolve(true), { once: true });
    });
    await audio.play();
    return await over;
  } catch {
    return signal.aborted;
  } finally {
    audio.pause();
    audio.removeAttribute('src');
  }
}

function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
