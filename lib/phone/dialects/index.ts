/** Which dialect a line speaks: the only place that asks. */

import type { LineKind } from '../model/snapshot';
import type { Dialect } from './dialect';
import { telnyx } from './telnyx';
import { verto } from './verto';

export function dialectFor(kind: LineKind): Dialect {
  switch (kind) {
    case 'telnyx':
    case 'assistant':
      return telnyx;
    case 'verto':
      return verto;
    default:
      return kind satisfies never;
  }
}
