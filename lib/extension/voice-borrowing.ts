/** Where the engine's voice comes from. Chrome: from its own document, as the phone's ports have it. */

import type { PhoneError } from '../phone/model/errors';
import type { DeviceId } from '../phone/model/ids';
import type { PhoneSnapshot } from '../phone/model/snapshot';
import type { Microphone, Ports } from '../phone/ports';
import type { DeviceFacts } from './voice-loans';

/** What the engine brings along: makers of microphones, and what the browser says of them. */
export interface VoiceMakers {
  permission(): Promise<PermissionState | 'unknown'>;
  microphone(track: MediaStreamTrack, device: DeviceId | null, onClosed: () => void): Microphone;
  silence(onClosed: () => void): Microphone;
  asError(cause: unknown): Promise<PhoneError>;
  devicesBy(list: () => Promise<readonly DeviceFacts[] | null>): Ports['devices'];
}

export interface BorrowedVoice {
  /** In the place of the platform's own. */
  readonly ports: Partial<Pick<Ports, 'openMicrophone' | 'processVoice' | 'devices'>>;
  /** Called with every snapshot: a call that begins without a voice is given one. */
  follow(snapshot: PhoneSnapshot): void;
}

export function borrowVoice(_makers: VoiceMakers): BorrowedVoice {
  return { ports: {}, follow: () => undefined };
}
