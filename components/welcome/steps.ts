/** Which page of the first run is shown, and what may lead from one to the next; pure. */

/**
 *  hello ──► microphone ──► account ──► test ──► ready
 *    ▲           │  ▲          │  ▲       │
 *    └── back ───┘  └── back ──┘  └─ back ┘        a call that waits:  microphone ──► calling
 */
export type Step = 'hello' | 'microphone' | 'account' | 'test' | 'ready' | 'calling';

export type StepEvent =
  | { readonly type: 'begin' }
  | { readonly type: 'microphone-granted' }
  | { readonly type: 'microphone-skipped' }
  | { readonly type: 'signed-in' }
  | { readonly type: 'account-skipped' }
  | { readonly type: 'test-finished' }
  | { readonly type: 'back' };

/** What the page was opened for: the whole first run, or the microphone alone because a call waits for it. */
export interface Visit {
  readonly step: Step;
  readonly callWaits: boolean;
}

/** The four knots of the rope, in order; `ready` and `calling` come after the last. */
export const KNOTS = ['hello', 'microphone', 'account', 'test'] as const satisfies readonly Step[];

/** Reads the page's hash: `#microphone` is where the background sends a call that found no microphone. */
export function visitOf(hash: string): Visit {
  return hash === '#microphone' ? { step: 'microphone', callWaits: true } : { step: 'hello', callWaits: false };
}

/** The visit after the event, or null where the event means nothing on this step. */
export function next(visit: Visit, event: StepEvent): Visit | null {
  const step = stepAfter(visit, event);
  return step === null ? null : { ...visit, step };
}

/** How many knots of the rope are tied: those before the step that is shown. */
export function knotsTied(step: Step): number {
  const at = KNOTS.findIndex((knot) => knot === step);
  return at < 0 ? KNOTS.length : at;
}

function stepAfter({ step, callWaits }: Visit, event: StepEvent): Step | null {
  switch (event.type) {
    case 'begin':
      return step === 'hello' ? 'microphone' : null;
    case 'microphone-granted':
      if (step !== 'microphone') return null;
      return callWaits ? 'calling' : 'account';
    case 'microphone-skipped':
      return step === 'microphone' ? 'account' : null;
    case 'signed-in':
      return step === 'account' ? 'test' : null;
    case 'account-skipped':
      return step === 'account' ? 'ready' : null;
    case 'test-finished':
      return step === 'test' ? 'ready' : null;
    case 'back':
      return stepBefore(step, callWaits);
    default:
      return event satisfies never;
  }
}

function stepBefore(step: Step, callWaits: boolean): Step | null {
  if (step === 'microphone') return callWaits ? null : 'hello';
  if (step === 'account') return 'microphone';
  if (step === 'test') return 'account';
  return null;
}
