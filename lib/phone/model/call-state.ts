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
    /** From a number that the person blocked: it never rang. */
    | 'blocked'
    | 'declined-there'
    | 'busy'
    | 'no-answer'
    | 'missed'
    | 'no-such-number'
    | 'not-allowed'
    | 'answered-elsewhere'
    | 'transferred'
    /** Left in a parking place of the server: see `place`. */
    | 'parked'
    | 'unavailable'
    | 'lost'
    | 'failed';
  /** Q.850 / FreeSWITCH code and name as the server said them. */
  readonly code: number | null;
  readonly name: string | null;
  readonly sipCode: number | null;
  readonly sipReason: string | null;
  /** Set where the phone itself knows the reason (`failed`, `lost`, `missed`). */
  readonly error: PhoneErrorJson | null;
  /** Of `parked` alone: what is dialled to have the call back. */
  readonly place?: string;
}

/** What may happen to a call. Whether it may happen now is for {@link next} to say. */
export type CallEvent =
  /** The far end rings, or (earlyMedia) is heard before it answers. */
  | { readonly type: 'ringing'; readonly at: number; readonly earlyMedia: boolean }
  /** The far end answered, or the person here did. */
  | { readonly type: 'answered' }
  /** Sound flows both ways as far as can be known; the talk begins. */
  | { readonly type: 'talking'; readonly at: number }
  | { readonly type: 'held'; readonly held: boolean }
  /** Sound lost as well as signalling, or the leg must be rebuilt. */
  | { readonly type: 'lost'; readonly at: number; readonly until: number | null; readonly waitsForPerson: boolean }
  | { readonly type: 'recovered' }
  | { readonly type: 'ended'; readonly cause: EndCause; readonly at: number };

/**
 * The state after `event`, or null where it cannot happen from here. Total over every pair; an event that changes nothing
 * (a second `ringing`, a late `answered`) is refused like any other, so that a state never moves back.
 */
export function next(state: CallState, event: CallEvent): CallState | null {
  if (state.phase === 'ended') return null;
  switch (event.type) {
    case 'ended':
      return { phase: 'ended', cause: event.cause, at: event.at };
    case 'ringing':
      if (state.phase === 'dialling') return { phase: 'ringing', since: event.at, earlyMedia: event.earlyMedia };
      if (state.phase === 'ringing' && event.earlyMedia && !state.earlyMedia) return { ...state, earlyMedia: true };
      return null;
    case 'answered':
      return state.phase === 'dialling' || state.phase === 'ringing' ? { phase: 'connecting' } : null;
    case 'talking':
      return state.phase === 'connecting' ? { phase: 'active', since: event.at, held: false } : null;
    case 'held':
      if (state.phase === 'active' && state.held !== event.held) return { ...state, held: event.held };
      return null;
    case 'lost':
      return lost(state, event);
    case 'recovered':
      return state.phase === 'recovering' ? { phase: 'active', since: state.since, held: state.held } : null;
  }
  event satisfies never;
  return null;
}

function lost(state: CallState, event: Extract<CallEvent, { type: 'lost' }>): CallState | null {
  const { until, waitsForPerson } = event;
  switch (state.phase) {
    case 'active':
      return { phase: 'recovering', since: state.since, held: state.held, until, waitsForPerson };
    case 'connecting':
      return { phase: 'recovering', since: event.at, held: false, until, waitsForPerson };
    case 'recovering':
      return state.until === until && state.waitsForPerson === waitsForPerson
        ? null
        : { ...state, until, waitsForPerson };
    default:
      return null;
  }
}
