/** Which dialect a line speaks: the only place that asks. */

import type { LineKind } from '../model/snapshot';
import type { Dialect } from './dialect';
import { telnyx } from './telnyx';

/** null where this build has no such dialect. */
export function dialectFor(kind: LineKind): Dialect | null {
  switch (kind) {
    case 'telnyx':
    case 'assistant':
      return telnyx;
    case 'verto':
      return null;
  }
  kind satisfies never;
  return null;
}
