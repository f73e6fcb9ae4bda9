/** Written messages of a call: how many were not read yet. Pure. */

import type { CallId } from '../../../lib/phone/model/ids';
import type { CallView, TranscriptLine } from '../../../lib/phone/model/snapshot';

/** Up to which line the person has read, in which call. */
export interface Read {
  readonly call: CallId;
  readonly line: string;
}

/** Lines of the others after the last one read; all of them where none was. */
export function unread({ id, transcript }: Pick<CallView, 'id' | 'transcript'>, read: Read | null): number {
  const last = read?.call === id ? transcript.findIndex((line) => line.id === read.line) : -1;
  return transcript.slice(last + 1).filter(isTheirs).length;
}

function isTheirs({ who }: TranscriptLine): boolean {
  return who === 'other';
}
