/**
 * The life of one call, pure.
 *
 *  outgoing   dialling ──► ringing ──► connecting ──► active ◄──► (held inside active)
 *                  │           │            │           │  ▲
 *  incoming        │        ringing ──► connecting      ▼  │ reattached
 *                  │           │            │        recovering
 *                  ▼           ▼            ▼           │
 *                ended ◄─────────────────────────────────┘      (from anywhere; absorbs)
 */

import type { PhoneErrorJson } from './errors';

/** Epoch milliseconds everywhere a field is called `at`, `since` or `until`. */
export type CallState =
  | { readonly phase: 'dialling' }
  | { readonly phase: 'ringing'; readonly since: number; readonly earlyMedia: boolean }
  /** Answered; media on its way. */
  | { readonly phase: 'connecting' }
  | { readonly phase: 'active'; readonly since: number; readonly held: boolean }
  /** Sound lost too, or the leg is being rebuilt. `until` is null while the server's holding time is unknown. */
  | {
      readonly phase: 'recovering';
      readonly since: number;
      readonly held: boolean;
      readonly until: number | null;
      /** True where `autoRecoverCalls` is off: the person has to say "Resume call". */
      readonly waitsForPerson: boolean;
    }
  | { readonly phase: 'ended'; readonly cause: EndCause; readonly at: number };

/** Why a call ended, in words a view can switch on, with the wire's own beside it. */
export interface EndCause {
  readonly kind:
    | 'hung-up-here'
    | 'hung-up-there'
    | 'cancelled'
    | 'declined-here'
    | 'declined-there'
    | 'busy'
    | 'no-answer'
    | 'missed'
    | 'no-such-number'
    | 'not-allowed'
    | 'answered-elsewhere'
    | 'transferred'
    | 'unavailable'
    | 'lost'
    | 'failed';
  /** Q.850 / FreeSWITCH code and name as the server said them. */
  readonly code: number | null;
  readonly name: string | null;
  readonly sipCode: number | null;
  readonly sipReason: string | null;
  /** Set where the phone itself knows the reason (`failed`, `lost`). */
  readonly error: PhoneErrorJson | null;
}
