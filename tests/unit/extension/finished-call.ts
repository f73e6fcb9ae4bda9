/** A call that is over, as the phone tells of it: one that was dialled, talked, and was ended here. */

import type { FinishedCall } from '../../../lib/phone/model/finished-call';
import type { CallId, LineId } from '../../../lib/phone/model/ids';
import { NOW } from './snapshots';

export function finishedCall(id: string, parts: Partial<FinishedCall> = {}): FinishedCall {
  return {
    id: id as CallId,
    line: 'line-1' as LineId,
    direction: 'out',
    who: { name: 'Dana', number: '+442079460018' },
    ours: { name: null, number: null },
    startedAt: NOW - 60_000,
    answeredAt: NOW - 50_000,
    endedAt: NOW,
    cause: { kind: 'hung-up-here', code: null, name: null, sipCode: null, sipReason: null, error: null },
    drops: 0,
    quality: null,
    from: null,
    transcript: [],
    ...parts,
  };
}
