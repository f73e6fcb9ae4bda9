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

export type SessionEvent =
  | { readonly type: 'connecting'; readonly attempt: number; readonly of: number }
  | { readonly type: 'opened' }
  | { readonly type: 'registered'; readonly at: number }
  | {
      readonly type: 'lost';
      readonly at: number;
      readonly attempt: number;
      readonly of: number;
      readonly retryAt: number;
      readonly because: PhoneErrorJson;
    }
  | { readonly type: 'stopped'; readonly because: PhoneErrorJson }
  | { readonly type: 'closed' };

/** The state after `event`, or null where it cannot happen from here. Total over every pair. */
export function next(state: SessionState, event: SessionEvent): SessionState | null {
  switch (event.type) {
    case 'connecting':
      if (state.phase !== 'off' && state.phase !== 'waiting' && state.phase !== 'stopped') return null;
      return { phase: 'connecting', attempt: event.attempt, of: event.of, lostAt: lostAt(state) };
    case 'opened':
      return state.phase === 'connecting' ? { ...state, phase: 'signing-in' } : null;
    case 'registered':
      return state.phase === 'signing-in' ? { phase: 'ready', since: event.at } : null;
    case 'lost': {
      if (state.phase !== 'connecting' && state.phase !== 'signing-in' && state.phase !== 'ready') return null;
      const { attempt, of, retryAt, because } = event;
      return { phase: 'waiting', attempt, of, retryAt, because, lostAt: lostAt(state) ?? event.at };
    }
    case 'stopped':
      return state.phase === 'off' || state.phase === 'stopped' ? null : { phase: 'stopped', because: event.because };
    case 'closed':
      return state.phase === 'off' ? null : { phase: 'off' };
  }
  event satisfies never;
  return null;
}

/** Since when the line has been away, carried from one attempt to the next. */
function lostAt(state: SessionState): number | null {
  return state.phase === 'waiting' || state.phase === 'connecting' || state.phase === 'signing-in'
    ? state.lostAt
    : null;
}
