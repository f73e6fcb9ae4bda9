/**
 * The life of one line's session, pure.
 *
 *  off ─► connecting ─► signing-in ─► ready
 *   ▲          │            │           │ socket closed / silent too long / punt
 *   │          └────────────┴──► waiting{attempt, retryAt, because} ─► connecting
 *   └──────────────── stopped{because}   (wrong password, told to stop, attempts used up, taken over)
 */

import type { PhoneErrorJson } from './errors';

/** `at`, `since`, `retryAt` are epoch milliseconds; `attempt` counts from 1; `of` is 0 for "never give up". */
export type SessionState =
  | { readonly phase: 'off' }
  | { readonly phase: 'connecting'; readonly attempt: number; readonly of: number; readonly lostAt: number | null }
  | { readonly phase: 'signing-in'; readonly attempt: number; readonly of: number; readonly lostAt: number | null }
  | { readonly phase: 'ready'; readonly since: number }
  | {
      readonly phase: 'waiting';
      readonly attempt: number;
      readonly of: number;
      readonly lostAt: number;
      readonly retryAt: number;
      readonly because: PhoneErrorJson;
    }
  | { readonly phase: 'stopped'; readonly because: PhoneErrorJson };
