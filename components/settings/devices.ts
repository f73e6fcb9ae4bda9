/** The audio devices of this computer, for the lists of the Audio page. Their names come only after the microphone was allowed. */

import type { DeviceId } from '../../lib/phone/model/ids';
import type { DeviceView } from '../../lib/phone/model/snapshot';

export interface DeviceLists {
  readonly microphones: readonly DeviceView[];
  readonly speakers: readonly DeviceView[];
}

export async function listDevices(): Promise<DeviceLists> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind): readonly DeviceView[] =>
    devices
      .filter((device) => device.kind === kind && isReal(device))
      .map(({ deviceId, label }) => ({ id: deviceId as DeviceId, label }));
  return { microphones: of('audioinput'), speakers: of('audiooutput') };
}

/** Returns the stop. */
export function watchDevices(listener: () => void): () => void {
  const owner = new AbortController();
  navigator.mediaDevices.addEventListener('devicechange', listener, { signal: owner.signal });
  return () => owner.abort();
}

/** True where the page may choose the speaker; elsewhere the system does. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** Chrome lists "default" and "communications" beside the devices they stand for; an empty id is a device not yet allowed. */
function isReal(device: MediaDeviceInfo): boolean {
  return device.deviceId !== '' && device.deviceId !== 'default' && device.deviceId !== 'communications';
}
