/** The one trouble that Home shows, the worst first: a failed command, no account, the line, the microphone, a token, a tone. Pure. */

import type { PhoneErrorJson } from '../../../lib/phone/model/errors';
import type { LineView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';
import type { Failure } from '../../phone.svelte';

export type HomeTrouble =
  | { readonly kind: 'set-up' }
  /** `at`: when the token ends, epoch milliseconds. */
  | { readonly kind: 'token'; readonly at: number }
  /** A sound file does not play; the built-in tone does. */
  | { readonly kind: 'tone'; readonly which: 'ringtone' | 'ringback' }
  | {
      readonly kind: 'error';
      readonly error: PhoneErrorJson;
      readonly tone: 'danger' | 'hold' | 'plain';
      /** It belongs to one command and may be put away. */
      readonly passing: boolean;
    };

export function homeTrouble(
  snapshot: PhoneSnapshot,
  line: LineView | null,
  failure: Failure | null,
): HomeTrouble | null {
  if (failure !== null) return error(failure.error, 'danger', true);
  if (line === null) return { kind: 'set-up' };
  const { session } = line;
  if (session.phase === 'stopped') return error(session.because, 'danger');
  // The first try follows a drop at once; most drops are over with it.
  if (session.phase === 'waiting' && (session.because.reason === 'offline' || session.attempt > 1)) {
    return error(session.because, 'hold');
  }
  const { microphone } = snapshot;
  if (microphone.state === 'denied') return error({ reason: 'microphone-denied', facts: {} }, 'danger');
  if (microphone.state === 'missing') return error({ reason: 'microphone-missing', facts: {} }, 'danger');
  if (microphone.state === 'prompt') return error({ reason: 'microphone-prompt', facts: {} }, 'plain');
  const token = line.notices.find(({ kind }) => kind === 'token-expiring');
  const expiresAt = token?.facts['expiresAt'];
  if (typeof expiresAt === 'number') return { kind: 'token', at: expiresAt };
  const broken = (kind: 'ringtone-broken' | 'ringback-broken'): boolean =>
    line.notices.some((notice) => notice.kind === kind);
  if (broken('ringtone-broken')) return { kind: 'tone', which: 'ringtone' };
  return broken('ringback-broken') ? { kind: 'tone', which: 'ringback' } : null;
}

function error(json: PhoneErrorJson, tone: 'danger' | 'hold' | 'plain', passing = false): HomeTrouble {
  return { kind: 'error', error: json, tone, passing };
}
