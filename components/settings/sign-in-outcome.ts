/** What the engine's word on a line means to a person who waits for the sign-in; pure. */

import type { PhoneErrorJson } from '../../lib/phone/model/errors';
import type { LineView } from '../../lib/phone/model/snapshot';

export type Outcome =
  | { readonly state: 'asking' }
  | { readonly state: 'signed-in'; readonly roundTripMs: number | null; readonly region: string | null }
  /** Final: the server, or the phone itself, says no to these details. */
  | { readonly state: 'refused'; readonly error: PhoneErrorJson }
  /** Not final: the phone goes on trying. */
  | { readonly state: 'unreachable'; readonly error: PhoneErrorJson };

/** `line` is undefined until the engine knows it. */
export function outcomeOf(line: LineView | undefined): Outcome {
  const session = line?.session;
  switch (session?.phase) {
    case 'ready':
      return { state: 'signed-in', roundTripMs: line?.roundTripMs ?? null, region: line?.server?.region ?? null };
    case 'stopped':
      return { state: 'refused', error: session.because };
    case 'waiting':
      return { state: 'unreachable', error: session.because };
    case undefined:
    case 'off':
    case 'connecting':
    case 'signing-in':
      return { state: 'asking' };
    default:
      return session satisfies undefined;
  }
}
