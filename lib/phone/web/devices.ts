/** Which microphones and speakers there are, and whether we may use the first. */

import type { DeviceId } from '../model/ids';
import type { DeviceView, MicrophoneState } from '../model/snapshot';
import type { Devices } from '../ports';
import { microphonePermission } from './microphone';

/** Firefox's background page never answers: there another document is asked. */
const LISTING_MS = 2_000;
/** Chrome's aliases of a device that is in the list by its own name as well; null stands for the default here. */
const ALIASES: readonly string[] = ['default', 'communications'];

export const devices: Devices = devicesBy(enumerate);

/** The devices as told by `enumerate`, for instance by another document (Firefox); null is not known. Never rejects. */
export function devicesBy(enumerate: () => Promise<readonly Device[] | null>): Devices {
  return {
    async list() {
      const all = await enumerate();
      return { microphones: viewsOf(all, 'audioinput'), speakers: viewsOf(all, 'audiooutput') };
    },
    async microphoneState() {
      const [permission, all] = await Promise.all([microphonePermission(), enumerate()]);
      return stateOf(permission, all);
    },
    onChange(listener) {
      const listening = new AbortController();
      const listen = { signal: listening.signal };
      navigator.mediaDevices.addEventListener('devicechange', () => listener(), listen);
      navigator.permissions.query({ name: 'microphone' }).then(
        (permission) => permission.addEventListener('change', () => listener(), listen),
        () => undefined,
      );
      return () => listening.abort();
    },
  };
}

export interface Device {
  readonly kind: string;
  readonly deviceId: string;
  readonly label: string;
}

/** Null where the browser does not answer. */
function enumerate(): Promise<readonly Device[] | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), LISTING_MS);
    navigator.mediaDevices
      .enumerateDevices()
      .then(resolve, () => resolve(null))
      .finally(() => clearTimeout(timer));
  });
}

/** Devices by their own names; before the permission they have neither ids nor labels and are left out. */
export function viewsOf(all: readonly Device[] | null, kind: 'audioinput' | 'audiooutput'): DeviceView[] {
  return (all ?? [])
    .filter((device) => device.kind === kind && device.deviceId !== '' && !ALIASES.includes(device.deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId as DeviceId, label }));
}

export function stateOf(permission: PermissionState | 'unknown', all: readonly Device[] | null): MicrophoneState {
  const microphones = all?.filter(({ kind }) => kind === 'audioinput') ?? null;
  if (permission === 'denied') return { state: 'denied', by: 'person' };
  if (microphones?.length === 0) return { state: 'missing' };
  if (permission !== 'granted') return { state: permission };
  return { state: 'granted', label: microphones?.[0]?.label || null };
}
