/** What would spoil the first second of a call, known before it is answered. Pure. */

import type { CallView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';

export type IncomingTrouble =
  | { readonly kind: 'blocked' | 'missing' }
  /** The chosen device is gone; this one will be used, null where its name is not known. */
  | { readonly kind: 'device-lost'; readonly using: string | null };

export function incomingTrouble(call: CallView, snapshot: PhoneSnapshot | null): IncomingTrouble | null {
  const microphone = snapshot?.microphone ?? null;
  if (microphone?.state === 'denied') return { kind: 'blocked' };
  if (microphone?.state === 'missing') return { kind: 'missing' };
  const lost = call.notices.some(({ kind }) => kind === 'device-lost');
  return lost && microphone?.state === 'granted' ? { kind: 'device-lost', using: microphone.label } : null;
}
