/** Which device that went in a call is to be told: a headset is both, and is told once. Pure. */

import type { PhoneNotice } from '../phone/model/snapshot';

/** What goes within this time went by the same pull of a cable. */
const TOGETHER_MS = 3000;

/** The newest loss; of a microphone and a speaker that went together, the microphone. */
export function lostDevice(notices: readonly PhoneNotice[]): PhoneNotice | null {
  const microphone = notices.findLast(({ kind }) => kind === 'device-lost') ?? null;
  const speaker = notices.findLast(({ kind }) => kind === 'speaker-lost') ?? null;
  if (microphone === null || speaker === null) return microphone ?? speaker;
  return speaker.at - microphone.at > TOGETHER_MS ? speaker : microphone;
}
