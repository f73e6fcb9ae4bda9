/** A call that is over, for the history: one that ended, or one of an earlier life that nothing can bring back. */

import type { Call } from './call';
import type { EndCause } from './model/call-state';
import { causeHere } from './model/end-cause';
import { PhoneError } from './model/errors';
import type { FinishedCall } from './model/finished-call';
import { callId } from './model/ids';
import type { Resume, ResumedCall } from './settings';

export function finished(call: Call, cause: EndCause, endedAt: number): FinishedCall {
  const { who, ours, transcript } = call.view();
  const { id, line, direction, startedAt, answeredAt, drops, quality, from } = call;
  return { id, line, direction, who, ours, startedAt, answeredAt, endedAt, cause, drops, quality, from, transcript };
}

/** It ended, as far as can be known, when it was last kept. One that only rang in was missed. */
export function interrupted({ line, at }: Resume, kept: ResumedCall): FinishedCall {
  const { call, direction, name, number, ours, startedAt, answeredAt, drops, from } = kept;
  const missed = direction === 'in' && answeredAt === null;
  const error = new PhoneError('not-reattached', { why: 'kept too long ago, or its account is gone' });
  return {
    id: callId(call),
    ...{ line, direction, startedAt, answeredAt },
    who: { name, number },
    ours: { name: null, number: ours },
    endedAt: at,
    cause: causeHere(missed ? 'missed' : 'lost', error.toJson()),
    drops: (drops ?? 0) + 1,
    quality: null,
    from: from ?? null,
    transcript: [],
  };
}
